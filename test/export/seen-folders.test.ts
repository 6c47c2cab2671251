import { mkdirSync, readFileSync, renameSync, statSync, utimesSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { SeenFolders } from '../../lib/export/seen-folders.ts';
import { temporaryDirectory } from '../tools/fake-program.ts';

const FILE = 'environments/dev/a.yaml';

let root = '';

beforeEach(async () => {
  const folder = await temporaryDirectory();
  vi.stubEnv('TANKARD_CACHE', path.join(folder, 'cache'));
  root = path.join(folder, 'out');
  write('kind: A\n');
});
afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllEnvs();
});

function write(text: string): void {
  mkdirSync(path.dirname(path.join(root, FILE)), { recursive: true });
  writeFileSync(path.join(root, FILE), text);
}

/** Only the clock of this process: the times of files are the system's. */
function afterwards(ms: number): void {
  vi.useFakeTimers({ toFake: ['Date'], now: Date.now() + ms });
}

/** What an export does that has read the files. */
async function remember(): Promise<void> {
  const seen = new SeenFolders(root);
  const state = seen.stateOf('sums', [FILE]);
  if (state === undefined) throw new Error('no state');
  seen.add('dev', state);
  await seen.save();
}

/** What the next export, another process, does. */
async function isSeen(manifest = 'sums'): Promise<boolean> {
  const seen = new SeenFolders(root);
  const state = seen.stateOf(manifest, [FILE]);
  return state !== undefined && (await seen.has('dev', state));
}

describe('SeenFolders', () => {
  it('knows files that nobody wrote since, also when their folder was moved in between', async () => {
    afterwards(10_000);
    expect(await isSeen()).toBe(false);
    await remember();
    expect(await isSeen()).toBe(true);
    renameSync(path.join(root, 'environments'), path.join(root, 'moved'));
    expect(await isSeen()).toBe(false);
    renameSync(path.join(root, 'moved'), path.join(root, 'environments'));
    expect(await isSeen()).toBe(true);
  });

  it('does not know files that should hold something else', async () => {
    afterwards(10_000);
    await remember();
    expect(await isSeen('other sums')).toBe(false);
  });

  it('sees an edit of the same length that put the time of writing back', async () => {
    afterwards(10_000);
    await remember();
    const { atimeMs, mtimeMs, size, ino } = statSync(path.join(root, FILE));
    write('kind: B\n');
    utimesSync(path.join(root, FILE), atimeMs / 1000, mtimeMs / 1000);
    const now = statSync(path.join(root, FILE));
    expect([now.size, now.ino, Math.round(now.mtimeMs)]).toEqual([size, ino, Math.round(mtimeMs)]);
    expect(await isSeen()).toBe(false);
  });

  it('sees a file that another one with the same content replaced, and one that is gone', async () => {
    afterwards(10_000);
    await remember();
    const beside = path.join(root, 'beside');
    writeFileSync(beside, readFileSync(path.join(root, FILE)));
    renameSync(beside, path.join(root, FILE));
    expect(await isSeen()).toBe(false);
    renameSync(path.join(root, FILE), beside);
    expect(await isSeen()).toBe(false);
  });

  it('does not trust files that were written less than two seconds before', async () => {
    await remember();
    expect(await isSeen()).toBe(false);
    afterwards(1_000);
    await remember();
    expect(await isSeen()).toBe(false);
  });

  it('does not trust files from a time to come', async () => {
    afterwards(-60_000);
    await remember();
    expect(await isSeen()).toBe(false);
  });
});
