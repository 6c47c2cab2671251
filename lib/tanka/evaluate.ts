import { mkdir, mkdtemp, realpath, rm, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import pMap from 'p-map';
import { Failure } from '../finding/failure.ts';
import type { Tool } from '../tools/tool.ts';
import { evaluationKey, keepOutputs, keptOutputs, type ProgramOutput } from './kept-outputs.ts';
import { errorText } from './parse-error.ts';
import { runTk, unexpectedEnd } from './run-tk.ts';
import { parseLeadingPosition, parseStackTrace } from './stack-trace.ts';

/** What evaluating a program gave: its value, or the message of the error that stopped it. */
export type Evaluation =
  | { readonly value: unknown; readonly error?: never }
  | { readonly value?: never; readonly error: string };

/** What `evaluatePrograms` is given. */
export interface EvaluationOptions {
  readonly tk: Pick<Tool, 'origin' | 'path'>;
  /** Texts by path, relative to the project, with `/`: what the programs import. */
  readonly files: ReadonlyMap<string, string>;
  /** What each program starts with, such as an import of one of the files. */
  readonly header: string;
  /** What is being done, for messages. */
  readonly purpose: string;
  /** Time limit of one program. @default 300_000 */
  readonly timeoutMs?: number;
  readonly signal?: AbortSignal;
}

/** What the programs gave. */
export interface Evaluations {
  /** In the order of the programs. */
  readonly evaluations: readonly Evaluation[];
  /**
   * Keeps what tk printed in the cache, so that the same is not evaluated again. To be called once the evaluations
   * are what they should be: an error may have come from the machine.
   */
  readonly keep: () => Promise<void>;
}

/**
 * Evaluates Jsonnet programs in a Tanka project that is made of some files and then removed, as many at a time as
 * there are processors.
 *
 * @throws Failure `tool` when tk does not run to its end or writes no JSON, `interrupted` when the signal was aborted. A program that
 *   fails is a result.
 */
export async function evaluatePrograms(
  programs: readonly string[],
  options: EvaluationOptions,
): Promise<Evaluations> {
  const key = evaluationKey(programs, options);
  const kept = key === undefined ? undefined : keptOutputs(key);
  const outputs = kept ?? (await runPrograms(programs, options));
  return {
    evaluations: outputs.map((output) => evaluationOf(output, options.purpose)),
    keep: async () => {
      if (key !== undefined && kept === undefined) await keepOutputs(key, outputs);
    },
  };
}

async function runPrograms(
  programs: readonly string[],
  options: EvaluationOptions,
): Promise<ProgramOutput[]> {
  // tk wants the real path: the temporary folder of macOS is a link.
  const root = await realpath(await mkdtemp(path.join(os.tmpdir(), 'tankard-')));
  try {
    const sources = programs.map((text, index): [string, string] => [
      `${index}.jsonnet`,
      options.header + text,
    ]);
    await writeFiles(root, [['jsonnetfile.json', '{}'], ...options.files, ...sources]);
    return await pMap(sources, ([file]) => runProgramFile(file, root, options), {
      concurrency: os.availableParallelism(),
    });
  } finally {
    await rm(root, { recursive: true, force: true });
  }
}

async function writeFiles(
  root: string,
  files: readonly (readonly [string, string])[],
): Promise<void> {
  for (const [name, text] of files) {
    const file = path.join(root, name);
    await mkdir(path.dirname(file), { recursive: true });
    await writeFile(file, text);
  }
}

async function runProgramFile(
  file: string,
  root: string,
  { tk, ...options }: EvaluationOptions,
): Promise<ProgramOutput> {
  const args = ['eval', file, '--log-level=error'];
  const output = await runTk({ ...options, tk: tk.path, root, args });
  return { ...output, stdout: output.stdout.toString('utf8') };
}

function evaluationOf(output: ProgramOutput, purpose: string): Evaluation {
  if (output.exitCode === 0) return { value: parseOutput(output.stdout, purpose) };
  const text = errorText(output.stderr);
  if (text === undefined)
    throw unexpectedEnd(purpose, { ...output, stdout: Buffer.from(output.stdout) });
  return { error: messageOf(text) };
}

function parseOutput(stdout: string, purpose: string): unknown {
  try {
    return JSON.parse(stdout);
  } catch (cause) {
    throw new Failure('tool', `${purpose}: tk ended without an error, but wrote no JSON`, {
      hint: 'Run tankard doctor: it says which tk is used, and from where.',
      cause,
    });
  }
}

/** Without the place: the files lie in a folder that is gone when the message is read. */
function messageOf(text: string): string {
  const [, raised = text] = /^evaluating jsonnet: (?:RUNTIME ERROR: )?([\s\S]*)$/.exec(text) ?? [];
  const { message } = parseStackTrace(raised);
  return parseLeadingPosition(message)?.message ?? message;
}
