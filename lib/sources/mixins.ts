import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { filesBelow } from '../disk/files-below.ts';
import { packageRoot } from '../disk/package-root.ts';
import { Failure } from '../finding/failure.ts';

/** The source whose library is Tankard's own Jsonnet, as `tankard.yaml` and `tankard.lock` write it. */
export const MIXINS = 'mixins';

/**
 * Reads Tankard's own Jsonnet library: the mixins, as this package carries them.
 *
 * @returns texts by their path in the library, with `/`, in code point order.
 * @throws Failure `usage` when the package is incomplete.
 */
export async function readMixins(): Promise<ReadonlyMap<string, string>> {
  const folder = path.join(packageRoot(), 'jsonnet', 'tankard');
  try {
    const files = await filesBelow(folder, { named: /\.libsonnet$/, without: new Set() });
    const texts = files.map(async (file): Promise<[string, string]> => [
      path.relative(folder, file).split(path.sep).join('/'),
      await readFile(file, 'utf8'),
    ]);
    return new Map((await Promise.all(texts)).sort(([left], [right]) => (left < right ? -1 : 1)));
  } catch (cause) {
    throw new Failure('usage', `cannot read ${folder}: ${(cause as Error).message}`, {
      hint: 'The installed package is incomplete: install tankard again.',
      cause,
    });
  }
}
