import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { execa } from 'execa';
import { expect, it, vi } from 'vitest';
import { ROOT } from '../cli/tankard.ts';
import { temporaryDirectory } from '../tools/fake-program.ts';
import { startProgram } from './child-program.ts';

/** Writes its process id into its directory, and stays. */
const STAYS = ['-c', 'echo $$ >pid; exec sleep 600'];

async function processId(directory: string): Promise<number> {
  return vi.waitFor(async () => {
    const pid = Number(await readFile(path.join(directory, 'pid'), 'utf8'));
    expect(pid).toBeGreaterThan(0);
    return pid;
  }, 10_000);
}

function isRunning(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
}

it('ends a program and removes its directory when it is told to', async () => {
  const directory = await temporaryDirectory();
  const program = startProgram(directory, '/bin/sh', STAYS);
  const pid = await processId(directory);
  expect(isRunning(pid)).toBe(true);
  await program.stop();
  await vi.waitFor(() => expect(isRunning(pid) || existsSync(directory)).toBe(false), 10_000);
});

it('does so too when its own process is killed', async () => {
  const directory = await temporaryDirectory();
  const code = `
    import { startProgram } from ${JSON.stringify(path.join(import.meta.dirname, 'child-program.ts'))};
    startProgram(${JSON.stringify(directory)}, '/bin/sh', ${JSON.stringify(STAYS)});
    setInterval(() => {}, 1000);
  `;
  const owner = execa(process.execPath, ['--import', 'tsx', '--input-type=module', '-e', code], {
    cwd: ROOT,
    reject: false,
  });
  const pid = await processId(directory);
  owner.kill('SIGKILL');
  await owner;
  await vi.waitFor(() => expect(isRunning(pid) || existsSync(directory)).toBe(false), 10_000);
});

it('shows what a program said that ends, or does not get ready', async () => {
  const never = async (): Promise<boolean> => Promise.reject(new Error('connection refused'));
  const ends = startProgram(await temporaryDirectory(), '/bin/sh', ['-c', 'echo no port >&2']);
  await expect(ends.waitFor(never, 10_000)).rejects.toThrow('sh ended:\nno port');
  const stays = startProgram(await temporaryDirectory(), '/bin/sh', STAYS);
  await expect(stays.waitFor(never, 200)).rejects.toThrow('sh is not ready after 200 ms');
  await stays.stop();
});
