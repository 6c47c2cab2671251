import { mkdir, realpath, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { execa } from 'execa';
import { describe, expect, it, onTestFinished, vi } from 'vitest';
import { findExecutable } from '../../lib/tools/find-executable.ts';
import { createFileWatcher } from '../../lib/watch/file-watcher.ts';
import { isCi } from '../cluster/programs.ts';
import { temporaryDirectory } from '../tools/fake-program.ts';
import { startWatching } from './watching.ts';

const vim = findExecutable('vim');
// In CI it is not skipped but fails.
const isSkipped = vim === undefined && !isCi();
if (isSkipped)
  console.warn('skipped: saves of vim, which is not on PATH; `apt-get install vim` gets it');

describe.skipIf(isSkipped)('vim', () => {
  it.each([
    '',
    'set backupcopy=yes',
    'set backupcopy=no',
    'set backup backupcopy=no',
    'set nofsync',
  ])('is seen to save, with: %s', async (setting) => {
    const { at, watch, until, saves } = await startWatching({ 'x/main.jsonnet': '{ a: 1 }\n' });
    await watch(['x/main.jsonnet']);
    for (const [before, after] of ['12', '23']) {
      const commands = [setting, `s/${before}/${after}/`, 'wq'].filter((one) => one !== '');
      const args = commands.flatMap((command) => ['-c', command]);
      await execa(vim ?? 'vim', ['-es', '-u', 'NONE', ...args, at('x/main.jsonnet')], {
        stdin: 'ignore',
      });
      await until('x/main.jsonnet', `{ a: ${after} }\n`);
    }
    expect((await saves()).flatMap((save) => Object.keys(save))).toContain('x/main.jsonnet');
  });
});

describe('sed', () => {
  it('is seen to save in place', async () => {
    const { at, watch, until, saves } = await startWatching({ 'x/a': '1\n' });
    await watch(['x/a']);
    // `-i` with a suffix is read alike by the seds of GNU and of BSD.
    await execa('sed', ['-i.bak', 's/1/2/', at('x/a')]);
    await until('x/a', '2\n');
    await execa('sed', ['-i.bak', 's/2/3/', at('x/a')]);
    await until('x/a', '3\n');
    expect(await saves()).toEqual([{ 'x/a': '2\n' }, { 'x/a': '3\n' }]);
  });
});

describe('git', () => {
  it('checks out hundreds of files as one save', async () => {
    const names = Array.from({ length: 300 }, (_, index) => `lib/${index % 20}/file-${index}`);
    // Only one of the branches has it.
    const all = [...names, 'lib/new/file'];
    const root = await realpath(await temporaryDirectory());
    const git = (...args: string[]) =>
      execa('git', ['-c', 'user.name=a', '-c', 'user.email=a@example.com', ...args], { cwd: root });
    await git('init', '--quiet');
    for (const [branch, files] of [
      ['one', names],
      ['two', all],
    ] as const) {
      await git('checkout', '--quiet', '-b', branch);
      for (const name of files) {
        await mkdir(path.dirname(path.join(root, name)), { recursive: true });
        await writeFile(path.join(root, name), branch);
      }
      await git('add', '.');
      await git('commit', '--quiet', '--message', branch);
    }
    const saves: (readonly string[])[] = [];
    const watcher = createFileWatcher({ root, onNotice: () => {} });
    onTestFinished(() => watcher.close());
    watcher.onSave(({ files }) => saves.push(files));
    await watcher.update({ files: all.map((name) => path.join(root, name)), folders: [] });
    for (const branch of ['one', 'two', 'one']) {
      saves.length = 0;
      await git('checkout', '--quiet', branch);
      await vi.waitUntil(() => saves.length > 0, { timeout: 30_000 });
      expect(saves.map((files) => files.length)).toEqual([301]);
    }
  });
});
