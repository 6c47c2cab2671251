import { lstatSync, mkdirSync, renameSync, rmSync } from 'node:fs';
import path from 'node:path';
import { Failure } from '../../finding/failure.ts';

/**
 * Which of these are in a folder already.
 *
 * @param root absolute path; it need not exist.
 * @param entries files and folders relative to it, with `/`.
 */
export function takenEntries(root: string, entries: readonly string[]): string[] {
  return entries.filter(
    (entry) => lstatSync(path.join(root, entry), { throwIfNoEntry: false }) !== undefined,
  );
}

/**
 * Moves files and folders to a place where none of them is yet: all of them or none. Nothing else runs in this process
 * meanwhile, so that Ctrl-C comes before or after it.
 *
 * @param staged where they are; absolute, on the same disk.
 * @param root where they are to be; absolute, it exists.
 * @param entries relative to both, with `/`.
 * @throws Failure `usage` when one is there meanwhile, or cannot be moved.
 */
export function placeEntries(staged: string, root: string, entries: readonly string[]): void {
  const undo: (() => void)[] = [];
  try {
    for (const entry of entries) {
      const target = path.join(root, entry);
      const [taken] = takenEntries(root, [entry]);
      if (taken !== undefined) throw new Error(`${taken} was made meanwhile`);
      const made = mkdirSync(path.dirname(target), { recursive: true });
      if (made !== undefined) undo.push(() => rmSync(made, { recursive: true }));
      renameSync(path.join(staged, entry), target);
      undo.push(() => renameSync(target, path.join(staged, entry)));
    }
  } catch (cause) {
    for (const step of undo.reverse()) step();
    throw new Failure('usage', `cannot write ${root}: ${(cause as Error).message}`, {
      hint: 'Nothing was changed. Check that the folder is writable, and run it again.',
      cause,
    });
  }
}
