import { accessSync, constants, statSync } from 'node:fs';
import path from 'node:path';

/**
 * Finds a program as a shell does: a name in the folders of `PATH`, anything with a separator as a path.
 *
 * @returns an absolute path of an executable file, or undefined.
 */
export function findExecutable(
  name: string,
  environment: NodeJS.ProcessEnv = process.env,
): string | undefined {
  return candidates(name, environment).find(isExecutable);
}

function candidates(name: string, environment: NodeJS.ProcessEnv): string[] {
  const windows = process.platform === 'win32';
  const suffixes = windows ? ['', ...(environment['PATHEXT'] ?? '.EXE;.CMD').split(';')] : [''];
  const isPath = name.includes('/') || (windows && name.includes('\\'));
  const folders = isPath ? [''] : (environment['PATH'] ?? '').split(path.delimiter);
  return folders.flatMap((folder) => suffixes.map((suffix) => path.resolve(folder, name + suffix)));
}

/** Whether `file` is a regular file, or a link to one, that this user may execute. */
function isExecutable(file: string): boolean {
  try {
    if (!statSync(file).isFile()) return false;
    accessSync(file, constants.X_OK);
    return true;
  } catch {
    // Absent or not ours to run: either way it is not the program that is sought.
    return false;
  }
}
