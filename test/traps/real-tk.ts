import { execa } from 'execa';
import { ensureTool } from '../../lib/tools/ensure-tool.ts';
import type { Outcome, RunOptions } from '../cli/tankard.ts';

/**
 * Runs the pinned tk by itself, as a user would from a script. Each test of this folder shows first what tk does, so that it fails
 * when a later tk no longer does it, and what Tankard does about it can go.
 */
export async function realTk(args: readonly string[], options: RunOptions): Promise<Outcome> {
  const tk = await ensureTool('tk');
  const { exitCode, stdout, stderr } = await execa(tk.path, args, {
    ...options,
    reject: false,
    ...(options.input === undefined ? { stdin: 'ignore' as const } : {}),
    stripFinalNewline: false,
  });
  return { exitCode, stdout, stderr };
}

/** As `tk show` of an environment's path, with the flag without which tk prints nothing. */
export function tkShow(cwd: string, environment: string, ...args: string[]): Promise<Outcome> {
  return realTk(['show', environment, '--dangerous-allow-redirect', ...args], { cwd });
}
