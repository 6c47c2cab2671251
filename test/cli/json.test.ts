import { readdirSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { Ajv } from 'ajv';
import { beforeAll, describe, expect, it } from 'vitest';
import { CONFIG_MAP } from '../tanka/project.ts';
import { fakeTk, projectWith, ROOT, tankard, tankardJson } from './tankard.ts';

let conforms: (report: unknown) => void;

beforeAll(async () => {
  const schema = JSON.parse(
    await readFile(path.join(ROOT, 'schemas/report.schema.json'), 'utf8'),
  ) as object;
  // Strict, so that a slip in the schema itself fails too. The types of a path's steps are a union by nature.
  const validate = new Ajv({ strict: true, allErrors: true, allowUnionTypes: true }).compile(
    schema,
  );
  conforms = (report) => {
    validate(report);
    expect(validate.errors).toBeNull();
  };
});

const WRONG = `{
  a: ${CONFIG_MAP} { data: { x: 1 }, extra: true },
  b: { apiVersion: 'v1', kind: 'Secret', metadata: { name: 's' }, data: { x: 1 } },
  c: { apiVersion: 'cert-manager.io/v1', kind: 'ClusterIssuer', metadata: { name: 'i' }, spec: { selfSigned: {} } },
  d: { apiVersion: 'example.com/v1', kind: 'Widget', metadata: { name: 'w' } },
  e: { apiVersion: 'v1', kind: 'Pod', metadata: { name: 'p' }, spec: {} },
}`;

describe('validate --format json conforms to schemas/report.schema.json', () => {
  it.each([
    ['with findings on manifests', WRONG, 1],
    ['with a failed assert', "assert false : 'no'; {}", 1],
    ['with nothing rendered', '{}', 0],
    ['with nothing wrong', `{ a: ${CONFIG_MAP} }`, 0],
  ])('%s', async (_, main, exitCode) => {
    const outcome = await tankardJson(['validate'], { cwd: await projectWith(main) });
    expect(outcome.exitCode).toBe(exitCode);
    expect(outcome.stderr).toBe('');
    conforms(outcome.json);
  });

  it('and its schema refuses what is no report', () => {
    expect(() => conforms({ version: 1 })).toThrow();
    expect(() =>
      conforms({ version: 2, kubernetes: '1.37', environments: [], summary: {} }),
    ).toThrow();
  });

  it('with the numbers that the findings add up to', async () => {
    interface Report {
      readonly environments: readonly {
        readonly findings: readonly { readonly severity: string }[];
        readonly unknownKinds: readonly unknown[];
      }[];
      readonly summary: unknown;
    }
    const { json } = await tankardJson<Report>(['validate'], { cwd: await projectWith(WRONG) });
    const findings = json.environments.flatMap((environment) => environment.findings);
    expect(json.environments[0]?.unknownKinds).toEqual([
      { apiVersion: 'example.com/v1', kind: 'Widget', count: 1, allowed: false },
    ]);
    expect(json.summary).toEqual({
      environments: 1,
      manifests: 5,
      errors: findings.filter(({ severity }) => severity === 'error').length,
      warnings: 1,
      accepted: 0,
      unknownKinds: 1,
      uncheckedRules: 0,
    });
    expect(findings.length).toBeGreaterThanOrEqual(6);
  });

  it('apply prints the same report before it stops', async () => {
    const cwd = await projectWith(WRONG);
    const outcome = await tankardJson<{ report: object }>(['apply', 'environments/x'], { cwd });
    expect(outcome.exitCode).toBe(1);
    conforms(outcome.json.report);
  });
});

it('env list has environments', async () => {
  const { json } = await tankardJson<{ version: number; environments: unknown[] }>(['env', 'list']);
  expect(json.version).toBe(1);
  expect(json.environments).toContainEqual({
    name: 'environments/eks-irsa',
    path: 'environments/eks-irsa',
    inline: false,
    namespace: 'external-secrets',
    contextNames: ['k8s-main'],
  });
});

it('env list as text has one line for each, under a heading', async () => {
  const { stdout } = await tankard(['env', 'list']);
  const lines = stdout.trimEnd().split('\n');
  expect(lines[0]).toMatch(/^NAME +NAMESPACE +CLUSTER$/);
  const names = readdirSync(path.join(ROOT, 'environments')).sort();
  expect(lines.slice(1).map((line) => line.split(/ +/)[0])).toEqual(
    names.map((name) => `environments/${name}`),
  );
});

it('doctor has tools with absolute paths, and the tk is named tk', async () => {
  interface Tool {
    readonly name: string;
    readonly path?: string;
    readonly version?: string;
    readonly wanted: string;
    readonly ok: boolean;
  }
  const { json, exitCode } = await tankardJson<{ version: number; tools: Tool[] }>(['doctor']);
  expect(exitCode).toBe(0);
  const found = json.tools.filter((tool) => tool.path !== undefined);
  for (const tool of found) expect(path.isAbsolute(tool.path ?? '')).toBe(true);
  expect(json.tools.map(({ name }) => name)).toEqual(
    expect.arrayContaining(['node', 'go', 'tk', 'jb', 'locate', 'kubectl']),
  );
  const tk = found.find(({ name }) => name === 'tk');
  expect(path.basename(tk?.path ?? '')).toBe('tk');
  expect(tk).toMatchObject({ version: 'v0.38.0', wanted: 'v0.38.0', ok: true });
});

it('doctor works outside a project, and shows the tk that TANKARD_TK names', async () => {
  const env = await fakeTk();
  const { stdout, exitCode } = await tankard(['doctor'], { cwd: '/', env });
  expect(exitCode).toBe(0);
  expect(stdout).toMatch(
    new RegExp(`^ok +tk +v0\\.38\\.0 +v0\\.38\\.0 +${env.TANKARD_TK} +TANKARD_TK$`, 'm'),
  );
});

describe('a failure in JSON mode is one object on stdout', () => {
  interface Failed {
    readonly version: number;
    readonly error: { readonly kind: string; readonly message: string; readonly hint?: string };
  }

  it.each([
    ['a missing environment', ['validate', 'environments/y'], {}, 2, 'usage'],
    ['a flag that does not exist', ['validate', '--nope'], {}, 2, 'usage'],
    ['a missing argument', ['show'], {}, 2, 'usage'],
    ['a missing tk', ['validate'], { TANKARD_TK: '/nowhere/tk' }, 3, 'tool'],
    ['nothing to generate', ['generate'], {}, 2, 'usage'],
  ])('%s', async (_, args, env, exitCode, kind) => {
    const cwd = await projectWith('{}');
    const outcome = await tankardJson<Failed>(args, { cwd, env });
    expect(outcome.exitCode).toBe(exitCode);
    expect(outcome.json).toEqual({
      version: 1,
      error: { kind, message: expect.any(String), hint: expect.any(String) },
    });
    // What a person reads on stderr is the same.
    expect(outcome.stderr).toContain(outcome.json.error.message);
  });

  it('also as --format=json', async () => {
    const cwd = await projectWith('{}');
    const { stdout } = await tankard(['validate', 'environments/y', '--format=json'], { cwd });
    expect(JSON.parse(stdout)).toMatchObject({ error: { hint: 'Did you mean environments/x?' } });
  });
});
