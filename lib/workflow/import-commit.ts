import { readFile, rm } from 'node:fs/promises';
import path from 'node:path';
import { editConfig } from '../config/edit-config.ts';
import { CONFIG_FILE } from '../config/load-config.ts';
import { replaceAll, type Replacement } from '../disk/replace-all.ts';
import { checkReplaceable, libraryDirectory, stageLibrary } from '../output/library-folder.ts';
import { libraryKey, printImportLock, type ImportLock } from '../sources/import-lock.ts';
import { PROJECT_LOCK } from '../sources/pinned-stores.ts';
import { JSONNETFILE } from '../tanka/jsonnetfile.ts';
import { checkLinkable, ensureVendor, unlinkLibraries } from '../tanka/vendor.ts';
import { checkUnchanged } from './import-files.ts';
import { isInPlace, type ImportJob, type ImportOutcome } from './import-outcome.ts';
import { inImportTurn } from './import-turn.ts';
import { running } from './project.ts';

/**
 * Writes all that an import comes to, or nothing: libraries, jsonnetfile.json, lib/k.libsonnet, tankard.yaml,
 * tankard.lock and the links in vendor/.
 *
 * @throws Failure `usage` when files of the user's are in the way, something cannot be written, or a file that the
 *   import is made from was changed meanwhile; as `ensureVendor`.
 */
export async function commitImport(job: ImportJob, outcome: ImportOutcome): Promise<void> {
  const { root, options } = job;
  const { made, removed } = outcome;
  const names = [...outcome.locked.keys()];
  const replaced = made.filter((one) => !isInPlace(one));
  for (const { name, disk } of replaced) checkReplaceable(name, disk);
  for (const name of names) await checkLinkable(root, name, libraryDirectory(root, name));
  const staged: { path: string; staged: string }[] = [];
  try {
    for (const { name, library, locked } of replaced) {
      const folder = await stageLibrary(root, name, library.files, libraryKey(locked));
      staged.push({ path: libraryDirectory(root, name), staged: folder });
      options.signal?.throwIfAborted();
    }
    const changes = [...staged, ...removals(root, removed), ...(await fileChanges(job, outcome))];
    await inImportTurn(root, async () => {
      checkUnchanged(root, job.files);
      await replaceAll(changes, async () => {
        // jb would remove these links, but only the next time that it runs; until then they lead nowhere.
        await unlinkLibraries(root, removed);
        await ensureVendor({ root, ...running(options) });
      });
    });
  } catch (error) {
    for (const { staged: folder } of staged)
      await rm(folder, { recursive: true, force: true }).catch(() => undefined);
    await unlinkLibraries(root, names);
    throw error;
  }
}

function removals(root: string, names: readonly string[]): Replacement[] {
  return names.map((name) => ({ path: libraryDirectory(root, name), removed: true }));
}

/** The committed files; the lock comes last, since it says that all the rest is there. */
async function fileChanges(
  { root, lock }: ImportJob,
  { locked, alias, jsonnetfile }: ImportOutcome,
): Promise<Replacement[]> {
  const dependencies = { path: path.join(root, JSONNETFILE), text: jsonnetfile };
  const config = { path: path.join(root, CONFIG_FILE), text: await newConfig(root, locked, alias) };
  const files = [dependencies, config].filter(hasText);
  const change = lockChange(root, lock, locked);
  return [
    ...files,
    ...(alias.replacement === undefined ? [] : [alias.replacement]),
    ...(change === undefined ? [] : [change]),
  ];
}

function hasText<File extends { text: string | undefined }>(
  file: File,
): file is File & { text: string } {
  return file.text !== undefined;
}

async function newConfig(
  root: string,
  locked: ImportLock,
  { setKubernetes }: ImportOutcome['alias'],
): Promise<string | undefined> {
  const before = await readFile(path.join(root, CONFIG_FILE), 'utf8').catch(() => undefined);
  const after = editConfig(before, {
    imports: new Map([...locked].map(([name, { source }]) => [name, source])),
    ...(setKubernetes === undefined ? {} : { kubernetes: setKubernetes }),
  });
  return after === before ? undefined : after;
}

function lockChange(root: string, before: ImportLock, after: ImportLock): Replacement | undefined {
  const text = printImportLock(after);
  if (printImportLock(before) === text) return undefined;
  const file = path.join(root, PROJECT_LOCK);
  return after.size === 0 ? { path: file, removed: true } : { path: file, text };
}
