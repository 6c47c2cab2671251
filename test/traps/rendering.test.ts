import { readFile, rm } from 'node:fs/promises';
import path from 'node:path';
import { expect, it } from 'vitest';
import { tankard, tankardJson } from '../cli/tankard.ts';
import { snapshot } from '../sources/imports.ts';
import { makeEnvironment, makeProject, SPEC } from '../tanka/project.ts';
import { temporaryDirectory } from '../tools/fake-program.ts';
import { realTk, tkShow } from './real-tk.ts';

const DEV = 'environments/dev';

function configMap(name: string, namespace?: string): object {
  const within = namespace === undefined ? {} : { namespace };
  return { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name, ...within }, data: { a: '1' } };
}

/** An inline environment with one ConfigMap of its own name. */
function inline(name: string): object {
  return {
    apiVersion: 'tanka.dev/v1alpha1',
    kind: 'Environment',
    metadata: { name },
    spec: { namespace: 'default', apiServer: 'https://127.0.0.1:1' },
    data: { cm: configMap(`of-${name}`) },
  };
}

/** The codes of what `tankard validate` finds. */
async function codes(cwd: string): Promise<string[]> {
  const { json } = await tankardJson<{ environments: { findings: { code: string }[] }[] }>(
    ['validate', DEV],
    { cwd },
  );
  return json.environments.flatMap(({ findings }) => findings.map(({ code }) => code));
}

it('tk show prints nothing into a pipe, and exits 0; tankard show prints the manifests', async () => {
  const cwd = await makeEnvironment(JSON.stringify(configMap('a')));
  const tk = await realTk(['show', DEV], { cwd });
  expect(tk).toMatchObject({ exitCode: 0, stdout: '' });

  const shown = await tankard(['show', DEV], { cwd });
  expect(shown.exitCode).toBe(0);
  expect(shown.stdout).toBe((await tkShow(cwd, DEV)).stdout);
  expect(shown.stdout).toContain('kind: ConfigMap');
});

it('tk exits 1 whatever is wrong; the exit code of tankard tells mistakes, arguments and clusters apart', async () => {
  const spec = SPEC.replace('"namespace"', '"apiServer":"https://127.0.0.1:1","namespace"');
  const cwd = await makeProject({
    'environments/broken/main.jsonnet': 'error "no"',
    'environments/broken/spec.json': spec,
    [`${DEV}/main.jsonnet`]: JSON.stringify(configMap('a')),
    [`${DEV}/spec.json`]: spec,
  });
  const none = path.join(cwd, 'no-kubeconfig');
  const env = { KUBECONFIG: none };
  const tk = async (...args: string[]) => (await realTk(args, { cwd, env })).exitCode;
  expect(await tk('show', 'environments/broken', '--dangerous-allow-redirect')).toBe(1);
  expect(await tk('show', 'environments/none', '--dangerous-allow-redirect')).toBe(1);
  expect(await tk('diff', DEV)).toBe(1);

  const own = async (...args: string[]) => (await tankard(args, { cwd, env })).exitCode;
  expect(await own('validate', 'environments/broken')).toBe(1);
  expect(await own('diff', 'environments/broken')).toBe(1);
  expect(await own('diff', 'environments/none')).toBe(2);
  expect(await own('diff', DEV)).toBe(4);
  const noTk = await tankard(['diff', DEV], { cwd, env: { ...env, TANKARD_TK: none } });
  expect(noTk.exitCode).toBe(3);
});

it('tk env add empties an environment that is there; tankard init and import leave all files as they are', async () => {
  const files = {
    [`${DEV}/main.jsonnet`]: JSON.stringify(configMap('a')),
    [`${DEV}/spec.json`]: `${SPEC.replace('{', '{ "x-own": 1,')}\n\n`,
  };
  const cwd = await makeProject({ ...files, 'tankard.yaml': 'unknownKinds: []\n' });
  const before = await snapshot(cwd);
  await tankard(['init'], { cwd });
  await writeCrd(cwd);
  expect(await tankard(['import', 'crd:crds', '--name', 'own'], { cwd })).toMatchObject({
    exitCode: 0,
  });
  await tankard(['generate'], { cwd });
  await tankard(['validate'], { cwd });
  await tankard(['export', 'out'], { cwd });
  const after = await snapshot(cwd);
  for (const file of Object.keys(files)) expect(after.get(file)).toBe(before.get(file));

  expect(await realTk(['env', 'add', DEV], { cwd })).toMatchObject({ exitCode: 0 });
  expect(await readFile(path.join(cwd, DEV, 'main.jsonnet'), 'utf8')).toBe('{}\n');
});

async function writeCrd(cwd: string): Promise<void> {
  const { writeProject } = await import('../tanka/write-project.ts');
  const openAPIV3Schema = { type: 'object', properties: { spec: { type: 'object' } } };
  await writeProject(cwd, {
    'crds/crd.yaml': JSON.stringify({
      apiVersion: 'apiextensions.k8s.io/v1',
      kind: 'CustomResourceDefinition',
      metadata: { name: 'things.example.com' },
      spec: {
        group: 'example.com',
        names: { kind: 'Thing', plural: 'things' },
        scope: 'Namespaced',
        versions: [{ name: 'v1', served: true, storage: true, schema: { openAPIV3Schema } }],
      },
    }),
  });
}

it('tk ignores a misspelt key of spec.json and takes another namespace; tankard finds it', async () => {
  const cwd = await makeEnvironment(JSON.stringify(configMap('a')), {
    [`${DEV}/spec.json`]: SPEC.replace('"namespace":"default"', '"namepsace":"mine"'),
  });
  const tk = await tkShow(cwd, DEV);
  expect(tk.exitCode).toBe(0);
  expect(tk.stdout).toContain('namespace: default');

  for (const command of ['validate', 'diff', 'apply']) {
    const { exitCode, stdout, stderr } = await tankard([command, DEV], { cwd });
    expect({ command, exitCode }).toEqual({ command, exitCode: 1 });
    expect(stdout + stderr).toMatch(/namepsace[^]*\[environment\/spec\]/);
  }
});

it('tk prints objects of one kind, namespace and name in another order each time; an export of tankard is always the same', async () => {
  const groups = Array.from({ length: 8 }, (_, index) => `g${index}.example.com`);
  const things = groups.map((group) => ({
    apiVersion: `${group}/v1`,
    kind: 'Thing',
    metadata: { name: 'same' },
  }));
  const cwd = await makeEnvironment(JSON.stringify(things), {
    'tankard.yaml': `unknownKinds: [${groups.map((group) => `${group}/v1/Thing`).join(', ')}]\n`,
  });
  const orders = new Set<string>();
  for (let run = 0; run < 10; run += 1) orders.add((await tkShow(cwd, DEV)).stdout);
  expect(orders.size).toBeGreaterThan(1);

  const exports = new Set<string>();
  for (let run = 0; run < 3; run += 1) {
    const out = path.join(await temporaryDirectory(), 'out');
    expect(await tankard(['export', out, DEV], { cwd })).toMatchObject({ exitCode: 0 });
    exports.add(JSON.stringify([...(await snapshot(out))]));
    await rm(path.join(cwd, '.tankard'), { recursive: true, force: true });
  }
  expect(exports.size).toBe(1);
});

it('tk show prints an object twice when it is rendered twice; tankard finds it before anything is applied', async () => {
  const cwd = await makeEnvironment(JSON.stringify([configMap('a'), configMap('a')]));
  const tk = await tkShow(cwd, DEV);
  expect(tk.exitCode).toBe(0);
  expect(tk.stdout.match(/kind: ConfigMap/g)).toHaveLength(2);

  expect(await codes(cwd)).toEqual(['manifest/duplicate']);
  expect(await tankard(['apply', DEV], { cwd })).toMatchObject({ exitCode: 1 });
});

it('tk takes a List in a List apart or not, at random; tankard refuses what is left of one, and never lets it through', async () => {
  const list = (...items: object[]): object => ({ apiVersion: 'v1', kind: 'List', items });
  const names = Array.from({ length: 20 }, (_, index) => `a${index}`);
  const cwd = await makeEnvironment(
    JSON.stringify(list(...names.map((name) => list(configMap(name))))),
    // Not even when Lists are let through.
    { 'tankard.yaml': 'unknownKinds: [v1/List]\n' },
  );
  const outputs = new Set<string>();
  for (let run = 0; run < 5; run += 1) outputs.add((await tkShow(cwd, DEV)).stdout);
  expect(outputs.size).toBeGreaterThan(1);

  expect(new Set(await codes(cwd))).toEqual(new Set(['environment/nested-list']));
  const exported = await tankard(['export', 'out', DEV], { cwd });
  expect(exported.exitCode).toBe(1);
  expect(exported.stdout + exported.stderr).toContain('[environment/nested-list]');
  expect(await tankard(['apply', DEV], { cwd })).toMatchObject({ exitCode: 1 });
});

it('tk drops the metadata of any object with items, whatever its kind; tankard finds what it then cannot be', async () => {
  const cwd = await makeEnvironment(
    JSON.stringify({
      apiVersion: 'example.com/v1',
      kind: 'Menu',
      metadata: { name: 'lunch' },
      items: [{ dish: 'soup' }],
    }),
  );
  const tk = await tkShow(cwd, DEV);
  expect(tk.exitCode).toBe(1);
  expect(tk.stdout).not.toContain('lunch');

  expect(new Set(await codes(cwd))).toEqual(new Set(['environment/not-a-manifest']));
});

it('tk gives cluster-scoped objects that it does not know as such a namespace; tankard says so', async () => {
  const cwd = await makeEnvironment(
    JSON.stringify({
      apiVersion: 'networking.k8s.io/v1',
      kind: 'IngressClass',
      metadata: { name: 'own' },
      spec: { controller: 'example.com/own' },
    }),
  );
  expect((await tkShow(cwd, DEV)).stdout).toContain('namespace: default');

  const { exitCode, stdout } = await tankard(['validate', DEV], { cwd });
  expect(exitCode).toBe(0);
  expect(stdout).toContain('IngressClass is cluster-scoped, but the object has the namespace');
});

it('tk --name evaluates every environment whose name contains it, so that a broken one breaks others; tankard says which one it is', async () => {
  const broken = `${JSON.stringify(inline('env-10')).slice(0, -1)}, data: { a: error 'of env-10' } }`;
  const cwd = await makeProject({
    'environments/all/main.jsonnet': `[${JSON.stringify(inline('env-1'))}, ${broken.replace(/"data":.*?, data:/, 'data:')}]`,
  });
  const tk = await tkShow(cwd, 'environments/all', '--name=env-1');
  expect(tk.exitCode).toBe(1);
  expect(tk.stderr).toContain('of env-10');

  const own = await tankard(['validate', 'environments/all', '--name', 'env-1'], { cwd });
  expect(own.exitCode).toBe(1);
  expect(own.stdout).toContain('[1].data.a: of env-10');
});

it('tk --name takes an environment whose name only begins so; tankard sends nothing of it to a cluster', async () => {
  const cwd = await makeProject({
    'environments/all/main.jsonnet': JSON.stringify([inline('prod-eu')]),
  });
  const tk = await tkShow(cwd, 'environments/all', '--name=prod');
  expect(tk).toMatchObject({ exitCode: 0 });
  expect(tk.stdout).toContain('of-prod-eu');

  for (const command of ['diff', 'apply', 'prune']) {
    const { exitCode, stderr } = await tankard([command, 'environments/all', '--name', 'prod'], {
      cwd,
    });
    expect({ command, exitCode }).toEqual({ command, exitCode: 2 });
    expect(stderr).toContain('Name one of them with --name: prod-eu.');
  }
});
