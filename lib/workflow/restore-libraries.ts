import { replaceAll } from '../disk/replace-all.ts';
import { Failure } from '../finding/failure.ts';
import {
  checkReplaceable,
  inspectLibrary,
  LIBRARIES_FOLDER,
  libraryDirectory,
  libraryHash,
  readLibraryKey,
  stageLibrary,
} from '../output/library-folder.ts';
import { MIXINS } from '../sources/mixins.ts';
import { libraryKey, type LockedLibrary } from '../sources/import-lock.ts';
import { PROJECT_LOCK } from '../sources/pinned-stores.ts';
import { LIBRARY_GENERATOR, makeLibrary, type Library } from './make-library.ts';
import { running, type ProjectOptions } from './project.ts';

/**
 * Makes libraries as tankard.lock pins them, each whole or not at all.
 *
 * @param root project root, absolute.
 * @throws Failure `stale` when this version of Tankard makes other files; `usage` when they are not what is pinned for
 *   another reason, or a folder holds files of the user's; as `openImport`.
 */
export async function restore(
  root: string,
  libraries: ReadonlyMap<string, LockedLibrary>,
  options: Pick<ProjectOptions, 'onProgress' | 'signal'>,
): Promise<void> {
  for (const [name, locked] of libraries) {
    checkReplaceable(name, await inspectLibrary(root, name));
    options.onProgress?.(`restoring ${LIBRARIES_FOLDER}/${name} from ${PROJECT_LOCK}`);
    const library = await makeLibrary(name, locked, {
      root,
      kubernetes: locked.kubernetes,
      ...running(options),
    });
    options.signal?.throwIfAborted();
    checkPinned(name, locked, library);
    await place(root, name, locked, library);
  }
}

/**
 * @throws Failure `stale` or `usage` when a library is not what tankard.lock pins.
 */
function checkPinned(name: string, locked: LockedLibrary, { files }: Library): void {
  const sha256 = libraryHash(files);
  if (sha256 === locked.sha256) return;
  // The mixins are made when Tankard is: others are another version's.
  if (locked.generator === LIBRARY_GENERATOR && locked.source !== MIXINS)
    throw notPinned(name, locked, sha256);
  throw new Failure(
    'stale',
    `the library ${name} was made by another version of tankard, and this one makes other files`,
    { hint: `Run \`tankard import\` and commit ${PROJECT_LOCK}.` },
  );
}

/** A library that comes out otherwise than its lock says, for no reason that Tankard knows. */
export function notPinned(name: string, locked: LockedLibrary, sha256: string): Failure {
  return new Failure(
    'usage',
    `the library ${name} is not what ${PROJECT_LOCK} pins: wanted sha256 ${locked.sha256}, got ${sha256}`,
    {
      hint: `Restore ${PROJECT_LOCK} from version control; or pin it anew: \`tankard import ${locked.source}\`.`,
    },
  );
}

async function place(
  root: string,
  name: string,
  locked: LockedLibrary,
  { files }: Library,
): Promise<void> {
  const key = libraryKey(locked);
  const staged = await stageLibrary(root, name, files, key);
  try {
    await replaceAll([{ path: libraryDirectory(root, name), staged }]);
  } catch (error) {
    // Another command may have restored it at the same time.
    if (readLibraryKey(root, name) !== key) throw error;
  }
}
