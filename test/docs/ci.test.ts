import { chmod, mkdir, readFile, symlink, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { execa } from 'execa';
import { load } from 'js-yaml';
import { describe, expect, test } from 'vitest';
import { toolPin } from '../../lib/tools/tool-pin.ts';
import { fakeTk, PROGRAM, projectWith, ROOT } from '../cli/tankard.ts';
import { CONFIG_MAP } from '../tanka/project.ts';
import { temporaryDirectory } from '../tools/fake-program.ts';

interface Step {
  readonly uses?: string;
  readonly run?: string;
  readonly with?: Readonly<Record<string, unknown>>;
}
interface Workflow {
  readonly jobs: { readonly validate: { readonly steps: readonly Step[] } };
}
interface Pipeline {
  readonly tankard: {
    readonly script: readonly string[];
    readonly variables: Readonly<Record<string, string>>;
    readonly cache: {
      readonly key: { readonly files: readonly string[] };
      readonly paths: string[];
    };
    readonly artifacts: { readonly reports: { readonly codequality: string } };
  };
}
interface Hooks {
  readonly repos: readonly { readonly hooks: readonly { entry: string; files: string }[] }[];
}

const CLEAN = `{ a: ${CONFIG_MAP} }`;
const BROKEN = `{\n  a: ${CONFIG_MAP} {\n    data: { x: 1 },\n  },\n}`;

async function ciFile<Content>(name: string): Promise<Content> {
  return load(await readFile(path.join(ROOT, 'docs', 'ci', name), 'utf8')) as Content;
}

/** A repository with a project that has Tankard installed as npm does it. */
async function project(main: string): Promise<string> {
  const cwd = await projectWith(main, { '.git/HEAD': 'ref: refs/heads/main\n' });
  await mkdir(path.join(cwd, 'node_modules', '.bin'), { recursive: true });
  await symlink(PROGRAM, path.join(cwd, 'node_modules', '.bin', 'tankard'));
  await chmod(PROGRAM, 0o755);
  return cwd;
}

/** Runs the lines that are Tankard's, as a CI job does: each in a shell, all of them. */
async function runAll(lines: readonly (string | undefined)[], cwd: string, env = {}) {
  const own = lines.filter((line) => line?.startsWith('npx ') === true) as string[];
  expect(own.length).toBeGreaterThan(0);
  const outcomes = [];
  for (const line of own)
    outcomes.push(await execa('bash', ['-e', '-c', line], { cwd, env, reject: false }));
  return outcomes;
}

describe('the workflow for GitHub', () => {
  const steps = async (): Promise<readonly Step[]> =>
    (await ciFile<Workflow>('github.yml')).jobs.validate.steps;

  test('annotates the line, writes the summary and the SARIF file of a broken environment', async () => {
    const cwd = await project(BROKEN);
    const summary = path.join(await temporaryDirectory(), 'summary.md');
    const lines = (await steps()).map(({ run }) => run);
    const outcomes = await runAll(lines, cwd, { GITHUB_STEP_SUMMARY: summary });
    expect(outcomes.map(({ exitCode }) => exitCode)).toEqual([0, 1, 0]);
    expect(outcomes[1]?.stdout).toContain(
      '::error file=environments/x/main.jsonnet,line=3,col=16,',
    );
    expect(await readFile(summary, 'utf8')).toContain('| error | environments/x/main.jsonnet:3 |');
    const sarif = JSON.parse(await readFile(path.join(cwd, 'tankard.sarif'), 'utf8')) as {
      runs: [{ results: unknown[] }];
    };
    expect(sarif.runs[0].results).toHaveLength(1);
  });

  test('fails, and uploads nothing, when an environment cannot be rendered', async () => {
    const cwd = await project(CLEAN);
    await mkdir(path.join(cwd, 'environments', 'y'));
    await writeFile(path.join(cwd, 'environments', 'y', 'main.jsonnet'), '{}');
    const env = await fakeTk(
      'case "$*" in *environments/y*) exec sleep 60;; esac',
      `exec '${toolPin('tk').path}' "$@"`,
    );
    await writeFile(path.join(cwd, 'tankard.yaml'), 'timeoutSeconds: 1\n');
    const outcomes = await runAll(
      (await steps()).map(({ run }) => run),
      cwd,
      env,
    );
    // `[` says 1 of the 3 with which tankard ended.
    expect(outcomes.map(({ exitCode }) => exitCode)).toEqual([0, 3, 1]);
  });

  test('passes for a clean environment, and has an empty SARIF file to upload', async () => {
    const cwd = await project(CLEAN);
    const outcomes = await runAll(
      (await steps()).map(({ run }) => run),
      cwd,
    );
    expect(outcomes.map(({ exitCode }) => exitCode)).toEqual([0, 0, 0]);
    const upload = (await steps()).find(({ uses }) => uses?.includes('upload-sarif') === true);
    const sarif = await readFile(path.join(cwd, String(upload?.with?.['sarif_file'])), 'utf8');
    expect(sarif).toContain('"results": []');
  });

  test('pins its actions, and keeps the cache by what fills it', async () => {
    const actions = (await steps()).flatMap(({ uses }) => (uses === undefined ? [] : [uses]));
    for (const action of actions) expect(action).toMatch(/^[\w-]+\/[\w/-]+@[0-9a-f]{40}$/);
    const cache = (await steps()).find(({ uses }) => uses?.startsWith('actions/cache@') === true);
    expect(cache?.with).toMatchObject({
      path: '~/.cache/tankard',
      key: expect.stringContaining("hashFiles('tankard.lock')") as string,
    });
  });
});

describe('the job for GitLab', () => {
  test.each([
    ['a broken environment', BROKEN, [0, 1], 1],
    ['a clean environment', CLEAN, [0, 0], 0],
  ])('writes the report of %s', async (_, main, codes, count) => {
    const { tankard } = await ciFile<Pipeline>('gitlab-ci.yml');
    const cwd = await project(main);
    const outcomes = await runAll(tankard.script, cwd);
    expect(outcomes.map(({ exitCode }) => exitCode)).toEqual(codes);
    const file = path.join(cwd, tankard.artifacts.reports.codequality);
    const issues = JSON.parse(await readFile(file, 'utf8')) as { location: object }[];
    expect(issues).toHaveLength(count);
    for (const { location } of issues)
      expect(location).toEqual({ path: 'environments/x/main.jsonnet', lines: { begin: 3 } });
    // The log has what a person reads.
    expect(outcomes[1]?.stdout).toContain('1 environment, 1 manifest:');
  });

  test('caches the folder that it names to tankard', async () => {
    const { tankard } = await ciFile<Pipeline>('gitlab-ci.yml');
    const folder = tankard.variables['TANKARD_CACHE']?.replace('$CI_PROJECT_DIR/', '');
    expect(tankard.cache.paths).toContain(folder);
    expect(tankard.cache.key.files).toContain('tankard.lock');
  });
});

describe('the hook for pre-commit', () => {
  test.each([
    ['stops a broken environment', BROKEN, 1],
    ['lets a clean one through', CLEAN, 0],
  ])('%s', async (_, main, code) => {
    const hooks = (await ciFile<Hooks>('pre-commit-config.yaml')).repos.flatMap((one) => one.hooks);
    const outcomes = await runAll(
      hooks.map(({ entry }) => entry),
      await project(main),
    );
    expect(outcomes.map(({ exitCode }) => exitCode)).toEqual([code]);
  });

  test('runs for the files that a render reads, and for no others', async () => {
    const [hook] = (await ciFile<Hooks>('pre-commit-config.yaml')).repos.flatMap(
      (one) => one.hooks,
    );
    // pre-commit searches with Python's re, which reads this pattern as JavaScript does.
    const files = new RegExp(hook?.files ?? '');
    for (const file of [
      'environments/x/main.jsonnet',
      'lib/k.libsonnet',
      'environments/x/spec.json',
      'tankard.lock',
    ])
      expect(file).toMatch(files);
    for (const file of ['README.md', 'package.json', 'environments/x/README.md'])
      expect(file).not.toMatch(files);
  });
});
