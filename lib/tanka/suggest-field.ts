import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { nearestName } from '../finding/nearest-name.ts';

/** A field of a generated library: `  withReplicas(`, `  spec::`. */
const FIELD = /^ +(?:'([^']+)'|(\w+))(?:\(|::)/gm;

/** More letters apart is another name. */
const MOST_EDITS = 2;

/**
 * The function or object of the generated libraries that was most likely meant. They are read only once something is
 * wrong; a name of another object may be the nearest, which is why it is asked and not said.
 *
 * @param name the field that does not exist.
 * @param root project root, absolute.
 */
export function suggestField(name: string, root: string): string | undefined {
  const names = new Set<string>();
  for (const directory of ['.tankard/libs', 'vendor/tankard/gen'])
    for (const file of libraryFiles(path.join(root, directory)))
      for (const match of readFileSync(file, 'utf8').matchAll(FIELD))
        names.add(match[1] ?? match[2] ?? '');
  // It exists, but not there.
  if (names.has(name)) return undefined;
  return nearestName(name, [...names], Math.min(MOST_EDITS, Math.floor(name.length / 3)));
}

function libraryFiles(directory: string): string[] {
  try {
    return readdirSync(directory, { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile() && entry.name.endsWith('.libsonnet'))
      .map((entry) => path.join(entry.parentPath, entry.name))
      .filter((file) => !/[\\/]_(?:types|docs)[\\/]/.test(file));
  } catch {
    return [];
  }
}
