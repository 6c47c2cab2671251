import { symlink } from 'node:fs/promises';
import path from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import type { Finding } from '../../lib/finding/finding.ts';
import { type ShowOptions, type ShowResult, showEnvironment } from '../../lib/tanka/show.ts';
import { ensureTool } from '../../lib/tools/ensure-tool.ts';
import { temporaryDirectory } from '../tools/fake-program.ts';
import { CONFIG_MAP, makeEnvironment, makeProject } from './project.ts';

let tk: string;

beforeAll(async () => {
  tk = (await ensureTool('tk')).path;
}, 600_000);

async function show(root: string, more: Partial<ShowOptions> = {}): Promise<ShowResult> {
  return showEnvironment({ tk, root, environment: 'environments/dev', ...more });
}

/** The one finding of an environment whose main.jsonnet is `main`, with its place as `file:line:column`. */
async function findingOf(
  main: string,
  files: Readonly<Record<string, string>> = {},
): Promise<{ finding: Finding; place: string; related: string[] }> {
  const root = await makeEnvironment(main, files);
  const { findings, yaml } = await show(root);
  expect(yaml).toHaveLength(0);
  expect(findings).toHaveLength(1);
  const [finding] = findings;
  if (finding === undefined) throw new Error('no finding');
  expect(finding).toMatchObject({ severity: 'error', environment: 'environments/dev' });
  const { location } = finding;
  if (location === undefined) throw new Error('no location');
  const text = (at: { file: string; line: number; column: number }): string =>
    `${path.relative(root, at.file)}:${at.line}:${at.column}`;
  return {
    finding,
    place: `${location.certainty} ${text(location)}`,
    related: (location.related ?? []).map(text),
  };
}

const CHECK = `{
  port(port)::
    assert std.isNumber(port) : 'check.port: port must be a number,\\ngot ' + std.type(port);
    { port: port },
}
`;

describe('an assert', () => {
  it('of a vendored library is located at the line of main.jsonnet that calls it', async () => {
    const { finding, place, related } = await findingOf(
      [
        "local check = import 'check/main.libsonnet';",
        '{',
        "  web: { apiVersion: 'v1', kind: 'Service', metadata: { name: 'é' }, spec: { ports: [check.port('x')] } },",
        '}',
        '',
      ].join('\n'),
      { 'vendor/check/main.libsonnet': CHECK },
    );
    expect(finding.code).toBe('jsonnet/assert');
    expect(finding.message).toBe('check.port: port must be a number,\ngot string');
    expect(finding.path).toEqual(['web', 'spec', 'ports', 0]);
    // The column counts bytes: é has two.
    expect(place).toBe('exact environments/dev/main.jsonnet:3:87');
    expect(related).toEqual(['vendor/check/main.libsonnet:3:5']);
  });

  it("of the project's own lib/ is located there, since that is the user's code", async () => {
    const { place, related } = await findingOf("{ a: (import 'check.libsonnet').port('x') }", {
      'lib/check.libsonnet': CHECK,
    });
    expect(place).toBe('exact lib/check.libsonnet:3:5');
    expect(related).toEqual(['environments/dev/main.jsonnet:1:6']);
  });

  it('keeps its place and its kind of code in a project that is reached by a link', async () => {
    const root = await makeEnvironment("(import 'check/main.libsonnet').port('x')", {
      'vendor/check/main.libsonnet': CHECK,
    });
    const link = path.join(await temporaryDirectory(), 'link');
    await symlink(root, link);
    const { findings } = await show(link);
    expect(findings[0]?.location).toMatchObject({
      file: path.join(link, 'environments/dev/main.jsonnet'),
      related: [{ file: path.join(link, 'vendor/check/main.libsonnet') }],
    });
  });

  it('of an object has the place of the assert', async () => {
    const { finding, place } = await findingOf(
      `{ a: { assert self.x == 1 : 'x is not 1', x: 2 } }`,
    );
    expect(finding).toMatchObject({ code: 'jsonnet/assert', message: 'x is not 1', path: ['a'] });
    expect(place).toBe('exact environments/dev/main.jsonnet:1:8');
  });

  it('that only a library has on the stack is near, not exact', async () => {
    const { finding, place } = await findingOf("{ a: import 'lazy/main.libsonnet' }", {
      'vendor/lazy/main.libsonnet': '{ b: { assert false } }',
    });
    expect(finding).toMatchObject({
      code: 'jsonnet/assert',
      message: 'Object assertion failed.',
      path: ['a', 'b'],
    });
    expect(place).toBe('near vendor/lazy/main.libsonnet:1:8');
  });
});

describe('a runtime error', () => {
  it('for a missing field', async () => {
    const { finding, place } = await findingOf('local x = { port: 1 };\n{ a: { b: x.prot } }');
    expect(finding).toMatchObject({
      code: 'jsonnet/evaluation',
      message: 'Field does not exist: prot',
      path: ['a', 'b'],
    });
    expect(place).toBe('exact environments/dev/main.jsonnet:2:11');
  });

  it('for a wrong type, with the caller among the related places', async () => {
    const { finding, place, related } = await findingOf("local f(x) = x * 2;\n{ a: f('b') }");
    expect(finding.message).toBe('Unexpected type string, expected number');
    expect(place).toBe('exact environments/dev/main.jsonnet:1:14');
    expect(related).toEqual(['environments/dev/main.jsonnet:2:6']);
  });

  it('for a missing import, with what to do', async () => {
    const { finding, place } = await findingOf("{ a: import 'nope.libsonnet' }");
    expect(finding.code).toBe('jsonnet/evaluation');
    expect(finding.message).toMatch(/^couldn't open import "nope.libsonnet"/);
    expect(finding.hint).toContain('jb install');
    expect(place).toBe('exact environments/dev/main.jsonnet:1:6');
  });

  it('for a missing import of the mixins, with the dependency that provides them', async () => {
    const { finding } = await findingOf("{ a: import 'tankard/main.libsonnet' }");
    expect(finding.hint).toContain('"directory": "node_modules/tankard/jsonnet/tankard"');
    expect(finding.hint).toContain('jsonnetfile.json');
  });

  it('for a recursion without end, of whose stack tk shows a part', async () => {
    const { finding, place } = await findingOf('local f(x) = 1 + f(x);\n{ a: f(1) }');
    expect(finding.message).toBe('max stack frames exceeded.');
    expect(finding.path).toBeUndefined();
    expect(place).toBe('exact environments/dev/main.jsonnet:1:18');
  });

  it('that has no place is near the field of main.jsonnet that it is about', async () => {
    const { finding, place } = await findingOf('{\n  a: {\n    b: function(x) x,\n  },\n}');
    expect(finding.message).toBe("couldn't manifest function as JSON");
    expect(finding.hint).toBe('Call the function with its arguments, or hide the field with ::.');
    expect(place).toBe('near environments/dev/main.jsonnet:3:5');
  });

  it('for a message that looks like a place keeps the whole message', async () => {
    const { finding } = await findingOf("{ a: error 'http://example.com:80:1 is not https' }");
    expect(finding).toMatchObject({
      code: 'jsonnet/evaluation',
      message: 'http://example.com:80:1 is not https',
    });
  });

  it('for a main.jsonnet that wants arguments says how to pass them', async () => {
    const { finding } = await findingOf('function(a) { a: a }');
    expect(finding).toMatchObject({
      message: 'Missing argument: a',
      hint: expect.stringContaining('--tla-str'),
    });
  });
});

describe('a syntax error', () => {
  it('in main.jsonnet', async () => {
    const { finding, place } = await findingOf('{\n  a: 1\n  b: 2\n}');
    expect(finding).toMatchObject({
      code: 'jsonnet/syntax',
      message: 'Expected a comma before next field',
    });
    expect(place).toBe('exact environments/dev/main.jsonnet:3:3');
  });

  it('of one point in main.jsonnet', async () => {
    const { finding, place } = await findingOf("{\n  a: 'b\n}");
    expect(finding.message).toBe('Unterminated String');
    expect(place).toBe('exact environments/dev/main.jsonnet:2:6');
  });

  it('in an imported file is located there, with the import among the related places', async () => {
    const { finding, place, related } = await findingOf("{ a: (import 'broken.libsonnet').a }", {
      'lib/broken.libsonnet': '{\n  a: 1\n  b: 2\n}',
    });
    expect(finding.code).toBe('jsonnet/syntax');
    expect(place).toBe('exact lib/broken.libsonnet:3:3');
    expect(related).toEqual(['environments/dev/main.jsonnet:1:7']);
  });

  it('is not what an unknown variable is', async () => {
    const { finding, place } = await findingOf('{ a: foo }');
    expect(finding).toMatchObject({ code: 'jsonnet/evaluation', message: 'Unknown variable: foo' });
    expect(place).toBe('exact environments/dev/main.jsonnet:1:6');
  });

  it('of an argument names the argument', async () => {
    const root = await makeEnvironment('function(a) { a: a }');
    const { findings } = await show(root, { args: { tlaCode: ['a=}'] } });
    expect(findings[0]).toMatchObject({
      code: 'jsonnet/syntax',
      message: expect.stringMatching(/^top-level-arg:a: Unexpected: "}"/),
    });
  });
});

describe('what is not a manifest', () => {
  it('has the path and the reason, and never the value', async () => {
    const { finding, place } = await findingOf("{\n  web: {\n    password: 'hunter2',\n  },\n}");
    expect(finding).toMatchObject({
      code: 'environment/not-a-manifest',
      path: ['web', 'apiVersion'],
      fault: 'missing',
      message: 'the value at .web is not a Kubernetes object: apiVersion is missing',
    });
    expect(JSON.stringify(finding)).not.toContain('hunter2');
    expect(place).toBe('near environments/dev/main.jsonnet:2:3');
  });

  it('is one finding a field when metadata is wrong', async () => {
    const root = await makeEnvironment(
      `{ a: [{ apiVersion: 'v1', kind: 'Secret', metadata: { labels: { n: 1 } }, stringData: { p: 'hunter2' } }] }`,
    );
    const { findings } = await show(root);
    expect(findings.map(({ path: at, message }) => [at, message])).toEqual([
      [
        ['a', 0, 'metadata', 'labels', 'n'],
        'the value at .a[0] is not a valid Kubernetes object: metadata.labels has a value for n that is not a string but number',
      ],
      [
        ['a', 0, 'metadata', 'name'],
        'the value at .a[0] is not a valid Kubernetes object: metadata.name is missing or not a string',
      ],
    ]);
    expect(JSON.stringify(findings)).not.toContain('hunter2');
  });

  it('is not where another object has the field that is missing', async () => {
    const { place } = await findingOf(`{
  a: { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'a' } },
  b: { apiVersion: 'v1', kind: 'ConfigMap', metadata: {} },
}`);
    expect(place).toBe('near environments/dev/main.jsonnet:3:45');
  });

  it('is an item of a List without metadata', async () => {
    const { finding } = await findingOf(
      "{ a: { apiVersion: 'v1', kind: 'List', items: [{ apiVersion: 'v1', kind: 'ConfigMap' }] } }",
    );
    expect(finding).toMatchObject({
      code: 'environment/not-a-manifest',
      path: ['a', 'items', 0, 'metadata'],
    });
  });

  it('is a main.jsonnet that renders a string', async () => {
    const { finding } = await findingOf("'hello'");
    expect(finding.message).toBe(
      'main.jsonnet renders a value that is neither an object nor an array',
    );
  });

  it('is a main.jsonnet without spec.json that renders no environment', async () => {
    const root = await makeProject({ 'environments/dev/main.jsonnet': `{ a: ${CONFIG_MAP} }` });
    const { findings } = await show(root);
    expect(findings[0]).toMatchObject({
      code: 'environment/not-a-manifest',
      hint: expect.stringContaining('Add environments/dev/spec.json'),
    });
  });
});

describe('a spec.json that tk refuses', () => {
  it.each([
    ['{"spec": {"namespace": 3}}', 'spec.namespace must be a string, got number', '1:24'],
    [
      '{"spec": {\n  "namespace": "a",,\n}}',
      'spec.json is not valid JSON: Expected double-quoted property name',
      '2:20',
    ],
    [
      '{"spec": {"expectVersions": {"tanka": "<0.1.0"}}}',
      'the environment expects Tanka <0.1.0, but tk is v0.38.0',
      '1:39',
    ],
    [
      '{"spec": {"expectVersions": {"tanka": "new"}}}',
      'spec.expectVersions.tanka is not a version constraint: new',
      '1:39',
    ],
  ])('%s', async (spec, message, at) => {
    const { finding, place } = await findingOf('{}', { 'environments/dev/spec.json': spec });
    expect(finding).toMatchObject({ code: 'environment/spec', message });
    expect(place).toBe(`exact environments/dev/spec.json:${at}`);
  });
});
