import { lstat, readFile } from 'node:fs/promises';
import path from 'node:path';
import { buffer } from 'node:stream/consumers';
import pMap from 'p-map';
import { filesBelow, OPEN_FILES } from '../disk/files-below.ts';
import { Failure } from '../finding/failure.ts';
import type { Finding } from '../finding/finding.ts';
import { decodeYaml, splitDocuments, type YamlDocument } from '../manifest/document.ts';

/** What a path or the standard input holds. */
export interface ReadManifests {
  readonly documents: readonly YamlDocument[];
  /** Files that are no text. */
  readonly findings: readonly Finding[];
  /** Their texts by path. */
  readonly texts: ReadonlyMap<string, string>;
}

const MANIFEST_FILE = /\.(ya?ml|json)$/;
const FOREIGN = new Set(['node_modules', '.git']);

/**
 * Reads manifests: a file, all YAML and JSON files below a folder, or the standard input.
 *
 * @param target absolute path; `-` for the standard input, which is called `-` in the folder `cwd`.
 * @throws Failure `usage` when there is no such path, or no file in the folder.
 */
export async function readManifests(target: string, cwd: string): Promise<ReadManifests> {
  if (target === '-') return decode([[path.join(cwd, '-'), await buffer(process.stdin)]]);
  const files = await manifestFiles(target);
  const contents = await pMap(files, async (file) => [file, await read(file)] as const, {
    concurrency: OPEN_FILES,
  });
  return decode(contents);
}

async function manifestFiles(target: string): Promise<string[]> {
  const stat = await lstat(target).catch((cause: unknown) => {
    throw new Failure('usage', `cannot read ${target}: ${(cause as Error).message}`, { cause });
  });
  if (!stat.isDirectory()) return [target];
  const files = (await filesBelow(target, { named: MANIFEST_FILE, without: FOREIGN })).sort();
  if (files.length === 0)
    throw new Failure('usage', `there are no manifests in ${target}`, {
      hint: 'Files named *.yaml, *.yml or *.json are read.',
    });
  return files;
}

async function read(file: string): Promise<Buffer> {
  try {
    return await readFile(file);
  } catch (cause) {
    throw new Failure('usage', `cannot read ${file}: ${(cause as Error).message}`, { cause });
  }
}

function decode(contents: readonly (readonly [string, Buffer])[]): ReadManifests {
  const texts = new Map<string, string>();
  const findings: Finding[] = [];
  for (const [file, bytes] of contents) {
    const text = decodeYaml(bytes);
    if (text === undefined) findings.push(notText(file));
    else texts.set(file, text);
  }
  const documents = [...texts].flatMap(([file, text]) => splitDocuments(file, text));
  return { documents, findings, texts };
}

function notText(file: string): Finding {
  return {
    code: 'yaml/syntax',
    severity: 'error',
    message: 'the file is not text in UTF-8',
    expected: 'UTF-8',
    location: { file, line: 1, column: 1, certainty: 'exact' },
  };
}
