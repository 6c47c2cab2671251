#!/usr/bin/env node
import { interruptSignal, processTerminal } from './terminal.ts';
import { run } from './run.ts';

// `tankard show ... | head` closes the pipe before all is written: nobody is left to tell.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code === 'EPIPE') process.exit(0);
  throw error;
});

process.exitCode = await run(process.argv.slice(2), {
  terminal: processTerminal(),
  signal: interruptSignal(),
});
