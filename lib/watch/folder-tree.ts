import { readdirSync, statSync } from 'node:fs';
import path from 'node:path';
import type { PlaceFinder } from './places.ts';

/** What is below a folder. */
export interface FolderTree {
  /** Absolute paths as reached. */
  readonly files: ReadonlySet<string>;
  /** The folder itself and those below, without links. */
  readonly folders: ReadonlySet<string>;
}

/** Folders that no chart has its files in. */
const SKIPPED = new Set(['.git', 'node_modules']);

/**
 * Lists a folder with all below. Links are followed; a folder that is reached twice is listed once. What cannot be read
 * is left out.
 *
 * @param folder absolute path of what need not exist.
 */
export function listTree(folder: string, finder: PlaceFinder): FolderTree {
  const files = new Set<string>();
  const folders = new Set<string>();
  const waiting = [folder];
  for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
    const { real } = finder.find(next);
    if (real === undefined || folders.has(real)) continue;
    const names = namesIn(real);
    if (names === undefined) continue;
    folders.add(real);
    for (const name of names) {
      const entry = path.join(next, name);
      if (!isFolder(entry)) files.add(entry);
      else if (!SKIPPED.has(name)) waiting.push(entry);
    }
  }
  return { files, folders };
}

function namesIn(folder: string): string[] | undefined {
  try {
    return readdirSync(folder);
  } catch {
    return undefined;
  }
}

/** Whether a path leads to a folder. */
export function isFolder(file: string): boolean {
  try {
    return statSync(file, { throwIfNoEntry: false })?.isDirectory() === true;
  } catch {
    return false;
  }
}
