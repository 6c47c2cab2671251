import { existsSync } from 'node:fs';
import { chmod, mkdir, readFile, symlink, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { execa } from 'execa';
import { load } from 'js-yaml';
import { describe, expect, test } from 'vitest';
import { toolPin } from '../../lib/tools/tool-pin.ts';
import { fakeTk, PROGRAM, projectWith, ROOT } from '../cli/tankard.ts';
import { COMMENT_MARKER } from '../../lib/workflow/ci/change-comment.ts';
import { change, commitAll, git } from '../workflow/ci/repository.ts';
import { CONFIG_MAP, SPEC } from '../tanka/project.ts';
import { fakeProgram, temporaryDirectory } from '../tools/fake-program.ts';

interface Step {
  readonly uses?: string;
  readonly run?: string;
  readonly with?: Readonly<Record<string, unknown>>;
}
interface Workflow {
  readonly permissions: object;
  readonly jobs: {
    readonly check: { readonly permissions: object; readonly steps: readonly Step[] };
  };
}
interface Pipeline {
  readonly tankard: {
    readonly script: readonly string[];
    readonly after_script: readonly string[];
    readonly variables: Readonly<Record<string, string | number>>;
    readonly cache: {
      readonly key: { readonly files: readonly string[] };
      readonly paths: string[];
    };
    readonly artifacts: {
      readonly reports: { readonly codequality: string; readonly junit: string };
    };
  };
}
interface Hooks {
  readonly repos: readonly { readonly hooks: readonly { entry: string; files: string }[] }[];
}

/** Without dependencies: a clone has none of them. */
const JSONNETFILE = '{"version":1,"dependencies":[],"legacyImports":true}';
const CLEAN = `{ a: ${CONFIG_MAP} }\n`;
const BROKEN = `{\n  a: ${CONFIG_MAP} {\n    data: { x: 1 },\n  },\n}\n`;

async function ciFile<Content>(name: string): Promise<Content> {
  return load(await readFile(path.join(ROOT, 'docs', 'ci', name), 'utf8')) as Content;
}

/** A repository with a project that has Tankard installed as npm does it. */
async function project(main: string): Promise<string> {
  const cwd = await projectWith(main);
  await git(cwd, 'init', '--quiet', '--initial-branch=main');
  await install(cwd);
  return cwd;
}

/** A branch that changes its only environment, in a repository that has the tools of CI ignored. */
async function branch(): Promise<{ cwd: string; base: string }> {
  const cwd = await project(CLEAN);
  const ignored = ['node_modules', 'vendor', 'libs', 'tankard.*'].join('\n');
  await change(cwd, { '.gitignore': `${ignored}\n`, 'jsonnetfile.json': JSONNETFILE });
  const base = await commitAll(cwd);
  await git(cwd, 'checkout', '--quiet', '-b', 'work');
  await change(cwd, {
    'environments/x/main.jsonnet': CLEAN.replace("name: 'a'", "name: 'b'"),
  });
  await commitAll(cwd);
  return { cwd, base };
}

async function install(cwd: string): Promise<void> {
  await mkdir(path.join(cwd, 'node_modules', '.bin'), { recursive: true });
  await symlink(PROGRAM, path.join(cwd, 'node_modules', '.bin', 'tankard'));
  await chmod(PROGRAM, 0o755);
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
    (await ciFile<Workflow>('github.yml')).jobs.check.steps;
  const runs = async (): Promise<(string | undefined)[]> => (await steps()).map(({ run }) => run);

  test('a push: annotates the line, writes the summary and the SARIF file of everything', async () => {
    const cwd = await project(BROKEN);
    const summary = path.join(await temporaryDirectory(), 'summary.md');
    const outcomes = await runAll(await runs(), cwd, { GITHUB_STEP_SUMMARY: summary, RANGE: '' });
    expect(outcomes.map(({ exitCode }) => exitCode)).toEqual([1]);
    expect(outcomes[0]?.stdout).toContain(
      '::error file=environments/x/main.jsonnet,line=3,col=16,',
    );
    expect(await readFile(summary, 'utf8')).toContain('| error | environments/x/main.jsonnet:3 |');
    const sarif = JSON.parse(await readFile(path.join(cwd, 'tankard.sarif'), 'utf8')) as {
      runs: [{ results: unknown[] }];
    };
    expect(sarif.runs[0].results).toHaveLength(1);
    expect(existsSync(path.join(cwd, 'tankard.md'))).toBe(false);
  });

  test('a pull request: checks what it changes, and brings one comment up to date', async () => {
    const { cwd, base } = await branch();
    const outcomes = await runAll(await runs(), cwd, { RANGE: `${base}...HEAD` });
    expect(outcomes.map(({ exitCode }) => exitCode)).toEqual([0]);
    const comment = (await steps()).find(({ run }) => run?.includes('gh api') === true);
    const bin = await temporaryDirectory();
    const call = async (known: string): Promise<string> => {
      const log = path.join(bin, 'log');
      await fakeProgram(
        bin,
        'gh',
        `case "$*" in *--paginate*) echo "${known}";; *) echo "$*" > ${log};; esac`,
      );
      const env = { PATH: `${bin}:${process.env['PATH']}`, PULL: 'repos/a/b/issues/1/comments' };
      await execa('bash', ['-e', '-c', comment?.run ?? ''], { cwd, env });
      return readFile(log, 'utf8');
    };
    expect(await call('')).toBe(
      'api repos/a/b/issues/1/comments --field body=@tankard.md --silent\n',
    );
    expect(await call('https://api.github.com/x/7')).toBe(
      'api --method PATCH https://api.github.com/x/7 --field body=@tankard.md --silent\n',
    );
    expect(comment?.run).toContain(COMMENT_MARKER);
    expect(await readFile(path.join(cwd, 'tankard.md'), 'utf8')).toContain(`${COMMENT_MARKER}\n`);
  });

  test('fails, and uploads nothing, when an environment cannot be rendered', async () => {
    const cwd = await project(CLEAN);
    await change(cwd, {
      'environments/y/main.jsonnet': '{}\n',
      'environments/y/spec.json': SPEC,
    });
    const env = await fakeTk(
      'case "$*" in *show*environments/y*) exec sleep 60;; esac',
      `exec '${toolPin('tk').path}' "$@"`,
    );
    await writeFile(path.join(cwd, 'tankard.yaml'), 'timeoutSeconds: 2\n');
    const outcomes = await runAll(await runs(), cwd, env);
    expect(outcomes.map(({ exitCode }) => exitCode)).toEqual([3]);
    expect(existsSync(path.join(cwd, 'tankard.sarif'))).toBe(false);
  });

  test('passes for a clean project, and has an empty SARIF file to upload', async () => {
    const cwd = await project(CLEAN);
    const outcomes = await runAll(await runs(), cwd);
    expect(outcomes.map(({ exitCode }) => exitCode)).toEqual([0]);
    const upload = (await steps()).find(({ uses }) => uses?.includes('upload-sarif') === true);
    const sarif = await readFile(path.join(cwd, String(upload?.with?.['sarif_file'])), 'utf8');
    expect(sarif).toContain('"results": []');
  });

  test('pins its actions, fetches all commits, and keeps the cache by what fills it', async () => {
    const actions = (await steps()).flatMap(({ uses }) => (uses === undefined ? [] : [uses]));
    for (const action of actions) expect(action).toMatch(/^[\w-]+\/[\w/-]+@[0-9a-f]{40}$/);
    const step = async (name: string): Promise<Step | undefined> =>
      (await steps()).find(({ uses }) => uses?.startsWith(`${name}@`) === true);
    expect((await step('actions/checkout'))?.with).toMatchObject({ 'fetch-depth': 0 });
    expect((await step('actions/cache'))?.with).toMatchObject({
      path: '~/.cache/tankard',
      key: expect.stringContaining("hashFiles('tankard.lock')") as string,
    });
  });

  test('may write comments and alerts, and nothing else', async () => {
    const workflow = await ciFile<Workflow>('github.yml');
    expect(workflow.permissions).toEqual({ contents: 'read' });
    expect(workflow.jobs.check.permissions).toEqual({
      contents: 'read',
      'pull-requests': 'write',
      'security-events': 'write',
    });
  });
});

describe('the job for GitLab', () => {
  test.each([
    ['a broken environment', BROKEN, [1], 1],
    ['a clean environment', CLEAN, [0], 0],
  ])('writes the reports of %s', async (_, main, codes, count) => {
    const { tankard } = await ciFile<Pipeline>('gitlab-ci.yml');
    const cwd = await project(main);
    const outcomes = await runAll(tankard.script, cwd);
    expect(outcomes.map(({ exitCode }) => exitCode)).toEqual(codes);
    const { codequality, junit } = tankard.artifacts.reports;
    const issues = JSON.parse(await readFile(path.join(cwd, codequality), 'utf8')) as {
      location: object;
    }[];
    expect(issues).toHaveLength(count);
    for (const { location } of issues)
      expect(location).toEqual({ path: 'environments/x/main.jsonnet', lines: { begin: 3 } });
    expect(await readFile(path.join(cwd, junit), 'utf8')).toContain(`failures="${count}"`);
    // The log has what a person reads.
    expect(outcomes[0]?.stdout).toContain('1 environment, 1 manifest:');
  });

  test('checks what a merge request changes, and writes its comment', async () => {
    const { tankard } = await ciFile<Pipeline>('gitlab-ci.yml');
    const { cwd, base } = await branch();
    const [outcome] = await runAll(tankard.script, cwd, { CI_MERGE_REQUEST_DIFF_BASE_SHA: base });
    expect(outcome?.stdout).toContain(`1 of 1 environment depend on what ${base}...HEAD changed`);
    expect(outcome?.exitCode).toBe(0);
    expect(await readFile(path.join(cwd, 'tankard.md'), 'utf8')).toContain(COMMENT_MARKER);
    expect(tankard.variables['GIT_DEPTH']).toBe(0);
  });

  test.each([
    ['a new comment', '[]', ['-X POST', 'merge_requests/5/notes\n']],
    [
      'the one that is there',
      '[{"id":3,"body":"hi"},{"id":7,"body":"<!-- tankard ci --> x"}]',
      ['-X PUT', 'merge_requests/5/notes/7\n'],
    ],
  ])('writes %s', async (_, notes, expected) => {
    const { tankard } = await ciFile<Pipeline>('gitlab-ci.yml');
    const cwd = await temporaryDirectory();
    await writeFile(path.join(cwd, 'tankard.md'), COMMENT_MARKER);
    const log = path.join(cwd, 'log');
    await fakeProgram(
      cwd,
      'curl',
      `case "$*" in *per_page*) echo '${notes}';; *) echo "$*" > ${log};; esac`,
    );
    await execa('bash', ['-e', '-c', tankard.after_script[0] ?? ''], {
      cwd,
      env: {
        PATH: `${cwd}:${process.env['PATH']}`,
        TANKARD_TOKEN: 'token',
        CI_API_V4_URL: 'https://gitlab.example.com/api/v4',
        CI_PROJECT_ID: '1',
        CI_MERGE_REQUEST_IID: '5',
      },
    });
    const called = await readFile(log, 'utf8');
    for (const part of [...expected, 'body@tankard.md']) expect(called).toContain(part);
  });

  test('caches the folder that it names to tankard', async () => {
    const { tankard } = await ciFile<Pipeline>('gitlab-ci.yml');
    const folder = String(tankard.variables['TANKARD_CACHE']).replace('$CI_PROJECT_DIR/', '');
    expect(tankard.cache.paths).toContain(folder);
    expect(tankard.cache.key.files).toContain('tankard.lock');
  });
});

describe('the pipeline for Jenkins', () => {
  const commands = async (): Promise<string[]> => {
    const text = await readFile(path.join(ROOT, 'docs', 'ci', 'Jenkinsfile'), 'utf8');
    return [...text.matchAll(/^ *sh '(.*)'$/gm)].map((match) => match[1] ?? '');
  };

  test('writes the report of a branch', async () => {
    const cwd = await project(BROKEN);
    const outcomes = await runAll(await commands(), cwd);
    expect(outcomes.map(({ exitCode }) => exitCode)).toEqual([1]);
    expect(await readFile(path.join(cwd, 'tankard.xml'), 'utf8')).toContain('failures="1"');
  });

  test('fetches the target of a pull request, and checks what that changes', async () => {
    const origin = await branch();
    const cwd = path.join(await temporaryDirectory(), 'clone');
    await execa('git', ['clone', '--quiet', '--single-branch', '-b', 'work', origin.cwd, cwd]);
    await install(cwd);
    const [, fetch = '', check] = await commands();
    const env = { CHANGE_TARGET: 'main' };
    await execa('sh', ['-e', '-c', fetch], { cwd, env });
    const [outcome] = await runAll([check], cwd, env);
    expect(outcome?.stdout).toContain('depend on what origin/main...HEAD changed');
    expect(outcome?.exitCode).toBe(0);
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
