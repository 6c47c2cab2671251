import path from 'node:path';
import { digest, readFromCache, writeIfPossible } from '../disk/compiled-code.ts';
import type { Tool } from '../tools/tool.ts';
import type { TkOutput } from './run-tk.ts';

/** What tk wrote when it evaluated a program. Kept as it came: how it is read may change. */
export interface ProgramOutput extends Omit<TkOutput, 'stdout'> {
  readonly stdout: string;
}

const FOLDER = 'evaluations';

/** Programs that may read what is not part of the key: other files, and charts by the native functions of Tanka. */
const READS_FILES = /import|native/;
/** A file of the library that imports from outside the project. */
const IMPORTS_ABSOLUTE = /\bimport\s*["']\//;

/** All that decides what programs give. */
interface EvaluationInput {
  readonly tk: Pick<Tool, 'origin' | 'path'>;
  readonly files: ReadonlyMap<string, string>;
  readonly header: string;
}

/**
 * The name in the cache for what programs give: a hash of all that goes in.
 *
 * @returns undefined when something may go in that is not known: programs that may read other files, or a tk that
 *   Tankard did not build, which may be another program behind the same path.
 */
export function evaluationKey(
  programs: readonly string[],
  { tk, files, header }: EvaluationInput,
): string | undefined {
  const isOpen =
    tk.origin !== 'cache' ||
    programs.some((program) => READS_FILES.test(program)) ||
    [...files.values()].some((text) => IMPORTS_ABSOLUTE.test(text));
  if (isOpen) return undefined;
  // The folder of a build is named for its version, its sources and its platform.
  const build = path.basename(path.dirname(tk.path));
  return digest(JSON.stringify([build, [...files], header, programs]));
}

/** What tk wrote, from the cache; undefined when it is not there, or is not what was written. */
export function keptOutputs(key: string): ProgramOutput[] | undefined {
  const [hash, json = ''] = readFromCache(FOLDER, key)?.toString('utf8').split('\n', 2) ?? [];
  return hash === digest(json) ? (JSON.parse(json) as ProgramOutput[]) : undefined;
}

/** Puts what tk wrote into the cache; a cache that cannot be written is no error. */
export async function keepOutputs(key: string, outputs: readonly ProgramOutput[]): Promise<void> {
  const json = JSON.stringify(outputs);
  await writeIfPossible(FOLDER, key, `${digest(json)}\n${json}`);
}
