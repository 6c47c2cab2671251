import { createHash } from 'node:crypto';
import { generatedBanner, type OutputFile } from '../emit/file.ts';
import { emitLibrary } from '../emit/jsonnet/library/emit-library.ts';
import { uncheckedRules } from '../model/library/unchecked-rules.ts';
import type { UnexpressedKeyword } from '../model/node.ts';
import type { LockedImport } from '../sources/locked-import.ts';
import { MIXINS, readMixins } from '../sources/mixins.ts';
import { openLibrary, readRuntime, type LibraryOptions } from './open-library.ts';

/** A library in memory. */
export interface Library {
  /** Paths relative to the library's folder. */
  readonly files: readonly OutputFile[];
  /** Minor version whose metadata its kinds have; undefined where the source has its own. */
  readonly kubernetes: string | undefined;
  /** What of the schemas the library cannot express, sorted by keyword. */
  readonly unexpressed: readonly UnexpressedKeyword[];
}

/** Version of what makes the files: raised with every change of them. */
export const LIBRARY_GENERATOR = '1';

/**
 * Makes a library from a pinned import; the mixins are copied from this package.
 *
 * @param name of the library.
 * @throws Failure as `openImport`.
 */
export async function makeLibrary(
  name: string,
  locked: LockedImport,
  options: LibraryOptions,
): Promise<Library> {
  if (locked.source === MIXINS) return copyMixins();
  const { library, handWritten, kubernetes } = await openLibrary(name, locked, options);
  const files = emitLibrary(library, {
    banner: generatedBanner(locked.source, sourceHash(locked)),
    handWritten,
    runtime: await readRuntime(kubernetes === undefined),
  });
  const unexpressed = [...library.api.unexpressed, ...uncheckedRules(library.api)].sort(byKeyword);
  return { files, kubernetes, unexpressed };
}

async function copyMixins(): Promise<Library> {
  const files = [...(await readMixins())].map(([file, text]) => ({ path: file, text }));
  return { files, kubernetes: undefined, unexpressed: [] };
}

function byKeyword(left: UnexpressedKeyword, right: UnexpressedKeyword): number {
  return left.keyword < right.keyword ? -1 : 1;
}

/** Of what is pinned alone: a lock has more, such as the hash of these very files. */
function sourceHash({ source, modules, files, server }: LockedImport): string {
  const pinned = JSON.stringify([source, modules, files, server]);
  return createHash('sha256').update(pinned).digest('hex');
}
