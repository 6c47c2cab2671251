import { mkdir, symlink } from 'node:fs/promises';
import path from 'node:path';
import { execa } from 'execa';
import { expect } from 'vitest';
import { packageRoot } from '../../lib/disk/package-root.ts';
import manifest from '../../package.json' with { type: 'json' };
import { makeProject, SPEC } from '../tanka/project.ts';
import { fakeProgram, temporaryDirectory } from '../tools/fake-program.ts';

/** The repository. */
export const ROOT = packageRoot();
/** The built program. */
export const PROGRAM = path.join(ROOT, manifest.bin.tankard);

/** How a run of the program ended. */
export interface Outcome {
  readonly exitCode: number | undefined;
  readonly stdout: string;
  readonly stderr: string;
}

/** Where and how the program is run. */
export interface RunOptions {
  readonly cwd?: string;
  /** Added to the environment; undefined removes a variable. */
  readonly env?: Readonly<Record<string, string | undefined>>;
  /** What it reads from stdin. */
  readonly input?: string;
}

/** A line of a stack trace of Node; positions in Jsonnet files, which reports show, are none. */
const STACK_TRACE = /^\s+at .*(?:file:\/\/|node:|\.[cm]?[jt]s:\d)/m;

/** Runs the built program to its end. Whatever it is asked, it shows no stack trace. */
export async function tankard(args: readonly string[], options: RunOptions = {}): Promise<Outcome> {
  const { exitCode, stdout, stderr } = await execa(process.execPath, [PROGRAM, ...args], {
    cwd: options.cwd ?? ROOT,
    env: { TANKARD_TK: undefined, ...options.env },
    reject: false,
    ...(options.input === undefined ? { stdin: 'ignore' } : { input: options.input }),
    stripFinalNewline: false,
  });
  expect(stdout + stderr).not.toMatch(STACK_TRACE);
  return { exitCode, stdout, stderr };
}

/** As `tankard`, with what it printed to stdout as JSON. */
// oxlint-disable-next-line typescript/no-unnecessary-type-parameters -- what a test expects the JSON to be, to assert on
export async function tankardJson<Value>(
  args: readonly string[],
  options: RunOptions = {},
): Promise<Outcome & { readonly json: Value }> {
  const outcome = await tankard([...args, '--format', 'json'], options);
  return { ...outcome, json: JSON.parse(outcome.stdout) as Value };
}

/** The line and column, both from 1, at which `text` first stands in `source`. */
export function positionIn(source: string, text: string): { line: number; column: number } {
  const offset = source.indexOf(text);
  if (offset === -1) throw new Error(`${text} is not in the source`);
  const before = source.slice(0, offset).split('\n');
  return { line: before.length, column: Buffer.byteLength(before.at(-1) ?? '') + 1 };
}

const JSONNETFILE = JSON.stringify({
  version: 1,
  dependencies: [{ source: { local: { directory: 'libs/tankard' } }, version: '' }],
  legacyImports: true,
});

/**
 * Makes a project that has Tankard's library as a local dependency, linked as `jb install` does, and one
 * environment, `environments/x`.
 *
 * @param main its main.jsonnet.
 * @param files more files by path; they may replace those of the environment.
 * @returns the root, without links in it.
 */
export async function projectWith(
  main: string,
  files: Readonly<Record<string, string>> = {},
): Promise<string> {
  const root = await makeProject({
    'jsonnetfile.json': JSONNETFILE,
    'environments/x/main.jsonnet': main,
    'environments/x/spec.json': SPEC,
    ...files,
  });
  for (const folder of ['libs', 'vendor']) {
    await mkdir(path.join(root, folder), { recursive: true });
    await symlink(path.join(ROOT, 'jsonnet', 'tankard'), path.join(root, folder, 'tankard'));
  }
  return root;
}

/**
 * Writes a shell script that says it is the wanted tk.
 *
 * @param lines of sh, for every command but `--version`.
 * @returns the variables that make the program run it.
 */
export async function fakeTk(...lines: string[]): Promise<{ TANKARD_TK: string }> {
  const file = await fakeProgram(
    await temporaryDirectory(),
    'tk',
    'if [ "$1" = --version ]; then echo "tk version v0.38.0"; exit; fi',
    ...lines,
  );
  return { TANKARD_TK: file };
}
