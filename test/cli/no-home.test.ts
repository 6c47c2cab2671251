import process from 'node:process';
import { execa } from 'execa';
import { expect, test } from 'vitest';
import { PROGRAM, ROOT } from './tankard.ts';

const isRoot = process.getuid?.() === 0;
if (!isRoot)
  console.log('skipped: only root can run the program as a user without a home directory');

/** A user that no machine has an entry for, as in containers that run under a number. */
const NOBODY = { uid: 54_321, gid: 54_321 };

test.skipIf(!isRoot)('a user without a home directory gets one message', async () => {
  const run = async (...args: string[]) =>
    execa(process.execPath, [PROGRAM, ...args], {
      ...NOBODY,
      cwd: ROOT,
      env: { PATH: process.env['PATH'] },
      extendEnv: false,
      reject: false,
    });
  expect(await run('--version')).toMatchObject({ exitCode: 0, stderr: '' });
  const { exitCode, stderr } = await run('validate');
  expect(stderr).toBe(
    'tankard: the user has no home directory, so there is no place for the cache\n' +
      'Set HOME, or TANKARD_CACHE to a folder that can be written.',
  );
  expect(exitCode).toBe(2);
});
