import { combineExitCodes } from '../finding/failure.ts';
import { interruptSignal, processTerminal } from './terminal.ts';
import { EXIT_USAGE, run } from './run.ts';

/**
 * The whole process: runs the command line and sets the exit code.
 *
 * @param argv the arguments, without node and the script.
 */
export async function main(argv: readonly string[]): Promise<void> {
  const codes: number[] = [];
  const end = (code: number): void => {
    codes.push(code);
    process.exitCode = combineExitCodes(codes);
  };
  process.stdout.on('error', (error: NodeJS.ErrnoException) => {
    // `tankard validate | head` closes the pipe before all is written: nobody is left to tell, but the exit code
    // still says what was found.
    if (error.code === 'EPIPE') return;
    process.stderr.write(`tankard: cannot write the output: ${error.message}\n`);
    end(EXIT_USAGE);
  });
  // There is no place left where this could be said.
  process.stderr.on('error', () => undefined);
  end(await run(argv, { terminal: processTerminal(), signal: interruptSignal() }));
}
