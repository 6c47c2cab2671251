import { readFileSync } from 'node:fs';
import { filesBelow } from '../disk/files-below.ts';

/** Folders whose files are not the user's own. */
const FOREIGN = new Set(['vendor', 'node_modules', '.tankard', '.git']);
const JSONNET_FILE = /\.(jsonnet|libsonnet)$/;

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
  return new Map(
    all.flatMap((file) => {
      const text = readIfThere(file);
      return text === undefined ? [] : [[file, text]];
    }),
  );
}

/** Of a folder that does not exist there are none. */
async function jsonnetBelow(folder: string): Promise<string[]> {
  return filesBelow(folder, { named: JSONNET_FILE, without: FOREIGN }).catch(() => []);
}

/** Not asynchronous: for thousands of small files that costs several times the CPU. */
function readIfThere(file: string): string | undefined {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    // A file that is gone by now holds no comment.
    return undefined;
  }
}
