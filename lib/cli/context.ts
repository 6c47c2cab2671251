import path from 'node:path';
import { Option, type Command } from '@commander-js/extra-typings';
import type { ProjectOptions } from '../workflow/project.ts';
import type { TankaArguments } from '../tanka/arguments.ts';
import type { Terminal } from './terminal.ts';

/** What every command is given. */
export interface Context {
  readonly terminal: Terminal;
  readonly signal: AbortSignal;
  /** Notes an exit code; of several the gravest counts, by `combineExitCodes`. */
  readonly exit: (code: number) => void;
}

/** `--format`, as every command has it. */
export function formatOption() {
  return new Option('--format <format>', 'what to print')
    .choices(['text', 'json'] as const)
    .default('text' as const);
}

/** `--kubernetes`, for what is validated. */
export function kubernetesOption() {
  return new Option(
    '--kubernetes <version>',
    'minor version to validate against, such as 1.37 (default: that of tankard.yaml, else the newest known)',
  );
}

/** `--baseline`, for what reports findings. */
export function baselineOption() {
  return new Option('--baseline <file>', 'leave out the findings that are in this file');
}

/** How the long-running parts report and stop. */
export function projectOptions(context: Context): ProjectOptions {
  return { onProgress: (line) => context.terminal.note(line), signal: context.signal };
}

/** Prints an object as JSON. */
export function printJson(context: Context, value: object): void {
  context.terminal.print(`${JSON.stringify(value, null, 2)}\n`);
}

/** Collects the values of an option that may be given more than once. */
export function collect(value: string, previous: string[] = []): string[] {
  return [...previous, value];
}

/** Adds the flags that are passed on to tk under tk's own names. */
export function withTankaOptions<Args extends unknown[], Opts extends Record<string, unknown>>(
  command: Command<Args, Opts>,
) {
  return withEvaluationOptions(command)
    .option(
      '-t, --target <expression>',
      'only the manifests whose Kind/name matches, as tk (repeatable)',
      collect,
    )
    .option('--name <name>', 'the inline environment of this name');
}

/** The same without those that choose a part of what is rendered. */
export function withEvaluationOptions<Args extends unknown[], Opts extends Record<string, unknown>>(
  command: Command<Args, Opts>,
) {
  return command
    .option('-V, --ext-str <key=value>', 'external variable, a string (repeatable)', collect)
    .option('--ext-code <key=code>', 'external variable, Jsonnet code (repeatable)', collect)
    .option(
      '--ext-str-file <key=file>',
      'external variable, a string from a file (repeatable)',
      collect,
    )
    .option(
      '--ext-code-file <key=file>',
      'external variable, Jsonnet code from a file (repeatable)',
      collect,
    )
    .option('-A, --tla-str <key=value>', 'top-level argument, a string (repeatable)', collect)
    .option('--tla-code <key=code>', 'top-level argument, Jsonnet code (repeatable)', collect)
    .option(
      '--tla-str-file <key=file>',
      'top-level argument, a string from a file (repeatable)',
      collect,
    )
    .option(
      '--tla-code-file <key=file>',
      'top-level argument, Jsonnet code from a file (repeatable)',
      collect,
    );
}

/** The options that `withTankaOptions` adds, as commander parses them. */
export interface TankaOptions {
  readonly target?: string[] | undefined;
  readonly extStr?: string[] | undefined;
  readonly extCode?: string[] | undefined;
  readonly extStrFile?: string[] | undefined;
  readonly extCodeFile?: string[] | undefined;
  readonly tlaStr?: string[] | undefined;
  readonly tlaCode?: string[] | undefined;
  readonly tlaStrFile?: string[] | undefined;
  readonly tlaCodeFile?: string[] | undefined;
  readonly name?: string | undefined;
}

/** The parsed options as arguments of tk. File names are made absolute, since tk runs in the project root. */
export function tankaArguments(options: TankaOptions): TankaArguments {
  const { target, name, extStrFile, extCodeFile, tlaStrFile, tlaCodeFile, ...rest } = options;
  const parsed = {
    targets: target,
    name,
    extStr: rest.extStr,
    extCode: rest.extCode,
    tlaStr: rest.tlaStr,
    tlaCode: rest.tlaCode,
    extStrFile: extStrFile?.map(absoluteFile),
    extCodeFile: extCodeFile?.map(absoluteFile),
    tlaStrFile: tlaStrFile?.map(absoluteFile),
    tlaCodeFile: tlaCodeFile?.map(absoluteFile),
  };
  return Object.fromEntries(Object.entries(parsed).filter(([, value]) => value !== undefined));
}

function absoluteFile(argument: string): string {
  const sign = argument.indexOf('=');
  return sign === -1
    ? argument
    : `${argument.slice(0, sign + 1)}${path.resolve(argument.slice(sign + 1))}`;
}
