import { readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import {
  apply,
  doctor,
  Failure,
  generate,
  jsonReport,
  listProjectEnvironments,
  preview,
  redactSecrets,
  show,
  summarize,
  textReport,
  validate,
  type Finding,
  type PreviewSession,
  type PreviewUpdate,
  type ResourceChange,
  type ValidateResult,
} from '../../lib/index.ts';
import { fakeTk, projectWith, ROOT, tankard } from '../cli/tankard.ts';
import { CONFIG_MAP, SPEC } from '../tanka/project.ts';
import { temporaryDirectory } from '../tools/fake-program.ts';

const WRONG = `{ a: ${CONFIG_MAP} { data: { x: 1 } } }`;

/** The failure that a call ends with. */
async function failureOf(call: Promise<unknown>): Promise<Failure> {
  const error = await call.then(
    () => expect.unreachable('it succeeded'),
    (reason: unknown) => reason,
  );
  expect(error).toBeInstanceOf(Failure);
  return error as Failure;
}

describe('validate', () => {
  it('gives each environment with its findings, located by absolute paths', async () => {
    const cwd = await projectWith(WRONG);
    const result: ValidateResult = await validate({ cwd });
    expect(result).toMatchObject({ root: cwd, kubernetes: '1.37' });
    expect(result.environments).toHaveLength(1);
    const findings: readonly Finding[] = result.environments[0]?.findings ?? [];
    expect(findings).toMatchObject([
      {
        code: 'schema/wrong-type',
        severity: 'error',
        environment: 'environments/x',
        resource: { apiVersion: 'v1', kind: 'ConfigMap', namespace: 'default', name: 'a' },
        path: ['data', 'x'],
        fault: 'value',
        value: 1,
        location: {
          file: path.join(cwd, 'environments/x/main.jsonnet'),
          line: 1,
          certainty: 'exact',
        },
      },
    ]);
  });

  it('tells the progress: one call for each environment, up to the total', async () => {
    const cwd = await projectWith(`{ a: ${CONFIG_MAP} }`, {
      'environments/y/main.jsonnet': '{}',
      'environments/y/spec.json': SPEC,
    });
    const calls: [number, number][] = [];
    const result = await validate({ cwd, onEnvironment: (...counts) => calls.push(counts) });
    expect(calls).toEqual([
      [1, 2],
      [2, 2],
    ]);
    expect(result.environments.map((environment) => environment.path)).toEqual([
      'environments/x',
      'environments/y',
    ]);
  });

  it('keeps the order in which environments were named', async () => {
    const cwd = await projectWith('{}', {
      'environments/a/main.jsonnet': '{}',
      'environments/a/spec.json': SPEC,
    });
    const { environments } = await validate({
      cwd,
      environments: ['environments/x', 'environments/a'],
    });
    expect(environments.map((environment) => environment.path)).toEqual([
      'environments/x',
      'environments/a',
    ]);
  });

  it('takes paths relative to cwd, which may be below the root', async () => {
    const root = await projectWith(WRONG);
    const result = await validate({ cwd: path.join(root, 'environments'), environments: ['x'] });
    expect(result.root).toBe(root);
    expect(summarize(result.environments)).toMatchObject({ environments: 1, errors: 1 });
  });

  it('passes arguments on to tk and to the locator', async () => {
    const main = `function(value) { a: ${CONFIG_MAP} { data: { x: value + std.extVar('y') } } }`;
    const cwd = await projectWith(main);
    const args = { tlaCode: ['value=40'], extCode: ['y=2'] };
    const { environments } = await validate({ cwd, args });
    const [finding] = environments[0]?.findings ?? [];
    expect(finding).toMatchObject({ code: 'schema/wrong-type', value: 42 });
    expect(finding?.location).toMatchObject({
      file: path.join(cwd, 'environments/x/main.jsonnet'),
      line: 1,
    });
  });

  it('gives what the command prints', async () => {
    const cwd = await projectWith(WRONG);
    const result = await validate({ cwd });
    const [text, json] = await Promise.all([
      tankard(['validate'], { cwd }),
      tankard(['validate', '--format', 'json'], { cwd }),
    ]);
    expect(`${textReport(result.environments, result.root)}\n`).toBe(text.stdout);
    expect(`${JSON.stringify(jsonReport(result), null, 2)}\n`).toBe(json.stdout);
  });
});

describe('an AbortSignal', () => {
  it('that is aborted while tk hangs stops the call', async () => {
    const cwd = await projectWith('{}');
    const { TANKARD_TK } = await fakeTk('sleep 60');
    process.env['TANKARD_TK'] = TANKARD_TK;
    try {
      const abort = new AbortController();
      setTimeout(() => abort.abort(), 700);
      const started = Date.now();
      const failure = await failureOf(
        validate({ cwd, environments: ['environments/x'], signal: abort.signal }),
      );
      expect(failure).toMatchObject({ kind: 'interrupted', exitCode: 130 });
      expect(Date.now() - started).toBeLessThan(20_000);
    } finally {
      delete process.env['TANKARD_TK'];
    }
  });

  it('that was aborted before stops show and env list too', async () => {
    const cwd = await projectWith('{}');
    const signal = AbortSignal.abort();
    const call = show({ cwd, environments: ['environments/x'], signal });
    expect((await failureOf(call)).kind).toBe('interrupted');
  });
});

describe('show', () => {
  it("gives tk's bytes, Secrets included, which redactSecrets hides", async () => {
    const [rendered] = await show({
      cwd: ROOT,
      environments: ['environments/istio-tls'],
    });
    expect(rendered?.findings).toEqual([]);
    expect(rendered?.place.environment).toBe('environments/istio-tls');
    const yaml = rendered?.yaml.toString() ?? '';
    expect(yaml).toMatch(/tls\.key: [A-Za-z0-9+/=]{40}/);
    expect(await redactSecrets(yaml)).toContain('tls.key: "<redacted>"');
  });

  it('gives findings where there is no YAML', async () => {
    const cwd = await projectWith("assert false : 'no'; {}");
    const [rendered] = await show({ cwd, environments: ['environments/x'] });
    expect(rendered?.yaml).toHaveLength(0);
    expect(rendered?.findings).toMatchObject([{ code: 'jsonnet/assert', message: 'no' }]);
  });
});

it('listProjectEnvironments gives names, paths and clusters', async () => {
  const environments = await listProjectEnvironments({ cwd: path.join(ROOT, 'environments') });
  expect(environments.map(({ path: name }) => name)).toContain('environments/istio-tls');
  expect(environments.every(({ inline }) => !inline)).toBe(true);
});

it('listProjectEnvironments takes the folder from tankard.yaml', async () => {
  const cwd = await projectWith('{}', {
    'tankard.yaml': 'environments: clusters\n',
    'clusters/dev/main.jsonnet': '{}',
    'clusters/dev/spec.json': SPEC,
  });
  expect(await listProjectEnvironments({ cwd })).toEqual([
    { name: 'clusters/dev', path: 'clusters/dev', inline: false, namespace: 'default' },
  ]);
});

it('doctor gives a report for each tool, anywhere', async () => {
  const tools = await doctor({ cwd: await temporaryDirectory() });
  const node = tools.find(({ name }) => name === 'node');
  expect(node).toMatchObject({ path: process.execPath, version: process.version, ok: true });
  for (const tool of tools) if (!tool.ok) expect(tool.howToGet).toMatch(/\.$/);
});

it('apply tells what was found before tk is started, and does not start it on errors', async () => {
  const cwd = await projectWith(WRONG);
  const told: ValidateResult[] = [];
  const result = await apply({
    cwd,
    environments: ['environments/x'],
    onValidated: (found) => told.push(found),
  });
  expect(result.stopped).toBe(true);
  expect(told).toHaveLength(1);
  expect(told[0]?.environments).toEqual(result.environments);
});

it('preview tells what a save changed', async () => {
  const cwd = await projectWith(`{ a: ${CONFIG_MAP} }`);
  const session: PreviewSession = await preview({ cwd });
  onTestFinished(async () => session.close());
  const updates = new Map<boolean, PreviewUpdate>();
  session.subscribe((event) => {
    if (event.type === 'update') updates.set(event.update.isFirst, event.update);
  });
  await expect.poll(() => updates.get(true), { timeout: 30_000 }).toBeDefined();
  await writeFile(
    path.join(cwd, 'environments/x/main.jsonnet'),
    `{ a: ${CONFIG_MAP} { data: { a: 1 } } }`,
  );
  await expect.poll(() => updates.get(false), { timeout: 30_000 }).toBeDefined();
  const changes: readonly ResourceChange[] = updates.get(false)?.changes ?? [];
  expect(changes).toMatchObject([{ kind: 'changed', resource: { name: 'a' } }]);
  expect(updates.get(false)?.found).toMatchObject([{ code: 'schema/wrong-type' }]);
  await expect(session.compare('environments/x', 'save')).resolves.toMatchObject({ changes });
});

it('generate --check of this repository finds nothing stale', async () => {
  const { files, changes } = await generate({ root: ROOT, check: true });
  expect(changes).toEqual([]);
  expect(files).toBeGreaterThan(10);
}, 120_000);

describe('generate', () => {
  const DECLARATIONS = 'lib/schemas';

  it('writes the library of a project from declarations of its own, and removes what is stale', async () => {
    const own = (file: string) => readFile(path.join(ROOT, DECLARATIONS, file), 'utf8');
    const root = await projectWith('{}', {
      'tankard.yaml': 'generate:\n  declarations: mixins\n  jsonnet: lib/gen\n',
      'mixins/irsa.json': await own('irsa.json'),
      'mixins/shared/iam.json': await own('shared/iam.json'),
      'mixins/shared/metadata.json': await own('shared/metadata.json'),
    });
    const first = await generate({ root });
    expect(first.changes.map(({ change }) => change)).not.toContain('removed');
    expect(first.changes.map(({ path: file }) => file)).toContain('lib/gen/irsa.libsonnet');
    expect((await generate({ root })).changes).toEqual([]);
    const main = await readFile(path.join(root, 'lib/gen/main.libsonnet'), 'utf8');
    expect(main).toContain("irsa: import 'irsa.libsonnet'");
  }, 120_000);

  it('names a declaration that is wrong: exit 2, and nothing is written', async () => {
    const root = await projectWith('{}', {
      'tankard.yaml': 'generate:\n  declarations: mixins\n  jsonnet: lib/gen\n',
      'mixins/broken.json': '{ "nope": 1 }',
    });
    const failure = await failureOf(generate({ root }));
    expect(failure.kind).toBe('usage');
    expect(failure.message).toContain('mixins/broken.json');
    await expect(readFile(path.join(root, 'lib/gen/main.libsonnet'))).rejects.toThrow('ENOENT');
  });
});
