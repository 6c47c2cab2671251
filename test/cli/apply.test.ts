import { existsSync } from 'node:fs';
import { mkdir, readFile, symlink } from 'node:fs/promises';
import path from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { ensureTool } from '../../lib/tools/ensure-tool.ts';
import { toolPin } from '../../lib/tools/tool-pin.ts';
import { CONFIG_MAP, SPEC } from '../tanka/project.ts';
import { fakeProgram, temporaryDirectory } from '../tools/fake-program.ts';
import { fakeTk, projectWith, tankard, tankardJson } from './tankard.ts';

beforeAll(() => ensureTool('tk'));

const CLEAN = `{ a: ${CONFIG_MAP} }`;

/** A tk that renders as the real one does and, when it is to apply, runs these lines and leaves a trace. */
async function applyingTk(...lines: string[]) {
  const trace = path.join(await temporaryDirectory(), 'applied');
  const env = await fakeTk(
    `if [ "$1" != apply ]; then exec '${toolPin('tk').path}' "$@"; fi`,
    `echo "$@" > '${trace}'`,
    ...lines,
  );
  return { env, trace };
}

describe('apply', () => {
  it('of an environment with errors reports them and does not start tk apply: exit 1', async () => {
    const { env, trace } = await applyingTk();
    const cwd = await projectWith(`{ a: ${CONFIG_MAP} { data: { x: 1 } } }`);
    const { exitCode, stdout, stderr } = await tankard(['apply', 'environments/x'], { cwd, env });
    expect(exitCode).toBe(1);
    expect(stdout).toBe('');
    expect(stderr).toContain('data.x: expected a string');
    expect(stderr).toMatch(/\nnot applied: mend the errors first\n$/);
    expect(existsSync(trace)).toBe(false);
  });

  it.each([
    ['Jsonnet that fails', "assert false : 'no'; {}", {}],
    ['a wrong spec.json', CLEAN, { 'environments/x/spec.json': '{ "spec": { "namespce": "a" } }' }],
  ])('does not start tk apply for %s either', async (_, main, files) => {
    const { env, trace } = await applyingTk();
    const cwd = await projectWith(main, files);
    const { exitCode } = await tankard(['apply', 'environments/x'], { cwd, env });
    expect(exitCode).toBe(1);
    expect(existsSync(trace)).toBe(false);
  });

  it('applies the entrypoint that was validated, not main.jsonnet beside it', async () => {
    const { env, trace } = await applyingTk();
    const cwd = await projectWith(`{ a: ${CONFIG_MAP} { data: { x: 1 } } }`, {
      'environments/x/other.jsonnet': CLEAN,
    });
    const args = ['apply', 'environments/x/other.jsonnet'];
    expect(await tankard(args, { cwd, env })).toMatchObject({ exitCode: 0 });
    expect((await readFile(trace, 'utf8')).split(' ')[1]).toBe('environments/x/other.jsonnet');
  });

  it('with --format json leaves stdout to the report', async () => {
    const { env } = await applyingTk('echo "the difference"');
    const cwd = await projectWith(CLEAN);
    const args = ['apply', 'environments/x'];
    const { exitCode, json, stderr } = await tankardJson(args, { cwd, env });
    expect(exitCode).toBe(0);
    expect(json).toMatchObject({ version: 1, summary: { errors: 0 } });
    expect(stderr).toContain('the difference');
  });

  it('of a clean environment starts tk apply, whose questions and answers pass through', async () => {
    const { env, trace } = await applyingTk(
      'echo "Applying to cluster. Please type yes to confirm:"',
      'read answer',
      'echo "answer: $answer"',
      'echo "applied" >&2',
    );
    const cwd = await projectWith(CLEAN);
    const args = [
      'apply',
      'environments/x',
      '-t',
      'ConfigMap/a',
      '--auto-approve',
      'if-no-changes',
    ];
    const { exitCode, stdout, stderr } = await tankard(args, { cwd, env, input: 'yes\n' });
    expect(exitCode).toBe(0);
    expect(stdout).toContain('type yes to confirm:\nanswer: yes\n');
    expect(stderr).toContain('1 environment, 1 manifest: 0 errors, 0 warnings\napplied\n');
    const given = (await readFile(trace, 'utf8')).trim().split(' ');
    expect(given.slice(0, 2)).toEqual(['apply', 'environments/x']);
    expect(given).toContain('--target=ConfigMap/a');
    expect(given).toContain('--auto-approve=if-no-changes');
    expect(given).not.toContain('--dry-run');
  });

  it('of an environment with a warning goes on', async () => {
    const { env, trace } = await applyingTk();
    const main = `{ a: { apiVersion: 'cert-manager.io/v1', kind: 'ClusterIssuer', metadata: { name: 'i' }, spec: { selfSigned: {} } } }`;
    const cwd = await projectWith(main);
    const { exitCode, stderr } = await tankard(['apply', 'environments/x', '--dry-run', 'server'], {
      cwd,
      env,
    });
    expect(exitCode).toBe(0);
    expect(stderr).toContain('1 warning');
    expect(await readFile(trace, 'utf8')).toContain('--dry-run=server');
  });

  it.each([
    [
      'the cluster refuses',
      ['echo "Error: forbidden" >&2', 'exit 1'],
      4,
      'tk apply ended with exit code 1',
    ],
    [
      'the user says no',
      ['echo "Error: aborted by user" >&2', 'exit 1'],
      130,
      'not approved, nothing was applied',
    ],
    ['tk is killed', ['kill -KILL $$'], 3, 'tk did not run to its end: SIGKILL'],
  ])('when %s', async (_, lines, code, message) => {
    const { env } = await applyingTk(...lines);
    const cwd = await projectWith(CLEAN);
    const { exitCode, stderr } = await tankard(['apply', 'environments/x'], { cwd, env });
    expect(exitCode).toBe(code);
    expect(stderr).toContain(`applying environments/x: ${message}`);
  });
});

describe('apply with the real tk and', () => {
  const spec = SPEC.replace('"namespace"', '"apiServer":"https://127.0.0.1:1","namespace"');

  it('a kubectl that cannot reach the cluster: exit 4', async () => {
    const directory = await temporaryDirectory();
    await fakeProgram(directory, 'kubectl', 'echo "connection refused" >&2', 'exit 1');
    const cwd = await projectWith(CLEAN, { 'environments/x/spec.json': spec });
    const PATH = `${directory}${path.delimiter}${process.env['PATH'] ?? ''}`;
    const { exitCode, stderr } = await tankard(['apply', 'environments/x'], { cwd, env: { PATH } });
    expect(exitCode).toBe(4);
    expect(stderr).toContain('connection refused');
    expect(stderr).toContain('Check the cluster that spec.apiServer or spec.contextNames');
  });

  it('no kubectl: exit 3', async () => {
    const directory = await temporaryDirectory();
    await mkdir(directory, { recursive: true });
    await symlink(process.execPath, path.join(directory, 'node'));
    const cwd = await projectWith(CLEAN, { 'environments/x/spec.json': spec });
    const env = { PATH: directory, TANKARD_TK: toolPin('tk').path };
    const { exitCode, stderr } = await tankard(['apply', 'environments/x'], { cwd, env });
    expect(exitCode).toBe(3);
    expect(stderr).toContain('kubectl is not on PATH\nInstall kubectl');
  });
});
