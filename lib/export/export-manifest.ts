import { createHash } from 'node:crypto';
import { Failure } from '../finding/failure.ts';
import { isRecord } from '../manifest/is-record.ts';

/** The folder in an export with a manifest for each environment. Argo CD reads JSON, so that it lies outside of theirs. */
export const MANIFESTS_FOLDER = '.tankard-export';

/** What an export wrote for one environment. */
export interface ExportedEnvironment {
  /** Its folder, relative to the export, with `/`. */
  readonly folder: string;
  /** Path relative to the project root, with `/`. */
  readonly path: string;
  /** The name of an inline environment. */
  readonly name?: string;
  /** Paths relative to the export, and the SHA-256 of what the files hold, in hex; sorted by path. */
  readonly files: ReadonlyMap<string, string>;
}

/** Where the manifest of an environment lies, relative to the export. */
export function manifestPath(folder: string): string {
  return `${MANIFESTS_FOLDER}/${folder}.json`;
}

/** The folder of the environment whose manifest lies at a path. */
export function manifestFolder(path: string): string {
  return path.slice(MANIFESTS_FOLDER.length + 1, -'.json'.length);
}

/** The text of a manifest. It has neither times nor versions: it changes with the files alone, a line for each. */
export function printManifest({ path, name, files }: ExportedEnvironment): string {
  const content = {
    environment: path,
    ...(name === undefined ? {} : { name }),
    files: Object.fromEntries(files),
  };
  return `${JSON.stringify(content, null, 2)}\n`;
}

/**
 * Reads a manifest.
 *
 * @param file where it lies, for messages.
 * @throws Failure `usage` when it is none, such as after a merge with conflicts.
 */
export function parseManifest(text: string, folder: string, file: string): ExportedEnvironment {
  const content = parse(text);
  if (content === undefined)
    throw new Failure('usage', `${file} is not what tankard export wrote`, {
      hint: 'Take one side of a merge with conflicts, or restore the file from Git; the next export puts the rest right.',
    });
  const { environment, name, files } = content;
  return {
    folder,
    path: environment,
    ...(name === undefined ? {} : { name }),
    files: new Map(Object.entries(files)),
  };
}

interface Content {
  readonly environment: string;
  readonly name?: string;
  readonly files: Readonly<Record<string, string>>;
}

function parse(text: string): Content | undefined {
  let content: unknown;
  try {
    content = JSON.parse(text);
  } catch {
    return undefined;
  }
  if (!isRecord(content)) return undefined;
  const { environment, name, files } = content;
  const isRight =
    typeof environment === 'string' &&
    (name === undefined || typeof name === 'string') &&
    isRecord(files) &&
    Object.entries(files).every(([path, sum]) => isInside(path) && typeof sum === 'string');
  return isRight ? (content as unknown as Content) : undefined;
}

/** Files are moved by what a manifest says: none may lead out of the export. */
function isInside(path: string): boolean {
  return path.split('/').every((step) => step !== '' && step !== '.' && step !== '..');
}

/** Whether a path in an export is that of a manifest; names of environments do not start with a dot there. */
export function isManifestPath(path: string): boolean {
  return isOwnFile(path) && path.endsWith('.json') && !path.startsWith(`${MANIFESTS_FOLDER}/.`);
}

/** A part of the environments that an export has, which says how many others there must be. */
export interface ShardMark {
  /** From 1. */
  readonly number: number;
  readonly count: number;
}

/** The file that says which part an export has. Parts can be copied over each other: each has a file of its own. */
export function shardMarkPath({ number, count }: ShardMark): string {
  return `${MANIFESTS_FOLDER}/.shard-${number}-of-${count}`;
}

/** @returns undefined when a path is not that of such a file. */
export function parseShardMark(path: string): ShardMark | undefined {
  const [, number, count] = /\/\.shard-(\d+)-of-(\d+)$/.exec(isOwnFile(path) ? path : '') ?? [];
  return number === undefined ? undefined : { number: Number(number), count: Number(count) };
}

/** Whether a file is about the export, and no object. */
export function isOwnFile(path: string): boolean {
  return path.startsWith(`${MANIFESTS_FOLDER}/`);
}

/** SHA-256 in hex. */
export function sha256(content: string | Uint8Array): string {
  return createHash('sha256').update(content).digest('hex');
}
