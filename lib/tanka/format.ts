import { readFile } from 'node:fs/promises';
import path from 'node:path';
import pMap from 'p-map';
import { FINDING_CODES } from '../finding/codes.ts';
import type { Finding } from '../finding/finding.ts';
import { shownPath } from '../finding/shown-path.ts';
import { errorText } from './parse-error.ts';
import { runTk, unexpectedEnd, type TkOutput } from './run-tk.ts';
import { parseLeadingPosition } from './stack-trace.ts';

/** Which tk looks at files, and how long it may. */
export interface FilesOptions {
  /** Absolute path of tk. */
  readonly tk: string;
  /** Project root, absolute. */
  readonly root: string;
  /** Time of one run of tk. @default 300_000 */
  readonly timeoutMs?: number;
  /** How many runs, or files, at the same time. */
  readonly concurrency: number;
  readonly signal?: AbortSignal;
}

/** Files of one run: a command line may have 128 KiB in one argument and some MiB in all, which names do not reach. */
const FILES_OF_A_RUN = 200;
/** What tk ends with when it would change a file. Source: Tanka v0.38, cmd/tk/fmt.go. */
const EXIT_DIFFERENT = 16;
const LIST_HEADING = 'The following files are not properly formatted:';

/**
 * Holds Jsonnet files to the format of `tk fmt`, by `tk fmt --test`. Nothing is written.
 *
 * tk ends at the first file that it cannot parse, and says nothing of the others: it is asked again without that one.
 *
 * @param files absolute paths; tk's own exceptions, such as vendor/, do not hold for them.
 * @returns `jsonnet/format` at the first place that differs and `jsonnet/syntax`, in the order of `files`; `environment` is the
 *   path of the file below the root.
 * @throws Failure `tool` and `interrupted` as `runTk`.
 */
export async function checkFormat(
  files: readonly string[],
  options: FilesOptions,
): Promise<Finding[]> {
  const findings: Finding[] = [];
  for (let start = 0; start < files.length; start += FILES_OF_A_RUN)
    findings.push(...(await checkSome(files.slice(start, start + FILES_OF_A_RUN), options)));
  const order = new Map(files.map((file, index) => [file, index]));
  const orderOf = ({ location }: Finding): number => order.get(location?.file ?? '') ?? 0;
  return findings.sort((left, right) => orderOf(left) - orderOf(right));
}

async function checkSome(files: readonly string[], options: FilesOptions): Promise<Finding[]> {
  const findings: Finding[] = [];
  let left = files;
  while (left.length > 0) {
    const output = await runFmt(['--test', ...left], options);
    if (output.exitCode === 0) return findings;
    if (output.exitCode === EXIT_DIFFERENT) {
      const different = listedFiles(output, left);
      const { concurrency } = options;
      findings.push(
        ...(await pMap(different, (one) => unformatted(one, options), { concurrency })),
      );
      return findings;
    }
    const broken = syntaxFinding(output, left, options.root);
    findings.push(broken);
    left = left.filter((file) => file !== broken.location?.file);
  }
  return findings;
}

async function runFmt(args: readonly string[], options: FilesOptions): Promise<TkOutput> {
  const { tk, root, timeoutMs, signal } = options;
  return runTk({
    tk,
    root,
    args: ['fmt', '--log-level=error', ...args],
    purpose: 'checking the format of Jsonnet',
    ...(timeoutMs === undefined ? {} : { timeoutMs }),
    ...(signal === undefined ? {} : { signal }),
  });
}

function listedFiles(output: TkOutput, files: readonly string[]): string[] {
  const [, list] = output.stderr.split(`${LIST_HEADING}\n`);
  const named = new Set(list?.split('\n'));
  const listed = files.filter((file) => named.has(file));
  if (listed.length === 0) throw unexpectedEnd('checking the format of Jsonnet', output);
  return listed;
}

function syntaxFinding(output: TkOutput, files: readonly string[], root: string): Finding {
  const found = parseLeadingPosition(errorText(output.stderr) ?? '');
  const file = found && files.find((one) => one === path.resolve(root, found.frame.file));
  if (found === undefined || file === undefined)
    throw unexpectedEnd('checking the format of Jsonnet', output);
  const { line, column } = found.frame;
  return {
    code: 'jsonnet/syntax',
    severity: FINDING_CODES['jsonnet/syntax'].severity,
    environment: shownPath(file, root),
    message: found.message,
    location: { file, line, column, certainty: 'exact' },
  };
}

async function unformatted(file: string, options: FilesOptions): Promise<Finding> {
  const shown = shownPath(file, options.root);
  const place = await firstDifference(file, options);
  return {
    code: 'jsonnet/format',
    severity: FINDING_CODES['jsonnet/format'].severity,
    environment: shown,
    message: 'tk fmt writes this file otherwise; this is the first place',
    hint: `Run \`tk fmt ${shown}\`.`,
    location: { file, ...place, certainty: 'exact' },
  };
}

/** @returns line and column from 1, the column in bytes. */
async function firstDifference(
  file: string,
  options: FilesOptions,
): Promise<{ line: number; column: number }> {
  const { stdout } = await runFmt(['--stdout', file], options);
  // The first line that tk prints is a comment with the name of the file.
  const formatted = stdout.toString('utf8').split('\n').slice(1);
  const lines = (await readFile(file, 'utf8')).split('\n');
  const differs = lines.findIndex((text, index) => text !== formatted[index]);
  // Without any: a line break is missing at the end.
  const index = differs === -1 ? lines.length - 1 : differs;
  const [was = '', is = ''] = [lines[index], differs === -1 ? lines[index] : formatted[index]];
  let column = 0;
  while (column < was.length && was[column] === is[column]) column += 1;
  return { line: index + 1, column: Buffer.byteLength(was.slice(0, column)) + 1 };
}
