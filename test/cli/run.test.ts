import { describe, expect, it } from 'vitest';
import { run } from '../../lib/cli/run.ts';
import type { Terminal } from '../../lib/cli/terminal.ts';
import { Failure } from '../../lib/finding/failure.ts';

/** Runs a command line in this process, with a terminal whose stdout fails in this way. */
async function runBroken(
  argv: readonly string[],
  error: Error,
  signal = new AbortController().signal,
) {
  const notes: string[] = [];
  const terminal: Terminal = {
    print: () => {
      throw error;
    },
    note: (line) => notes.push(line),
    progress: () => undefined,
    ask: () => Promise.resolve(undefined),
    look: () => ({}),
    attend: () => undefined,
    unread: new Promise(() => undefined),
  };
  const exitCode = await run(argv, { terminal, signal });
  return { exitCode, notes };
}

describe('a defect of Tankard', () => {
  it('ends with 70, says so, and shows no stack', async () => {
    expect(await runBroken(['--version'], new TypeError('x is undefined'))).toEqual({
      exitCode: 70,
      notes: [
        'tankard: this is a bug in tankard: x is undefined',
        'Run the command again with --debug before it, and report what it prints.',
      ],
    });
  });

  it('shows the stack with --debug', async () => {
    const { exitCode, notes } = await runBroken(['--debug', '--help'], new TypeError('oh'));
    expect(exitCode).toBe(70);
    expect(notes[0]).toMatch(/^TypeError: oh\n +at /);
    expect(notes.at(-1)).toBe('tankard: this is a bug in tankard: oh');
  });

  it('is not what an interrupted command reports, whatever broke on the way', async () => {
    const abort = new AbortController();
    abort.abort(new Failure('interrupted', 'interrupted'));
    const outcome = await runBroken(['--version'], new Error('write after end'), abort.signal);
    expect(outcome).toEqual({ exitCode: 130, notes: ['tankard: interrupted'] });
  });
});
