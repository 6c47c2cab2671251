import { spawn } from 'node:child_process';
import path from 'node:path';

/** The checkout. */
export const ROOT = path.dirname(import.meta.dirname);

/** One command of a chore, with the name under which its result is shown. */
export interface Step {
  readonly name: string;
  readonly command: readonly [string, ...string[]];
}

/** A program of node_modules, or of Node itself. */
export function bin(name: string): string {
  return path.join(ROOT, 'node_modules', '.bin', name);
}

/**
 * Runs the steps one after the other, each with its output, and goes on after one that fails.
 *
 * @returns the names of the steps that failed.
 */
export async function runSteps(steps: readonly Step[]): Promise<string[]> {
  const failed: string[] = [];
  for (const step of steps) {
    const start = Date.now();
    console.log(`> ${step.name}`);
    const code = await run(step.command);
    const seconds = ((Date.now() - start) / 1000).toFixed(1);
    console.log(`${code === 0 ? 'ok' : `FAILED (exit ${code})`}  ${step.name}  ${seconds} s`);
    if (code !== 0) failed.push(step.name);
  }
  return failed;
}

/** Runs a command in the checkout with this process's streams, and gives its exit code. */
export async function run([file, ...args]: readonly [string, ...string[]]): Promise<number> {
  return new Promise((resolve, reject) => {
    const child = spawn(file, args, { cwd: ROOT, stdio: ['ignore', 'inherit', 'inherit'] });
    child.on('error', reject);
    child.on('close', (code) => resolve(code ?? 1));
  });
}
