import { lstatSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { printManifest, sha256, type ExportedEnvironment } from '../../export/export-manifest.ts';
import { readExportTree, type ExportTree } from '../../export/export-tree.ts';
import { checkFolders } from '../../export/file-name.ts';
import { ExportWriter, type ExportOutcome } from '../../export/write-export.ts';
import { Failure } from '../../finding/failure.ts';
import { exportPlace, inExportTurn } from './export-turn.ts';
import type { ProjectOptions } from '../project.ts';

/** Which exports are merged, and where to. */
export interface MergeOptions extends ProjectOptions {
  /** Relative to `cwd`. It is replaced as a whole. */
  readonly out: string;
  /** Folders of exports, relative to `cwd`. */
  readonly from: readonly string[];
  /** Writes nothing. @default false */
  readonly check?: boolean;
}

/** What a merge did, or would do. */
export interface MergeResult extends ExportOutcome {
  /** Absolute path. */
  readonly out: string;
  /** How many environments it has. */
  readonly environments: number;
}

/**
 * Makes one export of several, such as of shards: every byte is as if it had been exported at once.
 *
 * @throws Failure `usage` when a folder is no export or was changed since, two have an environment or a file in common that
 *   differs, or a shard is missing; as `exportEnvironments` for `out`.
 */
export async function mergeExports(options: MergeOptions): Promise<MergeResult> {
  const out = exportPlace(options);
  const { cwd, from, check = false } = options;
  if (from.length === 0)
    throw new Failure(
      'usage',
      '--merge needs the folders to merge: tankard export --merge OUT DIR...',
    );
  return inExportTurn(out, options, async () => {
    const trees = from.map((one) =>
      openExport(exportPlace({ ...(cwd === undefined ? {} : { cwd }), out: one }), one),
    );
    checkShards(trees);
    const sources = distinct(trees);
    checkFolders(sources.map(({ environment }) => environment.folder));
    const writer = new ExportWriter(readExportTree(out), { check });
    try {
      for (const { tree, environment } of sources) {
        options.signal?.throwIfAborted();
        const files = [...environment.files].map(([file, sum]) => ({
          path: file,
          content: readUnchanged(tree.root, file, sum),
        }));
        writer.add({ ...environment, files });
      }
      return { out, environments: sources.length, ...writer.finish({ others: 'remove' }) };
    } finally {
      writer.discard();
    }
  });
}

function openExport(root: string, given: string): ExportTree {
  const tree = readExportTree(root);
  if (tree.environments.size > 0 || tree.marks.length > 0) return tree;
  throw new Failure('usage', `${given} is no export`, {
    hint: 'A folder to merge is one that tankard export wrote, with its .tankard-export.',
  });
}

/** A part that is missing would be deleted from the cluster. */
function checkShards(trees: readonly ExportTree[]): void {
  const marks = trees.flatMap((tree) => tree.marks);
  const [count, ...others] = new Set(marks.map((mark) => mark.count));
  if (count === undefined) return;
  if (others.length > 0)
    throw new Failure('usage', `these are shards of ${[count, ...others].join(' and of ')}`, {
      hint: 'Export all of them with the same number of shards.',
    });
  const present = new Set(marks.map((mark) => mark.number));
  const numbers = Array.from({ length: count }, (_, index) => index + 1);
  const missing = numbers.filter((number) => !present.has(number));
  if (missing.length > 0)
    throw new Failure('usage', `of ${count} shards these are missing: ${missing.join(', ')}`, {
      hint: 'Nothing was written. Export them, and merge all at once.',
    });
}

interface Source {
  readonly tree: ExportTree;
  readonly environment: ExportedEnvironment;
}

/** Each environment once; what several exports have must be the same. */
function distinct(trees: readonly ExportTree[]): Source[] {
  const byFolder = new Map<string, Source>();
  const owners = new Map<string, string>();
  for (const tree of trees)
    for (const environment of tree.environments.values()) {
      const { folder, files } = environment;
      const known = byFolder.get(folder);
      if (known !== undefined && printManifest(known.environment) !== printManifest(environment))
        throw new Failure(
          'usage',
          `the environment ${folder} is different in ${known.tree.root} and ${tree.root}`,
          { hint: 'Export both from the same commit, or merge only one of them.' },
        );
      byFolder.set(folder, { tree, environment });
      for (const file of files.keys()) {
        const owner = owners.get(file) ?? folder;
        if (owner !== folder)
          throw new Failure('usage', `${file} belongs to both ${owner} and ${folder}`);
        owners.set(file, folder);
      }
    }
  return [...byFolder.values()];
}

function readUnchanged(root: string, file: string, sum: string): Buffer {
  const place = path.join(root, file);
  let content: Buffer | undefined;
  try {
    if (lstatSync(place).isFile()) content = readFileSync(place);
  } catch (cause) {
    if ((cause as NodeJS.ErrnoException).code !== 'ENOENT')
      throw new Failure('usage', `cannot read ${place}: ${(cause as Error).message}`, { cause });
  }
  if (content !== undefined && sha256(content) === sum) return content;
  throw new Failure('usage', `${place} is not as it was exported`, {
    hint: 'Export that shard again.',
  });
}
