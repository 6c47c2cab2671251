import path from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { showBatch, type BatchOptions } from '../../lib/tanka/show-batch.ts';
import { showEnvironment } from '../../lib/tanka/show.ts';
import { ensureTool } from '../../lib/tools/ensure-tool.ts';
import { CONFIG_MAP, makeProject, SPEC } from './project.ts';

let locator: string;
let tk: string;

beforeAll(async () => {
  [locator, tk] = await Promise.all([
    ensureTool('locate').then((tool) => tool.path),
    ensureTool('tk').then((tool) => tool.path),
  ]);
}, 300_000);

/** What one process gives for environments, and what tk shows of each. */
async function bothOf(
  files: Readonly<Record<string, string>>,
  options: Partial<BatchOptions> = {},
): Promise<{ batch: (string | undefined)[]; shown: string[]; root: string }> {
  const root = await makeProject(files);
  const mains = Object.keys(files).filter((file) => file.endsWith('main.jsonnet'));
  const batch: (string | undefined)[] = [];
  const places = mains.map((main) => path.join(root, main));
  for await (const yaml of showBatch({ locator, root, mains: places, ...options }))
    batch.push(yaml?.toString('utf8'));
  const shown: string[] = [];
  for (const main of mains) {
    const { args = {} } = options;
    const { yaml } = await showEnvironment({ tk, root, environment: path.dirname(main), args });
    shown.push(yaml.toString('utf8'));
  }
  return { batch, shown, root };
}

/** Environments `a`, `b`, ... with the same spec.json. */
function environments(
  mains: Readonly<Record<string, string>>,
  spec: string = SPEC,
): Record<string, string> {
  return Object.fromEntries(
    Object.entries(mains).flatMap(([name, text]) => [
      [`environments/${name}/main.jsonnet`, text],
      [`environments/${name}/spec.json`, spec],
    ]),
  );
}

const withData = (code: string): string => `{ a: ${CONFIG_MAP} { data: { value: ${code} } } }`;

describe('what one process renders is, byte by byte, what tk shows', () => {
  it('of namespaces, labels, defaults and the order of kinds', async () => {
    const spec = (namespace: string): string =>
      JSON.stringify({
        apiVersion: 'tanka.dev/v1alpha1',
        kind: 'Environment',
        metadata: { labels: { team: namespace } },
        spec: {
          namespace,
          injectLabels: true,
          resourceDefaults: { labels: { team: namespace }, annotations: { owner: 'x' } },
        },
      });
    const object = (kind: string, more = ''): string =>
      `{ apiVersion: 'v1', kind: '${kind}', metadata: { name: 'a'${more} } }`;
    const main = `[${object('Service')}, ${object('ConfigMap', ", namespace: ''")}, ${object('Namespace')},
      { apiVersion: 'v1', kind: 'List', items: [${object('Secret')}] },
      ${object('Pod')} { spec: { big: 2147483648, text: 'yes', lines: 'a\\nb\\n', odd: '\\u2028<&>', third: 1 / 3 } }]`;
    const { batch, shown } = await bothOf({
      'environments/a/main.jsonnet': main,
      'environments/a/spec.json': spec('one'),
      'environments/deep/b/main.jsonnet': main,
      'environments/deep/b/spec.json': spec('two'),
    });
    expect(batch).toEqual(shown);
    expect(shown[0]).toContain('tanka.dev/environment');
  });

  it('of files that environments find by the same name, each in its own folder', async () => {
    const { batch, shown } = await bothOf({
      ...environments({
        a: withData("import 'shared.libsonnet'"),
        b: withData("import 'shared.libsonnet'"),
        c: withData("(import 'vendored.libsonnet') + importstr './text'"),
      }),
      // Found from the environment: the folder that imports it does not have it.
      'lib/shared.libsonnet': "import 'own.libsonnet'",
      'environments/a/own.libsonnet': "'a'",
      'environments/b/own.libsonnet': "'b'",
      'environments/c/vendor/vendored.libsonnet': "'own'",
      'environments/c/text': 'text',
      'vendor/vendored.libsonnet': "'shared'",
    });
    expect(batch).toEqual(shown);
    expect(shown.join('')).toMatch(/value: a[^]*value: b[^]*value: owntext/);
  });

  it('of tk.env and external variables', async () => {
    const main = withData("(import 'env.libsonnet') + std.extVar('x')");
    const { batch, shown } = await bothOf(
      {
        ...environments({ a: main, b: main }),
        'lib/env.libsonnet': "(import 'tk').env.metadata.name",
      },
      { args: { extStr: ['x=!'] } },
    );
    expect(batch).toEqual(shown);
    expect(shown[1]).toContain('value: environments/b!');
  });

  it('of top-level arguments', async () => {
    const main = `function(y) ${withData('y')}`;
    const { batch, shown } = await bothOf(environments({ a: main, b: main }), {
      args: { tlaCode: ["y='given'"] },
    });
    expect(batch).toEqual(shown);
    expect(shown[1]).toContain('value: given');
  });

  it('of more environments than it keeps parsed', async () => {
    const names = Array.from({ length: 120 }, (_, index) => `e${index}`);
    const files = {
      ...environments(
        Object.fromEntries(
          names.map((name) => [name, withData(`(import 'shared.libsonnet') + ' ${name}'`)]),
        ),
      ),
      'lib/shared.libsonnet': "'shared'",
    };
    const root = await makeProject(files);
    const mains = names.map((name) => path.join(root, 'environments', name, 'main.jsonnet'));
    const batch: (string | undefined)[] = [];
    for await (const yaml of showBatch({ locator, root, mains })) batch.push(yaml?.toString());
    expect(batch).toHaveLength(120);
    expect(batch.at(-1)).toContain('value: shared e119');
  });
});

describe('tk is asked', () => {
  const good = withData("'good'");

  it.each([
    ['an evaluation that fails', withData("error 'no'")],
    ['a syntax error', '{'],
    ['what is no manifest', '{ a: 1 }'],
    ['a line of std.trace', withData("std.trace('said', 'x')")],
    ['an environment inside of the environment', `{ e: ${CONFIG_MAP} { kind: 'Environment' } }`],
    [
      'a chart, whose result is kept by a name that two environments may share',
      `{ a: std.native('helmTemplate')('x', './chart', { calledFrom: std.thisFile }) }`,
    ],
  ])('for %s, and the others are rendered', async (_what, main) => {
    const files = environments({ a: good, b: main, c: good });
    const root = await makeProject(files);
    const mains = ['a', 'b', 'c'].map((name) =>
      path.join(root, `environments/${name}/main.jsonnet`),
    );
    const batch: boolean[] = [];
    for await (const yaml of showBatch({ locator, root, mains })) batch.push(yaml !== undefined);
    expect(batch).toEqual([true, false, true]);
  });

  it.each([
    ['a spec.json that wants a version of tk', { spec: { expectVersions: { tanka: '<0.1.0' } } }],
    ['a spec.json of the wrong types', { spec: { namespace: 1 } }],
    ['a spec.json with old keys', { server: 'https://127.0.0.1' }],
  ])('for %s', async (_what, spec) => {
    const root = await makeProject(environments({ a: good }, JSON.stringify(spec)));
    const mains = [path.join(root, 'environments/a/main.jsonnet')];
    for await (const yaml of showBatch({ locator, root, mains })) expect(yaml).toBeUndefined();
  });

  it('for an environment in a project of its own, whose libraries are other ones', async () => {
    const root = await makeProject({
      ...environments({ a: withData("import 'which.libsonnet'") }),
      'lib/which.libsonnet': "'outer'",
      'environments/jsonnetfile.json': '{}',
      'environments/lib/which.libsonnet': "'inner'",
    });
    const mains = [path.join(root, 'environments/a/main.jsonnet')];
    for await (const yaml of showBatch({ locator, root, mains })) expect(yaml).toBeUndefined();
  });

  it('for one that takes too long, and for those after it', async () => {
    const endless = '{ a: local f(x) = f(x + 1) tailstrict; f(0) }';
    const root = await makeProject(environments({ a: good, b: endless, c: good }));
    const mains = ['a', 'b', 'c'].map((name) =>
      path.join(root, `environments/${name}/main.jsonnet`),
    );
    const batch: boolean[] = [];
    for await (const yaml of showBatch({ locator, root, mains, timeoutMs: 2000 }))
      batch.push(yaml !== undefined);
    expect(batch).toEqual([true]);
  });
});

it('stops with the signal', async () => {
  const endless = '{ a: local f(x) = f(x + 1) tailstrict; f(0) }';
  const root = await makeProject(environments({ a: withData("'good'"), b: endless }));
  const mains = ['a', 'b'].map((name) => path.join(root, `environments/${name}/main.jsonnet`));
  const controller = new AbortController();
  const read = async (): Promise<void> => {
    for await (const yaml of showBatch({ locator, root, mains, signal: controller.signal })) {
      expect(yaml).toBeDefined();
      controller.abort();
    }
  };
  await expect(read()).rejects.toMatchObject({ kind: 'interrupted' });
});
