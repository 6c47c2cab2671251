import { existsSync } from 'node:fs';
import path from 'node:path';

/**
 * The root of the git repository that a folder is in: code hosts know files by their paths below it.
 *
 * @param folder absolute.
 * @returns the nearest folder upwards that has `.git`, a file in worktrees; `folder` itself when there is none.
 */
export function repositoryRoot(folder: string): string {
  for (let current = folder; ; current = path.dirname(current)) {
    if (existsSync(path.join(current, '.git'))) return current;
    if (current === path.dirname(current)) return folder;
  }
}
