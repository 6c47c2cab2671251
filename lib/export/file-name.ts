import { createHash } from 'node:crypto';
import { Failure } from '../finding/failure.ts';

/** What tells the objects of one environment apart; the version of the API does not. */
export interface ObjectIdentity {
  /** Absent for what is cluster-wide. */
  readonly namespace?: string;
  /** Of the API; empty for the core group. */
  readonly group: string;
  readonly kind: string;
  /** `metadata.name`, else `metadata.generateName`. */
  readonly name: string;
  /** Of an object with `generateName`: its number among those of the same `generateName`, from 1. */
  readonly generated?: number;
}

/** The folder of what has no namespace. No namespace is called so: they have no underscores. */
const CLUSTER_FOLDER = '_cluster';
const EXTENSION = '.yaml';
/** Of a name in a folder, in bytes: NAME_MAX of Linux, macOS and Windows. */
const LONGEST_NAME = 255;
/** What is left of a name that is too long, before `~`, a hash of the whole and the extension. */
const KEPT = 200;
const HASH_LENGTH = 16;

// Capitals are encoded too: where file systems do not tell them from small letters, two objects would be one file. Names of
// Kubernetes have no `%` (k8s.io/apimachinery, pkg/api/validation/path), so that what is encoded is seen at once.
const UNSAFE_IN_NAME = /[^a-z0-9._-]/gu;
const UNSAFE_IN_NAMESPACE = /[^a-z0-9-]/gu;
const UNSAFE_IN_GROUP = /[^a-z0-9.-]/gu;
const UNSAFE_IN_KIND = /[^A-Za-z0-9]/gu;
// Dots first and last hide a file or are lost on Windows. The manifest of an environment lies beside where one whose name ends
// in .json would have a folder.
const UNSAFE_IN_FOLDER = /[^A-Za-z0-9._+=@,-]|^\.|\.$|\.(?=json$)/giu;

/**
 * The folder of an environment in an export, with `/`: its path, for an inline environment followed by its name.
 * Different environments have different folders, but for those that differ in capitals alone (see `checkFolders`).
 *
 * @param environment.path relative to the project root, with `/`; `.` for the root itself.
 */
export function environmentFolder(environment: {
  readonly path: string;
  readonly name?: string;
}): string {
  const { path, name } = environment;
  return [...path.split('/'), ...(name === undefined ? [] : [name])]
    .map((segment) => folderName(segment, UNSAFE_IN_FOLDER))
    .join('/');
}

/**
 * Sees to it that no folder lies in another: Flux and Argo CD read a folder with all that is below it.
 *
 * @param folders as `environmentFolder` gives them.
 * @throws Failure `usage` naming two that do, or that a file system may take for one.
 */
export function checkFolders(folders: readonly string[]): void {
  const known = new Map<string, string>();
  for (const folder of folders) {
    const same = known.get(folder.toLowerCase());
    if (same !== undefined)
      throw new Failure('usage', `two environments would be exported to ${folder}`, {
        hint:
          same === folder
            ? 'Give one of them another name.'
            : `The other one to ${same}: some file systems do not tell capitals apart. Rename one of them.`,
      });
    known.set(folder.toLowerCase(), folder);
  }
  for (const folder of folders) {
    const outer = ancestors(folder.toLowerCase()).find((one) => known.has(one));
    if (outer !== undefined)
      throw new Failure(
        'usage',
        `the environment ${folder} lies in the folder of the environment ${known.get(outer)}`,
        {
          hint: 'Flux and Argo CD read a folder with all that is below it, so that they would apply both as one. Move one of them.',
        },
      );
  }
}

function ancestors(folder: string): string[] {
  const segments = folder.split('/');
  return segments.slice(1).map((_, index) => segments.slice(0, index + 1).join('/'));
}

/**
 * The files of the objects of one environment: `NAMESPACE/KIND.GROUP_NAME.yaml`, `KIND_NAME.yaml` in the core group. What is
 * not safe in names of files stands as `%` and two hexadecimal digits a byte; other objects do not change a name, but for
 * kinds that differ in capitals alone.
 *
 * @param identities all different.
 * @returns a path relative to the folder of the environment for each, in their order; different ones also where capitals
 *   do not count.
 */
export function fileNames(identities: readonly ObjectIdentity[]): string[] {
  const stems = identities.map(stem);
  const seen = new Map<string, number>();
  const folded = stems.map((one, index) =>
    `${folderOf(identities[index] as ObjectIdentity)}/${one}`.toLowerCase(),
  );
  for (const one of folded) seen.set(one, (seen.get(one) ?? 0) + 1);
  return stems.map((one, index) => {
    const isAlone = seen.get(folded[index] as string) === 1;
    const name = shortened(isAlone ? one : `${one}~${hash(one)}`, EXTENSION.length);
    return `${folderOf(identities[index] as ObjectIdentity)}/${name}${EXTENSION}`;
  });
}

function folderOf({ namespace }: ObjectIdentity): string {
  return namespace === undefined ? CLUSTER_FOLDER : folderName(namespace, UNSAFE_IN_NAMESPACE);
}

function folderName(text: string, unsafe: RegExp): string {
  // A folder has to have a name.
  return text === '' ? '%' : shortened(encoded(text, unsafe));
}

function stem({ group, kind, name, generated }: ObjectIdentity): string {
  const suffix = group === '' ? '' : `.${encoded(group, UNSAFE_IN_GROUP)}`;
  // Neither kind nor group has an underscore then: the first one is where the name begins.
  const whole = `${encoded(kind, UNSAFE_IN_KIND)}${suffix}_${encoded(name, UNSAFE_IN_NAME)}`;
  return generated === undefined ? whole : `${whole}~${generated}`;
}

function encoded(text: string, unsafe: RegExp): string {
  return text.replaceAll(unsafe, (character) =>
    Array.from(
      Buffer.from(character),
      (byte) => `%${byte.toString(16).toUpperCase().padStart(2, '0')}`,
    ).join(''),
  );
}

/** @param name of ASCII characters. */
function shortened(name: string, extension = 0): string {
  if (name.length + extension <= LONGEST_NAME) return name;
  return `${name.slice(0, KEPT)}~${hash(name)}`;
}

function hash(text: string): string {
  return createHash('sha256').update(text).digest('hex').slice(0, HASH_LENGTH);
}
