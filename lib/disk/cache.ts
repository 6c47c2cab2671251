import { mkdirSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { Failure } from '../finding/failure.ts';

/**
 * The folder in which Tankard keeps what is slow to make: built tools, schemas, compiled validators.
 * `TANKARD_CACHE`, else `$XDG_CACHE_HOME/tankard`, else `~/.cache/tankard`.
 *
 * @returns an absolute path; the folder need not exist.
 * @throws Failure `usage` when no variable is set and the user has no home directory.
 */
export function cacheRoot(environment: NodeJS.ProcessEnv = process.env): string {
  const own = environment['TANKARD_CACHE'];
  if (own !== undefined && own !== '') return path.resolve(own);
  const xdg = environment['XDG_CACHE_HOME'];
  // The XDG base directory specification: a relative path in the variable is to be ignored.
  if (xdg !== undefined && path.isAbsolute(xdg)) return path.join(xdg, 'tankard');
  return path.join(homeDirectory(), '.cache', 'tankard');
}

function homeDirectory(): string {
  try {
    return os.homedir();
  } catch (cause) {
    throw new Failure(
      'usage',
      'the user has no home directory, so there is no place for the cache',
      {
        hint: 'Set HOME, or TANKARD_CACHE to a folder that can be written.',
        cause,
      },
    );
  }
}

/**
 * A folder of the cache, made when absent and private to the user, since code is run from it.
 *
 * @param segments path below the cache root, such as `('tools', 'tk-v0.38.0-1a2b3c')`.
 * @throws Failure `usage` when it cannot be made.
 */
export function cacheDirectory(...segments: string[]): string {
  const directory = path.join(cacheRoot(), ...segments);
  try {
    mkdirSync(directory, { recursive: true, mode: 0o700 });
  } catch (cause) {
    throw new Failure(
      'usage',
      `cannot create the cache folder ${directory}: ${(cause as Error).message}`,
      {
        hint: 'Make it writable, or set TANKARD_CACHE to a folder that is.',
        cause,
      },
    );
  }
  return directory;
}
