import { lstat, mkdir, readFile, rename, rm } from 'node:fs/promises';
import path from 'node:path';
import { Failure } from '../finding/failure.ts';
import { temporaryBeside } from './temporary-beside.ts';
import { writeWhole } from './write-whole.ts';

/** One change on disk; paths absolute. */
export type Replacement =
  /** A file gets this text. */
  | { readonly path: string; readonly text: string }
  /** A folder takes the place of `path`; it lies on the same disk. When the changes fail, it goes. */
  | { readonly path: string; readonly staged: string }
  /** A file, a folder or a link goes; none need be there. */
  | { readonly path: string; readonly removed: true };

type Undo = () => Promise<unknown>;

/**
 * Makes all of the changes or none, in their order.
 *
 * @param confirm runs after them; when it throws, they are undone.
 * @throws Failure `usage` naming what could not be changed; whatever `confirm` throws.
 */
export async function replaceAll(
  replacements: readonly Replacement[],
  confirm: () => Promise<void> = async () => undefined,
): Promise<void> {
  const undo: Undo[] = [];
  const leftovers: string[] = [];
  try {
    for (const replacement of replacements)
      if ('text' in replacement) await replaceFile(replacement, undo);
      else await moveAway(replacement, undo, leftovers);
    await confirm();
  } catch (error) {
    for (const step of undo.reverse()) await step().catch(() => undefined);
    // Not what was moved away: where it could not be put back, it is all that is left.
    await removeFolders(replacements.flatMap((one) => ('staged' in one ? [one.staged] : [])));
    throw error;
  }
  await removeFolders(leftovers);
}

async function removeFolders(folders: readonly string[]): Promise<void> {
  for (const folder of folders)
    await rm(folder, { recursive: true, force: true }).catch(() => undefined);
}

async function replaceFile(
  { path: file, text }: { readonly path: string; readonly text: string },
  undo: Undo[],
): Promise<void> {
  const before = await readFile(file).catch(() => undefined);
  await writeWhole(file, text);
  undo.push(() => (before === undefined ? rm(file) : writeWhole(file, before)));
}

async function moveAway(
  replacement: { readonly path: string; readonly staged?: string },
  undo: Undo[],
  leftovers: string[],
): Promise<void> {
  const { path: target, staged } = replacement;
  const old = temporaryBeside(target);
  try {
    if (await isThere(target)) {
      await rename(target, old);
      leftovers.push(old);
      undo.push(() => rename(old, target));
    }
    if (staged === undefined) return;
    await mkdir(path.dirname(target), { recursive: true });
    await rename(staged, target);
    undo.push(() => rm(target, { recursive: true }));
  } catch (cause) {
    throw new Failure('usage', `cannot replace ${target}: ${(cause as Error).message}`, {
      hint: 'Check that its folder is writable.',
      cause,
    });
  }
}

async function isThere(target: string): Promise<boolean> {
  return lstat(target).then(
    () => true,
    () => false,
  );
}
