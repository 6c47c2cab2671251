import { readdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import { packageRoot } from '../disk/package-root.ts';

/** The hand-written Jsonnet that goes into a library, by text. */
export interface LibrarySources {
  /** Functions by the id of the object that has them: `apps.v1.deployment`. */
  readonly helpers: ReadonlyMap<string, string>;
  /** Files that are copied as they are, by their path in the library. */
  readonly runtime: ReadonlyMap<string, string>;
}

const COMPAT = 'compat.libsonnet';

/**
 * Reads what Tankard's package has for a library.
 *
 * @param isKubernetes whether it has Kubernetes' own kinds: then with the helpers of k8s-libsonnet, what they share
 *   (`_helpers/`) and `compat.libsonnet`.
 */
export async function readLibrarySources(isKubernetes: boolean): Promise<LibrarySources> {
  const runtime = await readFolder('library', '');
  if (!isKubernetes) return { helpers: new Map(), runtime };
  const files = await readFolder('k8s-helpers', '');
  const shared = await readFolder(path.join('k8s-helpers', 'shared'), '_helpers/');
  const compat = [...files].filter(([file]) => file === COMPAT);
  const helpers = [...files].filter(([file]) => file !== COMPAT);
  return {
    helpers: new Map(helpers.map(([file, text]) => [path.basename(file, '.libsonnet'), text])),
    runtime: new Map([...runtime, ...shared, ...compat]),
  };
}

async function readFolder(folder: string, prefix: string): Promise<Map<string, string>> {
  const directory = path.join(packageRoot(), 'jsonnet', folder);
  const names = (await readdir(directory)).filter((name) => name.endsWith('.libsonnet')).sort();
  const texts = names.map(async (name): Promise<[string, string]> => {
    return [`${prefix}${name}`, await readFile(path.join(directory, name), 'utf8')];
  });
  return new Map(await Promise.all(texts));
}
