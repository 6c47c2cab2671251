import os from 'node:os';
import path from 'node:path';
import { expect, test } from 'vitest';
import { CONFIG_MAP } from '../tanka/project.ts';
import { projectWith, tankard } from './tankard.ts';

const CLEAN = `{ a: ${CONFIG_MAP} }`;

test('an absolute path works from outside the project', async () => {
  const root = await projectWith(CLEAN);
  const environment = path.join(root, 'environments', 'x');
  for (const command of ['validate', 'show'])
    expect(await tankard([command, environment], { cwd: os.tmpdir() })).toMatchObject({
      exitCode: 0,
    });
});

test('a mistyped absolute path is looked for in the project that it points into', async () => {
  const root = await projectWith(CLEAN);
  const args = ['validate', path.join(root, 'environments', 'xx')];
  const { stderr, exitCode } = await tankard(args, { cwd: os.tmpdir() });
  expect(stderr).toContain('Did you mean environments/x?');
  expect(exitCode).toBe(2);
});

test('an environment that is named twice is validated once', async () => {
  const cwd = await projectWith(CLEAN);
  const { stdout } = await tankard(
    ['validate', 'environments/x', 'environments/x/', 'environments/x/main.jsonnet'],
    { cwd },
  );
  expect(stdout).toBe('1 environment, 1 manifest: 0 errors, 0 warnings\n');
});

test('a target that matches nothing anywhere is an error, in one environment of several it is none', async () => {
  const cwd = await projectWith(CLEAN, {
    'environments/y/main.jsonnet': `{ a: ${CONFIG_MAP.replace('ConfigMap', 'Secret')} }`,
    'environments/y/spec.json': '{}',
  });
  const nothing = await tankard(['validate', '-t', 'Deployment/.*'], { cwd });
  expect(nothing.stdout).toContain('error  no manifest of the environment matches');
  expect(nothing.exitCode).toBe(1);
  const some = await tankard(['validate', '-t', 'Secret/.*'], { cwd });
  expect(some.stdout).toContain('2 environments, 1 manifest: 0 errors, 1 warning');
  expect(some.exitCode).toBe(0);
});
