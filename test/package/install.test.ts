import { mkdir, readdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { execa } from 'execa';
import { afterAll, beforeAll, expect, it } from 'vitest';
import manifest from '../../package.json' with { type: 'json' };
import { npmPack } from '../../scripts/release/npm-pack.ts';
import { positionIn, ROOT } from '../cli/tankard.ts';
import { emptyProject, install, OUTSIDE_NPM, remove } from './install.ts';

/** An empty directory into which the packed package was installed. */
let project: string;

async function run(file: string, ...args: string[]) {
  return execa(file, args, {
    cwd: project,
    env: OUTSIDE_NPM,
    reject: false,
    stripFinalNewline: false,
  });
}

beforeAll(async () => {
  project = await emptyProject();
  // The scripts would build dist anew while other tests run it.
  await install(project, await npmPack(ROOT, project));
}, 300_000);

afterAll(() => remove(project));

async function write(files: Readonly<Record<string, string>>): Promise<void> {
  for (const [name, text] of Object.entries(files)) {
    await mkdir(path.dirname(path.join(project, name)), { recursive: true });
    await writeFile(path.join(project, name), text);
  }
}

it('npx tankard --version prints the version of the package', async () => {
  const { exitCode, stdout } = await run('npx', 'tankard', '--version');
  expect([exitCode, stdout]).toEqual([0, `${manifest.version}\n`]);
});

it("validates a project that has the package's library as a local dependency", async () => {
  const main = `local tankard = import 'tankard/main.libsonnet';
{
  serviceAccount: tankard.irsa.serviceAccount.new(
    'app',
    'default',
    'arn:aws:iam::123456789012:role/app',
  ) + {
    metadata+: { annotations+: { 'eks.amazonaws.com/role-arm': 'x' } },
  },
}
`;
  const directory = 'node_modules/tankard/jsonnet/tankard';
  await write({
    'jsonnetfile.json': JSON.stringify({
      version: 1,
      dependencies: [{ source: { local: { directory } }, version: '' }],
      legacyImports: true,
    }),
    'environments/mistake/main.jsonnet': main,
    'environments/mistake/spec.json': '{ "spec": { "namespace": "default" } }',
  });
  const { exitCode, stdout } = await run('npx', 'tankard', 'validate');
  expect(exitCode).toBe(1);
  expect(stdout).toContain('eks.amazonaws.com/role-arm');
  const { line, column } = positionIn(main, "'eks.amazonaws.com/role-arm'");
  expect(stdout).toContain(`at environments/mistake/main.jsonnet:${line}:${column}\n`);
  expect(stdout).not.toContain('node_modules');
}, 120_000);

it("a failed assert of the library is located at the caller's line, not under node_modules", async () => {
  const main = `local irsa = (import 'tankard/main.libsonnet').irsa;
{
  serviceAccount: irsa.serviceAccount.new('app', 'default', 'arn:aws:iam::12345678901:role/app'),
}
`;
  await write({ 'environments/mistake/main.jsonnet': main });
  const { exitCode, stdout } = await run('npx', 'tankard', 'validate', '--format', 'json');
  expect(exitCode).toBe(1);
  const report = JSON.parse(stdout) as { environments: { findings: { location: unknown }[] }[] };
  expect(report.environments[0]?.findings[0]?.location).toMatchObject({
    file: 'environments/mistake/main.jsonnet',
    line: positionIn(main, 'irsa.serviceAccount.new(').line,
    certainty: 'exact',
  });
}, 120_000);

it('the programmatic interface and the schemas can be imported by their names', async () => {
  await write({
    'try.mjs': `import { validate, summarize } from 'tankard';
import schema from 'tankard/schemas/report.schema.json' with { type: 'json' };
const result = await validate();
console.log(JSON.stringify([summarize(result.environments).errors, schema.title]));
`,
  });
  const { stdout } = await run(process.execPath, '--no-warnings', 'try.mjs');
  expect(JSON.parse(stdout)).toEqual([1, 'Report of tankard validate --format json']);
});

it('its types are those of a consumer that is compiled strictly', async () => {
  await write({
    'consumer.mts': `import { summarize, validate, type Finding } from 'tankard';
const result = await validate({ cwd: '.', onEnvironment: (done: number, total: number) => void [done, total] });
export const errors: number = summarize(result.environments).errors;
export const findings: readonly Finding[] = result.environments.flatMap((one) => one.findings);
// @ts-expect-error: a number is no path
await validate({ cwd: 1 });
// @ts-expect-error: results have no such member
export const wrong: unknown = result.environment;
`,
  });
  const packages = path.join(ROOT, 'node_modules');
  const types = `--types node --typeRoots ${path.join(packages, '@types')}`;
  const flags = `--noEmit --strict --module nodenext --target es2023 ${types}`.split(' ');
  const { exitCode, stdout } = await run(
    process.execPath,
    path.join(packages, 'typescript', 'bin', 'tsc'),
    ...flags,
    'consumer.mts',
  );
  expect(stdout).toBe('');
  expect(exitCode).toBe(0);
}, 120_000);

it('makes a project of its directory, in which nothing is found', async () => {
  await mkdir(path.join(project, 'shop'));
  const shop = { cwd: path.join(project, 'shop'), env: OUTSIDE_NPM };
  const { stderr } = await execa('npx', ['tankard', 'init'], shop);
  expect(stderr).toContain('npx tankard validate');
  const { stdout } = await execa('npx', ['tankard', 'ci'], shop);
  expect(stdout).toContain('1 environment, 3 manifests: 0 errors, 0 warnings\n');
}, 120_000);

it('carries nothing but what it needs', async () => {
  const root = path.join(project, 'node_modules', 'tankard');
  const files = (await readdir(root, { recursive: true, withFileTypes: true }))
    .filter((entry) => entry.isFile())
    .map((entry) => path.relative(root, path.join(entry.parentPath, entry.name)));
  const kept =
    /^(?:dist|docs|jsonnet|lib\/schemas|schemas|site)\/|^tools\/(?:jb|jsonnet|locate|tk)\/(?:go\.(?:mod|sum)|\w+\.go)$|^[A-Z]+(?:\.md)?$|^package\.json$/;
  expect(files.filter((file) => !kept.test(file))).toEqual([]);
  expect(files.filter((file) => /\.map$|_test\.go$|\.test\.|(?<!\.d)\.ts$/.test(file))).toEqual([]);
});
