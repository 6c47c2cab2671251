import { mkdirSync, realpathSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { execa } from 'execa';
import { expect, it, onTestFinished, vi } from 'vitest';
import { createFileWatcher } from '../../lib/watch/file-watcher.ts';
import { findGitLock, isLocked } from '../../lib/watch/git-lock.ts';
import { temporaryDirectory } from '../tools/fake-program.ts';

const LONGEST_MS = 10_000;

async function makeRepository(): Promise<string> {
  const root = realpathSync(await temporaryDirectory());
  await execa('git', ['init', '--quiet'], { cwd: root });
  return root;
}

it('is where git has it, in a folder of a repository and in a worktree', async () => {
  const root = await makeRepository();
  const git = (...args: string[]) =>
    execa('git', ['-c', 'user.name=a', '-c', 'user.email=a@example.com', ...args], { cwd: root });
  await git('commit', '--quiet', '--allow-empty', '--message=first');
  await git('worktree', 'add', '--quiet', 'tree');
  mkdirSync(path.join(root, 'a/b'), { recursive: true });
  for (const folder of ['.', 'a/b', 'tree']) {
    const cwd = path.join(root, folder);
    const { stdout } = await execa('git', ['rev-parse', '--git-path', 'index.lock'], { cwd });
    expect(findGitLock(cwd)).toBe(path.resolve(cwd, stdout));
  }
});

it('counts while it is new: a killed git leaves it behind', async () => {
  const lock = path.join(await temporaryDirectory(), 'index.lock');
  expect(isLocked(lock, LONGEST_MS)).toBe(false);
  writeFileSync(lock, '');
  expect(isLocked(lock, LONGEST_MS)).toBe(true);
  const minuteAgo = Date.now() / 1000 - 60;
  utimesSync(lock, minuteAgo, minuteAgo);
  expect(isLocked(lock, LONGEST_MS)).toBe(false);
  expect(isLocked(undefined, LONGEST_MS)).toBe(false);
});

it('makes what git writes one save, however long that takes', async () => {
  const root = await makeRepository();
  const first = path.join(root, 'a');
  const second = path.join(root, 'b');
  const lock = path.join(root, '.git', 'index.lock');
  const saves: (readonly string[])[] = [];
  const watcher = createFileWatcher({ root, onNotice: () => {} });
  onTestFinished(() => watcher.close());
  watcher.onSave(({ files }) => saves.push(files));
  await watcher.update({ files: [first, second], folders: [] });
  writeFileSync(lock, '');
  writeFileSync(first, 'new');
  await sleep(300);
  writeFileSync(second, 'new');
  await sleep(300);
  expect(saves).toEqual([]);
  rmSync(lock);
  await vi.waitUntil(() => saves.length > 0, { timeout: 30_000 });
  expect(saves).toEqual([[first, second]]);
});
