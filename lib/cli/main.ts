import { interruptSignal, processTerminal } from './terminal.ts';
import { run } from './run.ts';

/**
 * The whole process: runs the command line and sets the exit code.
 *
 * @param argv the arguments, without node and the script.
 */
export async function main(argv: readonly string[]): Promise<void> {
  // `tankard show ... | head` closes the pipe before all is written: nobody is left to tell.
  process.stdout.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code === 'EPIPE') process.exit(0);
    throw error;
  });
  process.exitCode = await run(argv, { terminal: processTerminal(), signal: interruptSignal() });
}
