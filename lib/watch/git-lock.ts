import { readFileSync, type Stats, statSync } from 'node:fs';
import path from 'node:path';
import { ancestors } from '../tanka/project.ts';

/**
 * The file that exists while git changes the working tree that a folder is in.
 *
 * @param folder absolute path.
 * @returns undefined outside a repository.
 */
export function findGitLock(folder: string): string | undefined {
  for (const directory of ancestors(folder)) {
    const git = path.join(directory, '.git');
    const stats = statsOf(git);
    if (stats?.isDirectory() === true) return path.join(git, LOCK);
    if (stats?.isFile() === true) return path.join(linkedFolder(directory, git), LOCK);
  }
  return undefined;
}

const LOCK = 'index.lock';

/** Of a worktree or submodule. Source: gitrepository-layout(5), "gitfile". */
function linkedFolder(directory: string, git: string): string {
  try {
    const target = /^gitdir: (.*)$/m.exec(readFileSync(git, 'utf8'))?.[1] ?? '';
    return path.resolve(directory, target);
  } catch {
    return git;
  }
}

/**
 * Whether git is changing the working tree. A lock that a killed git left behind does not count.
 *
 * @param lock what `findGitLock` gave.
 * @param longestMs how old a lock may be, in milliseconds.
 */
export function isLocked(lock: string | undefined, longestMs: number): boolean {
  if (lock === undefined) return false;
  const stats = statsOf(lock);
  return stats !== undefined && Date.now() - stats.mtimeMs < longestMs;
}

function statsOf(file: string): Stats | undefined {
  try {
    return statSync(file, { throwIfNoEntry: false });
  } catch {
    // What may not be seen is not git's of this user.
    return undefined;
  }
}
