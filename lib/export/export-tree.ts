import { readdirSync, readFileSync, type Dirent } from 'node:fs';
import path from 'node:path';
import { Failure } from '../finding/failure.ts';
import {
  isManifestPath,
  manifestFolder,
  manifestPath,
  MANIFESTS_FOLDER,
  parseManifest,
  parseShardMark,
  type ExportedEnvironment,
  type ShardMark,
} from './export-manifest.ts';

/** What exports have written into a folder. */
export interface ExportTree {
  /** Absolute path. */
  readonly root: string;
  /** By the folder of the environment. */
  readonly environments: ReadonlyMap<string, ExportedEnvironment>;
  /** The parts that it has, where it was not exported as a whole. */
  readonly marks: readonly ShardMark[];
}

/** How many files are named that no export wrote. */
const NAMED = 3;

/**
 * Reads what is in the folder of an export.
 *
 * @param root absolute path; it need not exist.
 * @throws Failure `usage` when it holds files that no export wrote, cannot be read, or a manifest is broken.
 */
export function readExportTree(root: string): ExportTree {
  const environments = new Map<string, ExportedEnvironment>();
  const top = entriesOf(root);
  if (!top.some(({ name }) => name === MANIFESTS_FOLDER))
    checkForeign(
      root,
      top.map(({ name }) => name),
    );
  const present = filesBelow(root, '', top);
  const known = new Set<string>();
  for (const file of present.filter(isManifestPath)) {
    const folder = manifestFolder(file);
    const environment = parseManifest(read(root, file), folder, path.join(root, file));
    environments.set(folder, environment);
    for (const one of environment.files.keys()) known.add(one);
    known.add(manifestPath(folder));
  }
  const others = present.filter((file) => !known.has(file));
  checkForeign(
    root,
    others.filter((file) => parseShardMark(file) === undefined),
  );
  return { root, environments, marks: others.flatMap((file) => parseShardMark(file) ?? []) };
}

function entriesOf(folder: string): Dirent[] {
  try {
    return readdirSync(folder, { withFileTypes: true });
  } catch (cause) {
    if ((cause as NodeJS.ErrnoException).code === 'ENOENT') return [];
    throw cannotRead(folder, cause);
  }
}

function filesBelow(root: string, folder: string, entries: readonly Dirent[]): string[] {
  return entries.flatMap((entry) => {
    const file = `${folder}${entry.name}`;
    // A repository is not walked through: it is foreign as a whole.
    if (!entry.isDirectory() || entry.name === '.git') return [file];
    return filesBelow(root, `${file}/`, entriesOf(path.join(root, file)));
  });
}

function checkForeign(root: string, foreign: readonly string[]): void {
  if (foreign.length === 0) return;
  const named = [...foreign].sort().slice(0, NAMED).join(', ');
  const more = foreign.length > NAMED ? ` and ${foreign.length - NAMED} more` : '';
  throw new Failure(
    'usage',
    `${root} holds files that tankard export did not write: ${named}${more}`,
    {
      hint: 'The folder is replaced as a whole. Move them away, or export to a folder of its own, such as one below it.',
    },
  );
}

function read(root: string, file: string): string {
  try {
    return readFileSync(path.join(root, file), 'utf8');
  } catch (cause) {
    throw cannotRead(path.join(root, file), cause);
  }
}

function cannotRead(what: string, cause: unknown): Failure {
  return new Failure('usage', `cannot read ${what}: ${(cause as Error).message}`, { cause });
}
