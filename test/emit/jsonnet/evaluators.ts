import { mkdir, mkdtemp, readFile, realpath, rm, symlink, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll } from 'vitest';
import { packageRoot } from '../../../lib/disk/package-root.ts';
import { ensureTool } from '../../../lib/tools/ensure-tool.ts';
import { runProgram } from '../../../lib/tools/run-program.ts';

/** What evaluating gave: the value, or what the evaluator said to stderr. */
export type Evaluation =
  { readonly value: unknown; readonly error?: never } | { readonly error: string };

/** Programs that work on text of a Tanka project which has the tankard library in vendor. */
export interface Evaluators {
  /** `tk eval`, with Tanka's native functions. */
  readonly tanka: (jsonnet: string) => Promise<Evaluation>;
  /** go-jsonnet's own `jsonnet`, which has no native functions. */
  readonly plain: (jsonnet: string) => Promise<Evaluation>;
  /** What `tk fmt` makes of the text. @throws Error when it does not parse. */
  readonly format: (jsonnet: string) => Promise<string>;
  /** What `tk lint` says; empty when it has no complaint. */
  readonly lint: (jsonnet: string) => Promise<string>;
}

/** Makes the project before the tests of a file and removes it after them. */
export function useEvaluators(): Evaluators {
  let root = '';
  let tk = '';
  let jsonnet = '';
  let files = 0;
  beforeAll(async () => {
    root = await realpath(await mkdtemp(path.join(os.tmpdir(), 'tankard-test-')));
    await writeFile(path.join(root, 'jsonnetfile.json'), '{"version":1,"dependencies":[]}');
    await mkdir(path.join(root, 'vendor'));
    await symlink(path.join(packageRoot(), 'jsonnet/tankard'), path.join(root, 'vendor/tankard'));
    tk = (await ensureTool('tk')).path;
    jsonnet = (await ensureTool('jsonnet')).path;
  }, 600_000);
  afterAll(() => rm(root, { recursive: true, force: true }));

  const write = async (text: string): Promise<string> => {
    const file = path.join(root, `${(files += 1)}.jsonnet`);
    await writeFile(file, text);
    return file;
  };
  const run = (program: string, ...args: readonly string[]) =>
    runProgram({ file: program, args, cwd: root });
  const evaluate = async (program: string, ...args: readonly string[]): Promise<Evaluation> => {
    const { exitCode, stdout, stderr } = await run(program, ...args);
    return exitCode === 0 ? { value: JSON.parse(stdout.toString('utf8')) } : { error: stderr };
  };
  return {
    tanka: async (text) => evaluate(tk, 'eval', await write(text)),
    plain: async (text) => evaluate(jsonnet, '-J', 'vendor', await write(text)),
    format: async (text) => {
      const file = await write(text);
      const { exitCode, stderr } = await run(tk, 'fmt', file);
      if (exitCode !== 0) throw new Error(stderr);
      return readFile(file, 'utf8');
    },
    lint: async (text) => {
      const { exitCode, stdout, stderr } = await run(tk, 'lint', await write(text));
      return exitCode === 0 ? '' : stdout.toString('utf8') + stderr;
    },
  };
}

/**
 * The value of an expression that has to evaluate.
 *
 * @throws Error with what the evaluator said when it does not.
 */
export function valueOf(evaluation: Evaluation): unknown {
  if (evaluation.error !== undefined) throw new Error(evaluation.error);
  return evaluation.value;
}
