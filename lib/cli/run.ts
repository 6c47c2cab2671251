import { Command, CommanderError } from '@commander-js/extra-typings';
import { combineExitCodes, EXIT_BUG, Failure } from '../finding/failure.ts';
import { jsonFailure, JSON_VERSION } from '../finding/report/json.ts';
import { applyCommand } from './apply-command.ts';
import { ciCommand } from './ci-command.ts';
import type { Context } from './context.ts';
import { diffCommand } from './diff-command.ts';
import { docsCommand } from './docs-command.ts';
import { doctorCommand } from './doctor-command.ts';
import { envCommand } from './env-command.ts';
import { explainCommand } from './explain-command.ts';
import { exportCommand } from './export-command.ts';
import { exportJobCommand } from './export-job-command.ts';
import { generateCommand } from './generate-command.ts';
import { importCommand } from './import-command.ts';
import { initCommand } from './init-command.ts';
import { previewCommand } from './preview-command.ts';
import { pruneCommand } from './prune-command.ts';
import { rulesCommand } from './rules-command.ts';
import { showCommand } from './show-command.ts';
import { statusCommand } from './status-command.ts';
import type { Terminal } from './terminal.ts';
import { validateCommand } from './validate-command.ts';
import { version } from './version.ts';

/** Exit code for wrong arguments, and for output that cannot be written. */
export const EXIT_USAGE = 2;

/**
 * Runs the command line.
 *
 * @param argv the arguments, without node and the script.
 * @returns the exit code; docs/architecture.md lists them.
 */
export async function run(
  argv: readonly string[],
  io: { readonly terminal: Terminal; readonly signal: AbortSignal },
): Promise<number> {
  const codes: number[] = [];
  const context: Context = { ...io, exit: (code) => codes.push(code) };
  try {
    await program(context).parseAsync(argv, { from: 'user' });
    return combineExitCodes(codes);
  } catch (error) {
    io.terminal.progress('');
    return report(error, argv, io);
  }
}

function program(context: Context) {
  const root = new Command('tankard')
    .description('Typed Tanka: typed mixins, real tk, validation before anything reaches a cluster')
    .version(version(), '--version')
    .option('--debug', 'show the stack of an error')
    .configureOutput({
      writeOut: (text) => context.terminal.print(text),
      writeErr: (text) => context.terminal.note(text.trimEnd()),
    });
  const commands = [
    initCommand,
    generateCommand,
    importCommand,
    explainCommand,
    docsCommand,
    envCommand,
    showCommand,
    validateCommand,
    ciCommand,
    rulesCommand,
    previewCommand,
    diffCommand,
    applyCommand,
    exportCommand,
    pruneCommand,
    exportJobCommand,
    statusCommand,
    doctorCommand,
  ];
  for (const create of commands) root.addCommand(create(context));
  everyCommand(root, (command) =>
    command.exitOverride().showHelpAfterError('(add --help for usage)'),
  );
  return root;
}

function everyCommand(
  command: { readonly commands: readonly unknown[] },
  change: (command: Command) => void,
): void {
  change(command as Command);
  for (const child of command.commands) everyCommand(child as Command, change);
}

function report(
  error: unknown,
  argv: readonly string[],
  { terminal, signal }: { terminal: Terminal; signal: AbortSignal },
): number {
  if (error instanceof CommanderError) return reportUsage(error, argv, terminal);
  const failure = signal.aborted ? (signal.reason as unknown) : error;
  const debug = argv.includes('--debug');
  if (debug && error instanceof Error) terminal.note(error.stack ?? error.message);
  if (failure instanceof Failure) {
    terminal.note(`tankard: ${failure.message}`);
    if (failure.hint !== undefined) terminal.note(failure.hint);
    if (asksForJson(argv)) printFailure(terminal, failure);
    return failure.exitCode;
  }
  const message = error instanceof Error ? error.message : String(error);
  terminal.note(`tankard: this is a bug in tankard: ${message}`);
  if (!debug)
    terminal.note('Run the command again with --debug before it, and report what it prints.');
  return EXIT_BUG;
}

/** commander has printed its message already, or the help that was asked for. */
function reportUsage(error: CommanderError, argv: readonly string[], terminal: Terminal): number {
  if (error.exitCode === 0) return 0;
  const [message = '', suggestion] = error.message.replace(/^error: /, '').split('\n');
  const hint = suggestion?.replace(/^\((.*)\)$/, '$1') ?? 'Add --help for usage.';
  if (asksForJson(argv)) printFailure(terminal, new Failure('usage', message, { hint }));
  return EXIT_USAGE;
}

function asksForJson(argv: readonly string[]): boolean {
  return argv.some(
    (one, index) => one === '--format=json' || (one === '--format' && argv[index + 1] === 'json'),
  );
}

function printFailure(terminal: Terminal, failure: Failure): void {
  const answer = { version: JSON_VERSION, error: jsonFailure(failure) };
  terminal.print(`${JSON.stringify(answer, null, 2)}\n`);
}
