import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdir, symlink } from 'node:fs/promises';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { CONFIG_MAP, SPEC } from '../tanka/project.ts';
import { allEnd, hangingTk } from './hanging-tk.ts';
import { PROGRAM, projectWith, ROOT } from './tankard.ts';

/** Starts the program and waits until the hanging tk runs. */
async function startHanging(args: readonly string[]) {
  const tk = await hangingTk();
  const cwd = await projectWith(`{ a: ${CONFIG_MAP} }`);
  const child = spawn(process.execPath, [PROGRAM, ...args], {
    cwd,
    env: { ...process.env, ...tk.env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let output = '';
  child.stdout.on('data', (chunk) => (output += String(chunk)));
  child.stderr.on('data', (chunk) => (output += String(chunk)));
  const ended = new Promise<{ code: number | null; output: string }>((resolve) => {
    child.on('close', (code) => resolve({ code, output }));
  });
  return { child, pids: await tk.pids(), ended };
}

describe('Ctrl-C while tk hangs', () => {
  it.each([
    ['SIGINT', ['show', 'environments/x']],
    ['SIGINT', ['validate', 'environments/x']],
    ['SIGTERM', ['validate']],
    ['SIGINT', ['preview', 'environments/x']],
    ['SIGTERM', ['preview']],
  ] as const)('%s to %s: exit 130, one line, no process left', async (signal, args) => {
    const { child, pids, ended } = await startHanging(args);
    child.kill(signal);
    const { code, output } = await ended;
    expect(code).toBe(130);
    expect(output).toBe('tankard: interrupted\n');
    expect(await allEnd(pids)).toBe(true);
  });

  it('a second one ends it at once', async () => {
    const { child, pids, ended } = await startHanging(['validate', 'environments/x']);
    child.kill('SIGINT');
    child.kill('SIGINT');
    expect((await ended).code).toBe(130);
    expect(await allEnd(pids)).toBe(true);
  });

  it('a SIGTERM to npx, which only its shell gets: no process left', async () => {
    const tk = await hangingTk();
    const cwd = await projectWith(`{ a: ${CONFIG_MAP} }`);
    await mkdir(path.join(cwd, 'node_modules/.bin'), { recursive: true });
    await symlink(PROGRAM, path.join(cwd, 'node_modules/.bin/tankard'));
    // npm tries for long whether there is a newer one of it.
    const env = { ...process.env, ...tk.env, npm_config_update_notifier: 'false' };
    const npx = spawn('npx', ['--offline', 'tankard', 'preview'], { cwd, env, stdio: 'ignore' });
    const started = await tk.pids();
    npx.kill('SIGTERM');
    expect(await allEnd(started)).toBe(true);
  });

  it('leaves one JSON object on stdout when JSON was asked for', async () => {
    const { child, ended } = await startHanging(['validate', 'environments/x', '--format=json']);
    child.kill('SIGINT');
    const { output } = await ended;
    expect(JSON.parse(output.slice(output.indexOf('{')))).toEqual({
      version: 1,
      error: { kind: 'interrupted', message: 'interrupted' },
    });
  });
});

/** Runs a line of sh in which `$TANKARD` is the program. */
async function shell(line: string, cwd: string) {
  const child = spawn('bash', ['-c', `set -o pipefail; ${line}`], {
    cwd,
    env: { ...process.env, TANKARD: `${process.execPath} ${PROGRAM}` },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let [stdout, stderr] = ['', ''];
  child.stdout.on('data', (chunk) => (stdout += String(chunk)));
  child.stderr.on('data', (chunk) => (stderr += String(chunk)));
  const code = await new Promise<number | null>((resolve) => child.on('close', resolve));
  return { code, stdout, stderr };
}

describe('output that nobody reads', () => {
  // More than a pipe holds, so that writing goes on after the reader has ended.
  const LARGE = `[${CONFIG_MAP} { metadata: { name: 'a%d' % i }, data: { x: std.repeat('x', 1000) } }
    for i in std.range(1, 400)]`;

  it('show ... | head -1 prints the line, and no stack trace', async () => {
    const cwd = await projectWith(LARGE);
    const outcome = await shell('$TANKARD show environments/x | head -1', cwd);
    expect(outcome).toEqual({ code: 0, stdout: 'apiVersion: v1\n', stderr: '' });
  });

  it('validate ... | head -1 still ends with the exit code of what was found', async () => {
    const cwd = await projectWith(LARGE.replaceAll("std.repeat('x', 1000)", 'i'));
    const outcome = await shell('$TANKARD validate --format json | head -1', cwd);
    expect(outcome).toEqual({ code: 1, stdout: '{\n', stderr: '' });
  });

  it('a closed stderr changes nothing', async () => {
    const cwd = await projectWith('{}', { 'environments/y/spec.json': SPEC });
    const outcome = await shell('$TANKARD show nowhere 2>&1 >/dev/null | true', cwd);
    expect(outcome.code).toBe(2);
  });

  it.runIf(existsSync('/dev/full'))('a full disk: exit 2 and what happened', async () => {
    const outcome = await shell('$TANKARD show environments/eks-irsa > /dev/full', ROOT);
    expect(outcome.code).toBe(2);
    expect(outcome.stderr).toMatch(/^tankard: cannot write the output: ENOSPC.*\n$/);
  });
});
