import { chmodSync, existsSync, mkdirSync, statSync, utimesSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { SPEC } from '../../tanka/project.ts';
import { configMap, DEV, expectNewKey, KeyedProject } from './keyed-project.ts';

const SH = '#!/bin/sh\n';

describe('the cases in which `tk export --cache-path` gives a stale result', () => {
  it('an argument of the top level changed', async () => {
    const project = await KeyedProject.make(`function(v=1) ${configMap('v')}`);
    await expectNewKey(project, () => void (project.args = { tlaCode: ['v=2'] }));
    await expectNewKey(project, () => void (project.args = { tlaStr: ['v=b'] }));
    await expectNewKey(project, () => void (project.args = { tlaStr: ['v=c'] }));
  });

  it('an external variable changed', async () => {
    const project = await KeyedProject.make(configMap(`std.extVar('v')`));
    project.args = { extStr: ['v=1'] };
    await expectNewKey(project, () => void (project.args = { extStr: ['v=2'] }));
    await expectNewKey(project, () => void (project.args = { extCode: ['v=3 + 4'] }));
  });

  it('spec.json changed', async () => {
    const project = await KeyedProject.make(configMap('1'));
    await expectNewKey(project, () =>
      project.write('environments/dev/spec.json', SPEC.replace('default', 'other')),
    );
  });

  it('two environments have the same text, and read their own name', async () => {
    const main = configMap(`std.extVar('tanka.dev/environment').metadata.name`);
    const project = await KeyedProject.make(main, {
      'environments/b/main.jsonnet': main,
      'environments/b/spec.json': SPEC,
    });
    const other = { path: 'environments/b' };
    expect(await project.show(other)).not.toBe(await project.show());
    expect(await project.key(other)).not.toBe(await project.key());
  });

  it(`a file of import @'x' changed`, async () => {
    const project = await KeyedProject.make(configMap(`import @'x.libsonnet'`), {
      'lib/x.libsonnet': '1',
    });
    await expectNewKey(project, () => project.write('lib/x.libsonnet', '2'));
  });

  it('a file of importbin changed', async () => {
    const project = await KeyedProject.make(configMap(`importbin 'x.bin'`), { 'lib/x.bin': 'a' });
    await expectNewKey(project, () => project.write('lib/x.bin', new Uint8Array([0, 255])));
  });

  it('a file imports tk: it has a key, which follows spec.json', async () => {
    const project = await KeyedProject.make(configMap(`(import 'tk').env.spec.namespace`));
    await expectNewKey(project, () =>
      project.write('environments/dev/spec.json', SPEC.replace('default', 'other')),
    );
  });
});

describe('imports', () => {
  it.each([
    ['import', `import 'x'`, '1', '2'],
    ['importstr', `importstr 'x'`, 'a', 'b'],
    ['a comment before the path', `import /* 'y' */ # z\n 'x'`, '1', '2'],
    ['Windows line ends', `import\r\n'x'`, '1', '2'],
    ['an escaped path', `import '\\u0078'`, '1', '2'],
    ['a text block with ||| in it', `local t = |||\n  a\n  ||| b\n|||; import 'x'`, '1', '2'],
    ['a text block before it', `local t = |||\r\n  import 'y'\r\n|||;\r\nimport 'x'`, '1', '2'],
  ])('%s', async (_, expression, before, after) => {
    const project = await KeyedProject.make(configMap(`(${expression})`), { 'lib/x': before });
    await expectNewKey(project, () => project.write('lib/x', after));
  });

  it('a file that is imported by another one, in a circle', async () => {
    const project = await KeyedProject.make(configMap(`(import 'a.libsonnet').v`), {
      'lib/a.libsonnet': `{ w: 1, v: (import 'b.libsonnet').v }`,
      'lib/b.libsonnet': `{ v: (import 'a.libsonnet').w + (import 'c.libsonnet') }`,
      'lib/c.libsonnet': '1',
    });
    await expectNewKey(project, () => project.write('lib/c.libsonnet', '2'));
  });

  it.each(['environments/dev', 'environments/dev/vendor', 'lib'])(
    'a new file in %s comes before that in vendor',
    async (folder) => {
      const project = await KeyedProject.make(configMap(`import 'l/main.libsonnet'`), {
        'vendor/l/main.libsonnet': `import 'deep/x.libsonnet'`,
        'vendor/deep/x.libsonnet': '1',
      });
      await expectNewKey(project, () => project.write(`${folder}/deep/x.libsonnet`, '2'));
    },
  );

  it('a new file beside the importing one comes before that in lib', async () => {
    const project = await KeyedProject.make(configMap(`import 'l/main.libsonnet'`), {
      'vendor/l/main.libsonnet': `import 'x.libsonnet'`,
      'lib/x.libsonnet': '1',
    });
    await expectNewKey(project, () => project.write('vendor/l/x.libsonnet', '2'));
  });

  it('a file is deleted, and one that comes later stands in', async () => {
    const project = await KeyedProject.make(configMap(`import 'x.libsonnet'`), {
      'lib/x.libsonnet': '1',
      'vendor/x.libsonnet': '2',
    });
    await expectNewKey(project, () => project.remove('lib/x.libsonnet'));
  });

  it('a file is deleted, and none stands in', async () => {
    const project = await KeyedProject.make(configMap(`import 'x.libsonnet'`), {
      'lib/x.libsonnet': '1',
    });
    await expectNewKey(project, () => project.remove('lib/x.libsonnet'));
    const gone = await project.key();
    await project.write('lib/x.libsonnet', '1');
    expect(await project.key()).not.toBe(gone);
  });

  it('a link in vendor leads elsewhere', async () => {
    const project = await KeyedProject.make(configMap(`import 'l/main.libsonnet'`), {
      'libs/v1/main.libsonnet': '1',
      'libs/v2/main.libsonnet': '2',
      'vendor/.keep': '',
    });
    project.link('vendor/l', '../libs/v1');
    await expectNewKey(project, () => project.link('vendor/l', '../libs/v2'));
  });

  it('a file changes and keeps its size and the time of its last writing', async () => {
    const project = await KeyedProject.make(configMap(`import 'x.libsonnet'`), {
      'lib/x.libsonnet': '1',
    });
    const file = project.file('lib/x.libsonnet');
    const { atime, mtime } = statSync(file);
    await expectNewKey(project, async () => {
      await project.write('lib/x.libsonnet', '2');
      utimesSync(file, atime, mtime);
      expect(statSync(file).mtime).toEqual(mtime);
    });
  });

  it('what no environment imports changes no key', async () => {
    const project = await KeyedProject.make(configMap(`import 'x.libsonnet'`), {
      'lib/x.libsonnet': '1',
      'lib/y.libsonnet': '1',
    });
    const before = await project.key();
    await project.write('lib/y.libsonnet', '2');
    await project.write('environments/dev/README.md', 'new');
    await project.write('environments/dev/y.libsonnet', '3');
    expect(await project.key()).toBe(before);
  });

  it('a pipe, a folder or a missing main.jsonnet in the place of a file has no key', async () => {
    const project = await KeyedProject.make(configMap(`importstr 'x'`));
    mkdirSync(project.file('lib/x'), { recursive: true });
    expect(await project.key()).toBeUndefined();
    expect(await project.key({ path: 'environments/gone' })).toBeUndefined();
  });
});

describe('arguments that name files', () => {
  it.each(['extStrFile', 'extCodeFile', 'tlaStrFile', 'tlaCodeFile'] as const)(
    '%s: the content changed',
    async (flag) => {
      const isTla = flag.startsWith('tla');
      const project = await KeyedProject.make(
        isTla ? `function(v) ${configMap('v')}` : configMap(`std.extVar('v')`),
        { 'values.json': '1' },
      );
      project.args = { [flag]: ['v=values.json'] };
      await expectNewKey(project, () => project.write('values.json', '2'));
    },
  );

  it('what a file of Jsonnet imports changed', async () => {
    const project = await KeyedProject.make(configMap(`std.extVar('v')`), {
      'values.jsonnet': `import 'x.libsonnet'`,
      'lib/x.libsonnet': '1',
    });
    project.args = { extCodeFile: ['v=values.jsonnet'] };
    await expectNewKey(project, () => project.write('lib/x.libsonnet', '2'));
  });

  it('what the code of an argument imports changed', async () => {
    const project = await KeyedProject.make(`function(v) ${configMap('v')}`, {
      'lib/x.libsonnet': '1',
    });
    project.args = { tlaCode: [`v=import 'x.libsonnet'`] };
    await expectNewKey(project, () => project.write('lib/x.libsonnet', '2'));
  });
});

describe('what else decides', () => {
  it('the name of an inline environment', async () => {
    const environment = (name: string): string =>
      `{ apiVersion: 'tanka.dev/v1alpha1', kind: 'Environment', metadata: { name: '${name}' }, spec: { namespace: '${name}' }, data: ${configMap('1')} }`;
    const project = await KeyedProject.make(`[${environment('a')}, ${environment('b')}]`);
    project.remove('environments/dev/spec.json');
    const [a, b] = [
      { ...DEV, name: 'a' },
      { ...DEV, name: 'b' },
    ];
    expect(await project.show(a)).not.toBe(await project.show(b));
    expect(await project.key(a)).not.toBe(await project.key(b));
  });

  it('the evaluator', async () => {
    const project = await KeyedProject.make(configMap('1'), {
      'bin/jsonnet': `${SH}echo '${JSON.stringify({ apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'one' } })}'\n`,
    });
    chmodSync(project.file('bin/jsonnet'), 0o755);
    await expectNewKey(project, () => void (project.evaluator = project.file('bin/jsonnet')));
    await expectNewKey(project, () =>
      project.write('bin/jsonnet', project.read('bin/jsonnet').replace('one', 'two')),
    );
  });

  it('targets', async () => {
    const project = await KeyedProject.make(`[${configMap('1')}, ${configMap('2', 'b')}]`);
    await expectNewKey(project, () => void (project.args = { targets: ['ConfigMap/b'] }));
  });

  it.each([
    ['rules', 'rules:\n  - rule: workload/*\n    severity: off\n'],
    ['unknownKinds', 'unknownKinds: [example.com/v1/Foo]\n'],
    ['gateways', 'gateways:\n  - selector: { app: gateway }\n    namespace: ingress\n'],
  ])('%s of tankard.yaml, by which manifests are judged', async (_, text) => {
    const project = await KeyedProject.make(configMap('1'));
    const before = await project.key();
    await project.write('tankard.yaml', text);
    expect(await project.key()).not.toBe(before);
  });

  it('the Kubernetes version, tankard.lock, the baseline and what the caller adds', async () => {
    const project = await KeyedProject.make(configMap('1'), { 'baseline.json': '{}' });
    const baseline = project.file('baseline.json');
    const keys = [await project.key()];
    const add = async (): Promise<void> => void keys.push(await project.key());
    project.options = { kubernetes: '1.33' };
    await add();
    project.options = { kubernetes: '1.33', also: { format: 2 } };
    await add();
    project.options = { kubernetes: '1.33', baseline };
    await add();
    await project.write('baseline.json', '{ }');
    await add();
    await project.write('tankard.lock', '{}');
    await add();
    expect(new Set(keys).size).toBe(keys.length);
  });

  it('but not how a preview is shown', async () => {
    const project = await KeyedProject.make(configMap('1'));
    const before = await project.key();
    await project.write('tankard.yaml', 'preview:\n  editor: vscode\n');
    expect(await project.key()).toBe(before);
  });
});

describe('changedSince', () => {
  it('is nothing when nothing was written', async () => {
    const project = await KeyedProject.make(configMap(`import 'x.libsonnet'`), {
      'lib/x.libsonnet': '1',
    });
    const keys = await project.open();
    await keys.keyOf(DEV);
    await project.show();
    expect(await keys.changedSince([DEV])).toEqual([]);
  });

  it('is what was written meanwhile, also when it is again as it was', async () => {
    const project = await KeyedProject.make(configMap(`import 'x.libsonnet'`), {
      'lib/x.libsonnet': '1',
      'environments/b/main.jsonnet': configMap('1'),
      'environments/b/spec.json': SPEC,
    });
    const other = { path: 'environments/b' };
    const keys = await project.open();
    const key = await keys.keyOf(DEV);
    await keys.keyOf(other);
    await project.write('lib/x.libsonnet', '2');
    expect(await keys.changedSince([DEV, other])).toEqual([DEV]);
    await project.write('lib/x.libsonnet', '1');
    expect(await project.key()).toBe(key);
    expect(await keys.changedSince([DEV, other])).toEqual([DEV]);
  });

  it('is all when an option file was written', async () => {
    const project = await KeyedProject.make(configMap('1'));
    const keys = await project.open();
    await keys.keyOf(DEV);
    await project.write('tankard.lock', '{}');
    expect(existsSync(path.join(project.root, 'tankard.lock'))).toBe(true);
    expect(await keys.changedSince([DEV])).toEqual([DEV]);
  });
});
