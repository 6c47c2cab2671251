import { existsSync } from 'node:fs';
import { readdir, readFile, stat } from 'node:fs/promises';
import path from 'node:path';
import { Failure } from '../finding/failure.ts';
import { ChangedSource } from './changed-source.ts';
import { fileChecksum } from './checksum.ts';
import type { LockedFile } from './module-lock.ts';
import { mentionsCrd } from './mentions-crd.ts';

/** The files of a project that have CRDs. */
export interface ProjectFiles {
  /** By their path from the project root, with `/`, in code point order. */
  readonly texts: ReadonlyMap<string, string>;
  readonly locked: readonly LockedFile[];
  /** How many YAML and JSON files of a folder have none. */
  readonly passedOver: number;
}

const MOST_BYTES = 64 * 1024 * 1024;

/**
 * Reads a file, or the YAML and JSON files of a folder and the folders in it that mention CRDs; names that start with
 * a dot and `node_modules` are left out.
 *
 * @param root the project root, absolute.
 * @param given relative to it, with `/`.
 * @throws Failure `usage` when there is nothing that can be read.
 */
export async function readProjectFiles(root: string, given: string): Promise<ProjectFiles> {
  const found = await stat(path.join(root, given)).catch((cause: unknown) => {
    throw unreadable(root, given, cause);
  });
  const names = found.isDirectory() ? await listFiles(root, given) : [given];
  const texts = new Map<string, string>();
  const locked: LockedFile[] = [];
  for (const file of names) {
    const bytes = await readWhole(root, file);
    const text = bytes.toString('utf8');
    if (found.isDirectory() && !mentionsCrd(text)) continue;
    texts.set(file, text);
    locked.push({ file, sha256: fileChecksum(bytes) });
  }
  return { texts, locked, passedOver: names.length - texts.size };
}

/**
 * Reads the files of a project as {@link readProjectFiles} does, and compares them with those that its lock pins.
 *
 * @throws ChangedSource that names the first file that is new, gone or another.
 */
export async function checkProjectFiles(
  root: string,
  given: string,
  wanted: readonly LockedFile[],
): Promise<ProjectFiles> {
  if (!existsSync(path.join(root, given))) throw new ChangedSource(`${given} is gone`);
  const found = await readProjectFiles(root, given);
  checkUnchanged(root, wanted, found.locked);
  return found;
}

function checkUnchanged(
  root: string,
  wanted: readonly LockedFile[],
  found: readonly LockedFile[],
): void {
  const sums = new Map(found.map(({ file, sha256 }) => [file, sha256]));
  for (const { file, sha256 } of wanted) {
    const sum = sums.get(file);
    // One that is there, but not among those found, has no CRDs any more.
    if (sum === undefined && !existsSync(path.join(root, file)))
      throw new ChangedSource(`${file} is gone`);
    if (sum !== sha256) throw new ChangedSource(`${file} changed`);
    sums.delete(file);
  }
  const [added] = sums.keys();
  if (added !== undefined) throw new ChangedSource(`${added} was added`);
}

async function listFiles(root: string, folder: string): Promise<string[]> {
  const found: string[] = [];
  const entries = await readdir(path.join(root, folder), { withFileTypes: true }).catch(
    (cause: unknown) => {
      throw unreadable(root, folder, cause);
    },
  );
  for (const entry of entries) {
    const name = path.posix.join(folder, entry.name);
    if (entry.name.startsWith('.') || entry.name === 'node_modules') continue;
    if (entry.isDirectory()) found.push(...(await listFiles(root, name)));
    // What a link leads to is read; a linked folder may lead back here.
    else if (/\.(?:ya?ml|json)$/i.test(entry.name) && (await isFile(root, name))) found.push(name);
  }
  return found.sort();
}

async function isFile(root: string, file: string): Promise<boolean> {
  return stat(path.join(root, file)).then(
    (found) => found.isFile(),
    () => false,
  );
}

async function readWhole(root: string, file: string): Promise<Buffer> {
  try {
    const { size } = await stat(path.join(root, file));
    if (size > MOST_BYTES) throw new Error(`it has more than ${MOST_BYTES / 1024 / 1024} MiB`);
    return await readFile(path.join(root, file));
  } catch (cause) {
    throw unreadable(root, file, cause);
  }
}

function unreadable(root: string, file: string, cause: unknown): Failure {
  const missing = (cause as NodeJS.ErrnoException).code === 'ENOENT';
  const reason = missing ? 'there is no such file or folder' : (cause as Error).message;
  return new Failure('usage', `cannot read ${file}: ${reason}`, {
    ...(missing && { hint: `The path is taken from the project root, ${root}.` }),
    cause,
  });
}
