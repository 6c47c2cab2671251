import { readdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import pMap from 'p-map';

/** Folders whose files are not the user's own. */
const FOREIGN = new Set(['vendor', 'node_modules', '.tankard', '.git']);
const CONCURRENCY = 16;

/**
 * The Jsonnet that comments may accept findings in: that of the folders, and the files themselves.
 *
 * @param folders absolute paths; one that does not exist has none.
 * @param files absolute paths of what findings were located in.
 * @returns texts by absolute path; a file that cannot be read is left out.
 */
export async function readSources(
  folders: readonly string[],
  files: readonly string[],
): Promise<Map<string, string>> {
  const found = await Promise.all(folders.map(jsonnetBelow));
  const all = [...new Set([...found.flat(), ...files])];
  const texts = await pMap(all, readIfThere, { concurrency: CONCURRENCY });
  return new Map(
    all.flatMap((file, index) => {
      const text = texts[index];
      return text === undefined ? [] : [[file, text]];
    }),
  );
}

async function jsonnetBelow(folder: string): Promise<string[]> {
  const entries = await readdir(folder, { withFileTypes: true }).catch(() => []);
  const isOwn = (name: string): boolean => !FOREIGN.has(name);
  const folders = entries.filter((entry) => entry.isDirectory() && isOwn(entry.name));
  const nested = await Promise.all(
    folders.map(({ name }) => jsonnetBelow(path.join(folder, name))),
  );
  const files = entries.filter(({ name }) => /\.(jsonnet|libsonnet)$/.test(name));
  return [...files.map(({ name }) => path.join(folder, name)), ...nested.flat()];
}

async function readIfThere(file: string): Promise<string | undefined> {
  try {
    return await readFile(file, 'utf8');
  } catch {
    // A file that is gone by now holds no comment.
    return undefined;
  }
}
