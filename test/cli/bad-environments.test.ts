import { rm } from 'node:fs/promises';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { CONFIG_MAP, SPEC } from '../tanka/project.ts';
import { positionIn, projectWith, tankard } from './tankard.ts';

/** Validates one environment and gives what was printed, for an expected exit code. */
async function validated(
  main: string,
  exitCode: number,
  files: Readonly<Record<string, string>> = {},
  args: readonly string[] = [],
): Promise<string> {
  const cwd = await projectWith(main, files);
  const outcome = await tankard(['validate', 'environments/x', ...args], { cwd });
  expect(outcome.stderr).toBe('');
  expect(outcome.exitCode).toBe(exitCode);
  return outcome.stdout;
}

const spec = (text: string): Record<string, string> => ({ 'environments/x/spec.json': text });

describe('Jsonnet that cannot be evaluated', () => {
  it.each([
    ['a syntax error', '{ a: ', 'Unexpected end of file  [jsonnet/syntax]', '1:6'],
    [
      'a failed assert',
      "{ a: 1,\n  b: (assert false : 'no b'; 1) }",
      'b: no b  [jsonnet/assert]',
      '2:7',
    ],
    [
      'a missing import',
      "{ a: import 'nope.libsonnet' }",
      `couldn't open import "nope.libsonnet"`,
      '1:6',
    ],
    ['an unknown variable', '{ a: b }', 'Unknown variable: b  [jsonnet/evaluation]', '1:6'],
    ['a field that does not exist', '{ a: {}.b }', 'a: Field does not exist: b', '1:6'],
    [
      'a parameter that the function does not have',
      "{ a: (import 'tankard/main.libsonnet').reflector.source.mirroredTo(nope=1) }",
      'function has no parameter nope',
      '1:6',
    ],
    [
      'an external variable that was not given',
      "{ a: std.extVar('v') }",
      'Undefined external variable: v',
      '1:6',
    ],
  ])('%s', async (_, main, message, place) => {
    const text = await validated(main, 1);
    expect(text).toContain(message);
    expect(text).toContain(`at environments/x/main.jsonnet:${place}`);
    expect(text).toMatch(/\n1 environment, 0 manifests: 1 error, 0 warnings\n$/);
  });
});

describe('spec.json', () => {
  const DEFAULT = '"spec": { "namespace": "default" }';

  it.each([
    ['unknown key', `{ ${DEFAULT}, "extra": 1 }`, 'has an unknown key extra;', '"extra"'],
    [
      'unknown key of spec, with a near one',
      '{ "spec": { "namespce": "a" } }',
      'Did you mean namespace?',
      '"namespce"',
    ],
    [
      'wrong type',
      '{ "spec": { "namespace": 1 } }',
      'spec.namespace must be a string, got number',
      '1 }',
    ],
    ['wrong value', `{ "kind": "Env", ${DEFAULT} }`, 'kind is "Env"', '"Env"'],
    ['syntax error', '{ "spec": {\n  "namespace": "a",\n} }', 'spec.json is not valid JSON', '} }'],
    [
      'both ways of naming the cluster',
      '{ "spec": { "namespace": "a", "apiServer": "https://a", "contextNames": ["b"] } }',
      'exclude each other',
      '"contextNames"',
    ],
    ['not an object', '[]', 'spec.json must be an object, got array', '[]'],
    [
      'a version of Tanka that is not this one',
      '{ "spec": { "namespace": "a", "expectVersions": { "tanka": "<0.1.0" } } }',
      'expects Tanka <0.1.0',
      '"<0.1.0"',
    ],
  ])('%s', async (_, text, message, place) => {
    const output = await validated(`{ a: ${CONFIG_MAP} }`, 1, spec(text));
    expect(output).toContain(message);
    expect(output).toContain('[environment/spec]');
    const { line, column } = positionIn(text, place);
    expect(output).toContain(`at environments/x/spec.json:${line}:${column}`);
  });

  it('names everything that is wrong, not the first only', async () => {
    const text = '{ "extra": 1, "spec": { "namespace": 1, "injectLabels": "yes" } }';
    expect(await validated('{}', 1, spec(text))).toContain(': 3 errors,');
  });

  it('a metadata.name that differs from the path is no error', async () => {
    const text = '{ "metadata": { "name": "another" }, "spec": { "namespace": "default" } }';
    const output = await validated(`{ a: ${CONFIG_MAP} }`, 0, spec(text));
    expect(output).toBe('1 environment, 1 manifest: 0 errors, 0 warnings\n');
  });
});

describe('what is rendered', () => {
  it('nothing: a warning', async () => {
    expect(await validated('{}', 0)).toBe(
      'environments/x\n    warning  the environment renders no manifests  [environment/empty]\n\n' +
        '1 environment, 0 manifests: 0 errors, 1 warning\n',
    );
  });

  it('nothing that matches the target: an error, since nothing was looked at', async () => {
    const output = await validated(`{ a: ${CONFIG_MAP} }`, 1, {}, ['-t', 'Pod/.*']);
    expect(output).toContain('no manifest of the environment matches -t Pod/.*');
  });

  it.each([
    [
      'an object without a kind',
      "{ a: { apiVersion: 'v1' } }",
      'a.kind: the value at .a is not a Kubernetes object: kind is missing',
    ],
    ['a string among manifests', "{ a: { b: 'text' } }", '[environment/not-a-manifest]'],
    ['a string', "'text'", 'main.jsonnet renders a value that is neither an object nor an array'],
    [
      'metadata without a name',
      "{ a: { apiVersion: 'v1', kind: 'ConfigMap', metadata: {} } }",
      'metadata.name is missing',
    ],
    ['a function', '{ a: function(x) x }', "couldn't manifest function"],
  ])('something that is not a manifest: %s', async (_, main, message) => {
    const output = await validated(main, 1);
    expect(output).toContain(message);
    expect(output).toMatch(/(?:at|near) environments\/x\/main\.jsonnet:1:\d+/);
  });

  it('a List: its items are validated and located as if they stood alone', async () => {
    const main = `{
  list: {
    apiVersion: 'v1',
    kind: 'List',
    items: [
      ${CONFIG_MAP},
      { apiVersion: 'v1', kind: 'Service', metadata: { name: 's' }, spec: {
        ports: [{ port: 'http' }],
      } },
    ],
  },
}`;
    const output = await validated(main, 1);
    const { line, column } = positionIn(main, "'http'");
    expect(output).toContain(
      '  Service default/s\n    error  spec.ports[0].port: expected an integer',
    );
    expect(output).toContain(`at environments/x/main.jsonnet:${line}:${column}`);
    expect(output).toContain('2 manifests: 1 error');
  });

  it('two manifests of one name', async () => {
    const output = await validated(`{ a: ${CONFIG_MAP}, b: ${CONFIG_MAP} }`, 1);
    expect(output).toContain('[manifest/duplicate]');
  });
});

it('names that JavaScript has a meaning for are names like others', async () => {
  const odd = `{ a: { apiVersion: 'constructor', kind: 'toString', metadata: { name: '__proto__' } },
    b: { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'b' }, data: { constructor: 1 } } }`;
  const output = await validated(odd, 1);
  expect(output).toContain('no schema is known for the kind toString in constructor');
  expect(output).toContain('data.constructor: expected a string');
});

it('an inline environment with a wrong spec is located in main.jsonnet', async () => {
  const main = `{
  apiVersion: 'tanka.dev/v1alpha1', kind: 'Environment', metadata: { name: 'a' },
  spec: 1,
}`;
  const cwd = await projectWith(main);
  await rm(path.join(cwd, 'environments/x/spec.json'));
  const { exitCode, stdout } = await tankard(['validate'], { cwd });
  expect(exitCode).toBe(1);
  expect(stdout).toContain('[environment/spec]');
  expect(stdout).toMatch(/near environments\/x\/main\.jsonnet:\d+:\d+/);
});

describe('kinds that are cluster-scoped', () => {
  const ISSUER = `apiVersion: 'cert-manager.io/v1', kind: 'ClusterIssuer', spec: { selfSigned: {} }`;

  it("of Kubernetes' own get no namespace from tk", async () => {
    const main = `{
      a: { apiVersion: 'v1', kind: 'Namespace', metadata: { name: 'n' } },
      b: { apiVersion: 'rbac.authorization.k8s.io/v1', kind: 'ClusterRole', metadata: { name: 'c' }, rules: [] },
    }`;
    expect(await validated(main, 0)).toContain('2 manifests: 0 errors, 0 warnings');
  });

  it('of others do, which is found, with the annotation that prevents it', async () => {
    const output = await validated(`{ a: { ${ISSUER}, metadata: { name: 'i' } } }`, 0);
    expect(output).toContain(
      'ClusterIssuer is cluster-scoped, but the object has the namespace "default"',
    );
    expect(output).toContain('tanka.dev/namespaced: "false"');
    expect(output).toContain('[manifest/namespace]');
    // tk took it from there.
    expect(output).toMatch(/(?:at|near) environments\/x\/spec\.json:/);
  });

  it('with that annotation are fine', async () => {
    const metadata = `{ name: 'i', annotations: { 'tanka.dev/namespaced': 'false' } }`;
    expect(await validated(`{ a: { ${ISSUER}, metadata: ${metadata} } }`, 0)).toContain(
      '0 warnings',
    );
  });
});

describe('a kind without a schema', () => {
  const WIDGETS = `[
    { apiVersion: 'example.com/v1', kind: 'Widget', metadata: { name: n } } for n in ['a', 'b']
  ]`;

  it('is an error that names the setting, and is counted', async () => {
    const output = await validated(WIDGETS, 1);
    expect(output).toContain('no schema is known for the kind Widget in example.com/v1');
    expect(output).toContain('list "example.com/v1/Widget" under unknownKinds in tankard.yaml');
    expect(output).toContain('2 manifests: 2 errors, 0 warnings, 2 manifests of unknown kind');
  });

  it('is let through by name, and still counted', async () => {
    const allowed = { 'tankard.yaml': 'unknownKinds: [example.com/v1/Widget]\n' };
    expect(await validated(WIDGETS, 0, allowed)).toBe(
      '1 environment, 2 manifests: 0 errors, 0 warnings, 2 manifests of unknown kind\n',
    );
  });

  it('may hand annotations on, so a key on it is not misplaced, but a misspelt one is one', async () => {
    const allowed = { 'tankard.yaml': 'unknownKinds: [example.com/v1/Widget]\n' };
    const widget = (key: string): string =>
      `{ a: { apiVersion: 'example.com/v1', kind: 'Widget', metadata: { name: 'a', annotations: { '${key}': 'true' } } } }`;
    const allows = widget('reflector.v1.k8s.emberstack.com/reflection-allowed');
    expect(await validated(allows, 0, allowed)).toContain('0 errors, 0 warnings');
    const misspelt = widget('reflector.v1.k8s.emberstack.com/reflection-alowed');
    expect(await validated(misspelt, 1, allowed)).toContain('[annotation/unknown-key]');
  });

  it('with a near name is asked about', async () => {
    const output = await validated(
      "{ a: { apiVersion: 'apps/v1', kind: 'Deploymant', metadata: { name: 'a' } } }",
      1,
    );
    expect(output).toContain('Deployment');
  });
});

describe('--kubernetes', () => {
  const pod = (protocol: string): string => `{ a: {
    apiVersion: 'v1', kind: 'Pod', metadata: { name: 'p' },
    spec: { containers: [{
      name: 'c', image: 'i',
      livenessProbe: { httpGet: { port: 80, protocol: '${protocol}' } },
    }] },
  } }`;

  it.each([
    ['1.35', 1],
    ['1.36', 1],
    ['1.37', 0],
  ])('%s: a field that only 1.37 knows', async (version, exitCode) => {
    const output = await validated(pod('HTTP2'), exitCode, {}, ['--kubernetes', version]);
    expect(output.includes('livenessProbe.httpGet.protocol: unknown field "protocol"')).toBe(
      exitCode === 1,
    );
  });

  it('wins over tankard.yaml, which wins over the default', async () => {
    const files = { 'tankard.yaml': 'kubernetes: "1.35"\n' };
    await validated(pod('HTTP2'), 1, files);
    await validated(pod('HTTP2'), 0, files, ['--kubernetes', '1.37']);
    await validated(pod('HTTP2'), 0);
  });

  it("holds the newest's field to its values", async () => {
    expect(await validated(pod('HTTP9'), 1)).toContain('expected "HTTP1" or "HTTP2"');
  });
});

it('several inline environments of one main.jsonnet are all validated, each under its name', async () => {
  const inline = (name: string, data: string): string =>
    `{ apiVersion: 'tanka.dev/v1alpha1', kind: 'Environment', metadata: { name: '${name}' },
       spec: { namespace: '${name}' }, data: { a: ${CONFIG_MAP} { data: ${data} } } }`;
  const main = `[${inline('blue', '{ x: 1 }')}, ${inline('green', "{ x: 'y' }")}]`;
  const cwd = await projectWith(main);
  await rm(path.join(cwd, 'environments/x/spec.json'));
  const { exitCode, stdout, stderr } = await tankard(['validate'], { cwd });
  expect(stderr).toBe('');
  expect(exitCode).toBe(1);
  const { line, column } = positionIn(main, '1 }');
  expect(stdout).toMatch(/^environments\/x --name blue\n {2}ConfigMap blue\/a\n/);
  expect(stdout).toContain(`environments/x/main.jsonnet:${line}:${column}`);
  expect(stdout).toMatch(/\n2 environments, 2 manifests: 1 error, 0 warnings\n$/);
});

it('several environments: each is reported, one line sums up, and the order is that of the paths', async () => {
  const cwd = await projectWith("assert false : 'no'; {}", {
    'environments/a/main.jsonnet': `{ a: ${CONFIG_MAP} { data: 1 } }`,
    'environments/a/spec.json': SPEC,
    'environments/z/main.jsonnet': `{ a: ${CONFIG_MAP} }`,
    'environments/z/spec.json': SPEC,
  });
  const { exitCode, stdout } = await tankard(['validate'], { cwd });
  expect(exitCode).toBe(1);
  expect(stdout).toMatch(
    /^environments\/a\n[^]*\nenvironments\/x\n[^]*\n3 environments, 2 manifests: 2 errors, 0 warnings\n$/,
  );
  expect(stdout).not.toContain('environments/z');
});
