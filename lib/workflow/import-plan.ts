import path from 'node:path';
import type { Config } from '../config/load-config.ts';
import { CONFIG_FILE } from '../config/load-config.ts';
import { Failure } from '../finding/failure.ts';
import { isLibraryName, type ImportLock } from '../sources/import-lock.ts';
import {
  defaultLibraryName,
  parseImportSource,
  printImportSource,
  type ImportSource,
} from '../sources/import-source.ts';
import type { LockedImport } from '../sources/locked-import.ts';
import type { SourceOptions } from '../sources/open-import.ts';
import { resolveImport } from '../sources/resolve-import.ts';

/** A source that a command was asked to import. */
export interface RequestedImport {
  /** As `parseImportSource` reads it; the path of a file or folder is relative to the working directory. */
  readonly source: string;
  /** Name of the library. @default that of the same source in tankard.yaml, else the source's own */
  readonly name?: string;
}

/** A library that there is to be. */
export interface PlannedImport {
  readonly name: string;
  readonly source: ImportSource;
  /** Whether this command was asked for it by name: then it is pinned anew. */
  readonly requested: boolean;
}

/**
 * The libraries that there are to be: those of tankard.yaml, and the requested ones.
 *
 * @returns in the order of tankard.yaml, new ones last.
 * @throws Failure `usage` for what is no source, or a name that cannot be one, is taken, or differs from another in case only.
 */
export function planImports(
  config: Pick<Config, 'imports'>,
  requested: readonly RequestedImport[],
  places: { readonly root: string; readonly cwd: string },
): PlannedImport[] {
  const planned = new Map<string, PlannedImport>();
  for (const [name, text] of config.imports)
    planned.set(checkedName(name, planned.keys()), {
      name,
      source: sourceOf(name, text, places.root),
      requested: false,
    });
  for (const { source: text, name } of requested) {
    const source = fromRoot(parseImportSource(text), places);
    const chosen = checkedName(name ?? nameOf(source, [...planned.values()]), planned.keys());
    const taken = planned.get(chosen);
    if (taken !== undefined && printImportSource(taken.source) !== printImportSource(source))
      throw nameTaken(chosen, taken.source);
    planned.set(chosen, { name: chosen, source, requested: true });
  }
  return [...planned.values()];
}

/**
 * What to pin for a library: what tankard.lock has, where that is still meant; local files and those of this package are
 * always looked at.
 *
 * @throws Failure as `resolveImport`.
 */
export async function pinImport(
  { name, source, requested }: PlannedImport,
  lock: ImportLock,
  options: SourceOptions,
): Promise<LockedImport> {
  const locked = lock.get(name);
  const isPinned = !requested && locked?.source === printImportSource(source);
  const isHere = source.type === 'files' || source.type === 'mixins';
  if (locked !== undefined && isPinned && !isHere) {
    const { kubernetes: _kubernetes, generator: _generator, sha256: _sha256, ...pinned } = locked;
    return pinned;
  }
  return resolveImport(source, options);
}

function sourceOf(name: string, text: string, root: string): ImportSource {
  try {
    return fromRoot(parseImportSource(text), { root, cwd: root });
  } catch (cause) {
    if (!(cause instanceof Failure)) throw cause;
    throw new Failure('usage', `${CONFIG_FILE}, imports.${name}: ${cause.message}`, {
      ...(cause.hint === undefined ? {} : { hint: cause.hint }),
      cause,
    });
  }
}

/** tankard.yaml has paths relative to the project root, whatever folder the command runs in. */
function fromRoot(
  source: ImportSource,
  { root, cwd }: { readonly root: string; readonly cwd: string },
): ImportSource {
  if (source.type !== 'files') return source;
  const absolute = path.resolve(cwd, source.path);
  const relative = path.relative(root, absolute).split(path.sep).join('/');
  if (relative !== '..' && !relative.startsWith('../') && !path.isAbsolute(relative))
    return { type: 'files', path: relative === '' ? '.' : relative };
  throw new Failure('usage', `${absolute} is outside the project ${root}`, {
    hint: 'Copy it into the project: whoever clones that could not restore the library otherwise.',
  });
}

function nameOf(source: ImportSource, planned: readonly PlannedImport[]): string {
  const text = printImportSource(source);
  const same = planned.find((one) => printImportSource(one.source) === text);
  return same?.name ?? defaultLibraryName(source);
}

function checkedName(name: string, others: Iterable<string>): string {
  if (isLibraryName(name)) {
    checkCase(name, others);
    return name;
  }
  throw new Failure('usage', `${JSON.stringify(name)} cannot be the name of a library`, {
    hint: 'Letters, digits, `.`, `_` and `-`, the first a letter or a digit: --name, or the key in tankard.yaml.',
  });
}

/** On macOS and Windows two such names are one folder. */
function checkCase(name: string, others: Iterable<string>): void {
  for (const other of others)
    if (other !== name && other.toLowerCase() === name.toLowerCase())
      throw new Failure('usage', `the libraries ${other} and ${name} differ in case only`, {
        hint: 'Not every file system tells them apart: give one another name, with --name or in tankard.yaml.',
      });
}

function nameTaken(name: string, source: ImportSource): Failure {
  return new Failure(
    'usage',
    `${CONFIG_FILE} already imports ${name}, from ${printImportSource(source)}`,
    { hint: 'Give another name with --name, or take that line out of tankard.yaml first.' },
  );
}
