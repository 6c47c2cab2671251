import { createHash } from 'node:crypto';
import path from 'node:path';
import { dump } from 'js-yaml';
import { Failure } from '../finding/failure.ts';
import type { ExportFile } from './export-file.ts';

/** What the objects of Flux and Argo CD say of an environment. */
export interface GitOpsEnvironment {
  /** As in messages: the path, for an inline environment followed by `#` and its name. */
  readonly id: string;
  /** Directory of its main.jsonnet, relative to the project root, with `/`. */
  readonly path: string;
  /** Where its objects are in the export, relative to the output folder, with `/`. */
  readonly folder: string;
  /** `spec.namespace`. */
  readonly namespace: string;
  /** `spec.apiServer`. */
  readonly apiServer?: string;
  readonly contextNames?: readonly string[];
}

/**
 * A name is the value of a label on all that is applied, which has at most 63 characters: `kustomize.toolkit.fluxcd.io/name`
 * of Flux, `app.kubernetes.io/instance` of Argo CD.
 */
const NAME_LENGTH = 63;
const HASH_LENGTH = 10;
/** Labels of DNS with slashes between them. Source: RFC 1123, 2.1. */
const PLAIN_ID = /^[a-z0-9](?:[a-z0-9-]*[a-z0-9])?(?:\/[a-z0-9](?:[a-z0-9-]*[a-z0-9])?)*$/;

/**
 * The name of the object that stands for an environment. It depends on nothing else, since a shard does not know the
 * environments of the others: a dot for each slash, and where that is not enough, a hash at the end.
 *
 * @param id a different one for each environment.
 * @returns a DNS-1123 subdomain of at most 63 characters, which may be the value of a label.
 */
export function objectName(id: string): string {
  if (PLAIN_ID.test(id) && id.length <= NAME_LENGTH) return id.replaceAll('/', '.');
  return nameWithHash(id);
}

/**
 * A name that no other text has.
 *
 * @returns a DNS-1123 subdomain of at most 63 characters.
 */
export function nameWithHash(text: string): string {
  const hash = createHash('sha256').update(text).digest('hex').slice(0, HASH_LENGTH);
  const words = text
    .toLowerCase()
    .replaceAll('/', '.')
    .replaceAll(/[^a-z0-9.]+/g, '-');
  const labels = words.split('.').map((label) => label.replaceAll(/^-+|-+$/g, ''));
  const start = labels.filter((label) => label !== '').join('.');
  const cut = start.slice(0, NAME_LENGTH - HASH_LENGTH - 1).replace(/[-.]+$/, '');
  return cut === '' ? hash : `${cut}-${hash}`;
}

/**
 * The folder of an environment in what a controller reads.
 *
 * @param prefix where the output folder is in the source, such as `deploy`; `.` for its root.
 * @param key of tankard.yaml that says so.
 * @returns without `./` in front.
 * @throws Failure `usage` when the prefix is no path in the source.
 */
export function sourcePath(prefix: string, key: string, { folder }: GitOpsEnvironment): string {
  const joined = path.posix.join(prefix, folder);
  if (!joined.startsWith('/') && joined.split('/')[0] !== '..') return joined;
  throw new Failure('usage', `tankard.yaml: ${key} leads out of the source: ${prefix}`, {
    hint: 'It is relative to the root of the source, such as deploy.',
  });
}

/**
 * The file of an object.
 *
 * @param file relative to the output folder, with `/`.
 */
export function objectFile(file: string, object: object): ExportFile {
  const yaml = dump(object, { lineWidth: -1, noRefs: true, noArrayIndent: true });
  return { path: file, content: Buffer.from(yaml) };
}

/**
 * Sees to it that no environment has its objects where those of a controller go.
 *
 * @param folder such as `flux`.
 * @throws Failure `usage` when one has.
 */
export function checkFolderIsFree(
  folder: string,
  environments: readonly GitOpsEnvironment[],
): void {
  const taken = environments.find((environment) => environment.folder.split('/')[0] === folder);
  if (taken === undefined) return;
  throw new Failure(
    'usage',
    `--${folder}: the objects of ${taken.id} are exported to the folder ${taken.folder}, which is meant for ${folder}'s own`,
    { hint: 'Move the environment to another folder, such as environments/.' },
  );
}
