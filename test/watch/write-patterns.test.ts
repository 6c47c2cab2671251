import {
  appendFileSync,
  closeSync,
  mkdirSync,
  openSync,
  renameSync,
  rmSync,
  truncateSync,
  utimesSync,
  writeFileSync,
  writeSync,
} from 'node:fs';
import { mkdir, rename, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import { startWatching } from './watching.ts';

/** What programs do to a file that exists, or comes back. */
const PATTERNS: readonly (readonly [string, (file: string) => unknown])[] = [
  ['in place', (file) => writeFileSync(file, 'new')],
  [
    'truncated, written after a while',
    async (file) => {
      truncateSync(file, 0);
      await sleep(40);
      appendFileSync(file, 'new');
    },
  ],
  [
    'in two writes',
    (file) => {
      const opened = openSync(file, 'w');
      writeSync(opened, 'ne');
      writeSync(opened, 'w');
      closeSync(opened);
    },
  ],
  [
    'a temporary file renamed over it (JetBrains safe write, sed)',
    (file) => {
      writeFileSync(`${file}.tmp`, 'new');
      renameSync(`${file}.tmp`, file);
    },
  ],
  [
    'moved in from another folder',
    (file) => {
      const outside = `${path.dirname(path.dirname(file))}/outside`;
      writeFileSync(outside, 'new');
      renameSync(outside, file);
    },
  ],
  [
    'renamed away, made anew after a while (backup of vim)',
    async (file) => {
      renameSync(file, `${file}~`);
      await sleep(40);
      writeFileSync(file, 'new');
      rmSync(`${file}~`);
    },
  ],
  [
    'deleted and made anew',
    (file) => {
      rmSync(file);
      writeFileSync(file, 'new');
    },
  ],
];

describe.each([
  ['told by the system', {}],
  ['polling', { poll: true }],
])('a save, %s', (_, options) => {
  it.each(PATTERNS)('is seen once: %s', async (__, save) => {
    const { at, watch, until, saves } = await startWatching({ 'lib/a.libsonnet': 'old' }, options);
    await watch(['lib/a.libsonnet']);
    const start = performance.now();
    await save(at('lib/a.libsonnet'));
    // On a machine so busy that the steps come this far apart, they are two saves.
    const isOne = performance.now() - start < 80;
    await until('lib/a.libsonnet', 'new');
    const seen = await saves();
    expect(seen.at(-1)).toEqual({ 'lib/a.libsonnet': 'new' });
    if (isOne) expect(seen).toHaveLength(1);
  });

  it('is seen again, whatever came before', async () => {
    const { at, watch, until } = await startWatching({ 'lib/a.libsonnet': 'old' }, options);
    await watch(['lib/a.libsonnet']);
    for (const [index, [, save]] of PATTERNS.entries()) {
      await save(at('lib/a.libsonnet'));
      await until('lib/a.libsonnet', 'new');
      writeFileSync(at('lib/a.libsonnet'), `${index}`);
      await until('lib/a.libsonnet', `${index}`);
    }
  });

  it('of a file that is gone has no content', async () => {
    const { at, watch, until, saves } = await startWatching({ a: 'old' }, options);
    await watch(['a']);
    rmSync(at('a'));
    await until('a', undefined);
    expect(await saves()).toEqual([{ a: undefined }]);
  });

  it('leaves out what holds the same as before', async () => {
    const { at, watch, saves } = await startWatching({ a: 'old', b: 'old' }, options);
    await watch(['a', 'b']);
    writeFileSync(at('a'), 'old');
    utimesSync(at('b'), 1, 1);
    expect(await saves()).toEqual([]);
  });

  it('leaves out a file that is not watched, beside one that is', async () => {
    const { at, watch, saves } = await startWatching({ a: 'old', b: 'old' }, options);
    await watch(['a']);
    writeFileSync(at('b'), 'new');
    writeFileSync(at('c'), 'new');
    expect(await saves()).toEqual([]);
  });

  it('takes several files together', async () => {
    const { at, watch, until, saves } = await startWatching({ 'a/b': '', 'c/d': '' }, options);
    await watch(['c/d', 'a/b']);
    writeFileSync(at('c/d'), 'new');
    writeFileSync(at('a/b'), 'new');
    await until('a/b', 'new');
    expect(await saves()).toEqual([{ 'a/b': 'new', 'c/d': 'new' }]);
  });

  it('is seen of a file that comes, folders on the way with it', async () => {
    const { at, watch, until, saves } = await startWatching({}, options);
    await watch(['lib/x/y/new.libsonnet', 'lib/x/other.libsonnet']);
    mkdirSync(at('lib/x/y'), { recursive: true });
    writeFileSync(at('lib/x/y/new.libsonnet'), 'new');
    await until('lib/x/y/new.libsonnet', 'new');
    writeFileSync(at('lib/x/y/new.libsonnet'), 'newer');
    await until('lib/x/y/new.libsonnet', 'newer');
    expect(await saves()).toHaveLength(2);
  });

  it('is seen in a folder that was deleted and made anew', async () => {
    const { at, watch, until } = await startWatching({ 'lib/x/a': 'old' }, options);
    await watch(['lib/x/a']);
    for (const content of ['1', '2']) {
      rmSync(at('lib'), { recursive: true });
      await mkdir(at('lib/x'), { recursive: true });
      await writeFile(at('lib/x/a'), content);
      await until('lib/x/a', content);
      await writeFile(at('lib/x/a'), `${content} in place`);
      await until('lib/x/a', `${content} in place`);
    }
  });

  it('is seen where a folder above was exchanged', async () => {
    const { at, watch, until } = await startWatching(
      { 'lib/x/y/a': 'old', 'other/x/y/a': 'other' },
      options,
    );
    await watch(['lib/x/y/a']);
    await rename(at('lib'), at('away'));
    await rename(at('other'), at('lib'));
    await until('lib/x/y/a', 'other');
    writeFileSync(at('away/x/y/a'), 'no longer watched');
    writeFileSync(at('lib/x/y/a'), 'new');
    await until('lib/x/y/a', 'new');
  });

  it('of what is no longer watched is not seen, of what is watched since is', async () => {
    const { at, watch, until, saves } = await startWatching({ a: 'old', 'x/b': 'old' }, options);
    await watch(['a']);
    await watch(['x/b']);
    writeFileSync(at('a'), 'new');
    writeFileSync(at('x/b'), 'new');
    await until('x/b', 'new');
    expect(await saves()).toEqual([{ 'x/b': 'new' }]);
  });

  it('is seen anywhere below a watched folder', async () => {
    const { at, watch, until } = await startWatching(
      { 'chart/Chart.yaml': 'name: a', 'chart/templates/a.yaml': 'old' },
      options,
    );
    await watch([], ['chart']);
    writeFileSync(at('chart/templates/a.yaml'), 'new');
    await until('chart/templates/a.yaml', 'new');
    mkdirSync(at('chart/templates/more/deep'), { recursive: true });
    writeFileSync(at('chart/templates/more/deep/b.yaml'), 'b');
    await until('chart/templates/more/deep/b.yaml', 'b');
    writeFileSync(at('chart/templates/more/deep/b.yaml'), 'b2');
    await until('chart/templates/more/deep/b.yaml', 'b2');
    rmSync(at('chart/templates/more'), { recursive: true });
    await until('chart/templates/more/deep/b.yaml', undefined);
    rmSync(at('chart'), { recursive: true });
    await until('chart/Chart.yaml', undefined);
    mkdirSync(at('chart'));
    writeFileSync(at('chart/Chart.yaml'), 'name: b');
    await until('chart/Chart.yaml', 'name: b');
  });
});

describe('a watcher', () => {
  it('tells nothing after it was closed', async () => {
    const { at, watch, watcher } = await startWatching({ a: 'old' });
    await watch(['a']);
    const other = await startWatching({ b: 'old' });
    await other.watch(['b']);
    let isCalled = false;
    watcher.onSave(() => {
      isCalled = true;
    });
    writeFileSync(at('a'), 'new');
    watcher.close();
    writeFileSync(other.at('b'), 'new');
    await other.until('b', 'new');
    expect(isCalled).toBe(false);
  });

  it('takes a change while it still reads what is watched as a save', async () => {
    const { at, watch, until } = await startWatching({ a: 'old' });
    const known = watch(['a']);
    writeFileSync(at('a'), 'new');
    await known;
    await until('a', 'new');
  });
});
