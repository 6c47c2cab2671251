import path from 'node:path';
import pMap from 'p-map';
import { FINDING_CODES } from '../finding/codes.ts';
import type { Finding } from '../finding/finding.ts';
import { shownPath } from '../finding/shown-path.ts';
import type { FilesOptions } from './format.ts';
import { runTk, unexpectedEnd } from './run-tk.ts';
import { parseLeadingPosition } from './stack-trace.ts';

/**
 * Files of one run of tk: a file that imports a library of Kubernetes takes some 3 s, so that the time limit of a run is for
 * minutes and not for a project.
 */
const FILES_OF_A_RUN = 10;

/**
 * Messages that are no reason to change the file: tk lints a file without the environment that imports it, so it does not find
 * what stands beside that one's main.jsonnet. A render says it when an import is missing.
 */
const NOT_OF_THE_FILE = /^couldn't open import /;

/**
 * Looks for mistakes in Jsonnet files that a render need not show, by `tk lint`: unused variables, fields that an object does
 * not have, calls with the wrong arguments. tk infers types, and evaluates nothing.
 *
 * @param files absolute paths of files that parse; tk's own exceptions, such as vendor/, do not hold for them.
 * @returns `jsonnet/lint`, sorted by file, line and column; `environment` is the path of the file below the root.
 * @throws Failure `tool` and `interrupted` as `runTk`.
 */
export async function lintFiles(
  files: readonly string[],
  options: FilesOptions,
): Promise<Finding[]> {
  const runs: string[][] = [];
  for (let start = 0; start < files.length; start += FILES_OF_A_RUN)
    runs.push(files.slice(start, start + FILES_OF_A_RUN));
  const { concurrency } = options;
  const found = await pMap(runs, (some) => lintSome(some, options), { concurrency });
  return found.flat().sort(byPlace);
}

async function lintSome(files: readonly string[], options: FilesOptions): Promise<Finding[]> {
  const { tk, root, timeoutMs, signal } = options;
  const purpose = 'linting Jsonnet';
  const output = await runTk({
    tk,
    root,
    // The runs themselves are parallel; more would multiply the memory.
    args: ['lint', '--log-level=error', '--parallelism=1', ...files],
    purpose,
    ...(timeoutMs === undefined ? {} : { timeoutMs }),
    ...(signal === undefined ? {} : { signal }),
  });
  if (output.exitCode === 0) return [];
  const said = output.stdout
    .toString('utf8')
    .split('\n')
    .flatMap((line) => toFinding(line, files, root));
  if (said.length === 0) throw unexpectedEnd(purpose, output);
  return said.filter(({ message }) => !NOT_OF_THE_FILE.test(message) && !isOfImport(message));
}

/** A line that begins with a place in one of the files; the others quote the source. */
function toFinding(text: string, files: readonly string[], root: string): Finding[] {
  const found = parseLeadingPosition(text);
  const file = found && files.find((one) => one === path.resolve(root, found.frame.file));
  if (found === undefined || file === undefined) return [];
  const { line, column } = found.frame;
  return [
    {
      code: 'jsonnet/lint',
      severity: FINDING_CODES['jsonnet/lint'].severity,
      environment: shownPath(file, root),
      message: found.message,
      location: { file, line, column, certainty: 'exact' },
    },
  ];
}

/** A file that it imports cannot be parsed: that is said of that file. */
function isOfImport(message: string): boolean {
  return parseLeadingPosition(message) !== undefined;
}

function byPlace({ location: left }: Finding, { location: right }: Finding): number {
  if (left === undefined || right === undefined) return 0;
  if (left.file !== right.file) return left.file < right.file ? -1 : 1;
  return left.line - right.line || left.column - right.column;
}
