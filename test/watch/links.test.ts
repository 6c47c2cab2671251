import { mkdirSync, renameSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { startWatching } from './watching.ts';

describe.each([
  ['told by the system', {}],
  ['polling', { poll: true }],
])('a path over links, %s', (_, options) => {
  it('is saved when the file at the end of a link is, or the link is exchanged', async () => {
    const { at, watch, until, saves } = await startWatching(
      { 'real/a': 'old', 'other/b': 'other', 'x/y': '' },
      options,
    );
    symlinkSync('../real/a', at('x/link'));
    await watch(['x/link']);
    writeFileSync(at('real/a'), 'new');
    await until('x/link', 'new');
    writeFileSync(at('real/t'), 'renamed over');
    renameSync(at('real/t'), at('real/a'));
    await until('x/link', 'renamed over');
    symlinkSync('../other/b', at('x/link2'));
    renameSync(at('x/link2'), at('x/link'));
    await until('x/link', 'other');
    writeFileSync(at('other/b'), 'at the new end');
    await until('x/link', 'at the new end');
    rmSync(at('x/link'));
    writeFileSync(at('x/link'), 'a file now');
    await until('x/link', 'a file now');
    expect(await saves()).toHaveLength(5);
  });

  it('is saved in a linked folder, also when that is exchanged (vendor of jb)', async () => {
    const { at, watch, until } = await startWatching(
      { 'libs/one/a/b.libsonnet': '1', 'libs/two/a/b.libsonnet': '2', 'vendor/.keep': '' },
      options,
    );
    symlinkSync('../libs/one', at('vendor/lib'));
    await watch(['vendor/lib/a/b.libsonnet']);
    writeFileSync(at('libs/one/a/b.libsonnet'), '1 new');
    await until('vendor/lib/a/b.libsonnet', '1 new');
    rmSync(at('vendor/lib'));
    symlinkSync('../libs/two', at('vendor/lib'));
    await until('vendor/lib/a/b.libsonnet', '2');
    writeFileSync(at('libs/two/a/b.libsonnet'), '2 new');
    await until('vendor/lib/a/b.libsonnet', '2 new');
    renameSync(at('libs/two'), at('libs/three'));
    await until('vendor/lib/a/b.libsonnet', undefined);
  });

  it('is saved when the folder of a mounted ConfigMap is exchanged', async () => {
    const { at, watch, until } = await startWatching({ 'mount/..1/a': '1' }, options);
    symlinkSync('..1', at('mount/..data'));
    symlinkSync('..data/a', at('mount/a'));
    await watch(['mount/a']);
    for (const [before, now] of [
      ['1', '2'],
      ['2', '3'],
    ] as const) {
      // As the kubelet does. Source: Kubernetes, pkg/volume/util/atomic_writer.go.
      mkdirSync(at(`mount/..${now}`));
      writeFileSync(at(`mount/..${now}/a`), now);
      symlinkSync(`..${now}`, at('mount/..data_tmp'));
      renameSync(at('mount/..data_tmp'), at('mount/..data'));
      rmSync(at(`mount/..${before}`), { recursive: true });
      await until('mount/a', now);
    }
  });

  it('is saved when the end of a link comes', async () => {
    const { at, watch, until } = await startWatching({ 'x/y': '' }, options);
    symlinkSync('../later/a', at('x/link'));
    await watch(['x/link']);
    mkdirSync(at('later'));
    writeFileSync(at('later/a'), 'here');
    await until('x/link', 'here');
  });

  it('that lead in a circle is no harm', async () => {
    const { at, watch, until } = await startWatching({ 'x/y': '' }, options);
    symlinkSync('b', at('x/a'));
    symlinkSync('a', at('x/b'));
    symlinkSync('..', at('x/up'));
    await watch(['x/a', 'x/up/x/y'], ['x']);
    rmSync(at('x/a'));
    writeFileSync(at('x/a'), 'a file now');
    await until('x/a', 'a file now');
    writeFileSync(at('x/y'), 'new');
    await until('x/up/x/y', 'new');
  });
});
