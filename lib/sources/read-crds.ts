import { Failure } from '../finding/failure.ts';
import { crdKinds } from './crd-kinds.ts';
import { type FileObject, parseObjects } from './parse-objects.ts';
import type { ReducedKind, Reduction } from './reduction.ts';

/** What was found in files of CRDs. */
export interface CrdReading {
  readonly reduction: Reduction;
  /** How many CustomResourceDefinitions there are. */
  readonly crds: number;
  /** The other objects, which are passed over: kind -> count, in the order of the files. */
  readonly others: ReadonlyMap<string, number>;
}

/**
 * Reads the kinds that CustomResourceDefinitions define, in every version that they serve.
 *
 * @param files YAML or JSON texts by the name that messages give them. Objects that are no CRDs are passed over.
 * @param from what holds the files, as messages name it.
 * @throws Failure `usage`, with the file, when a file cannot be read, two define the same kind and version, or none
 *   defines any.
 */
export function readCrds(files: ReadonlyMap<string, string>, from: string): CrdReading {
  const kinds: ReducedKind[] = [];
  const origins = new Map<string, string>();
  const others = new Map<string, number>();
  let crds = 0;
  for (const [file, text] of files)
    parseObjects(file, text).forEach((object, index) => {
      if (!isCrd(object)) return count(others, object);
      crds += 1;
      for (const kind of crdKinds(object, placeOf(file, object, index))) {
        claim(kind, file, origins);
        kinds.push(kind);
      }
    });
  if (kinds.length === 0) throw nothingFound(from, crds, others);
  return { reduction: { dialect: 'crd', kinds }, crds, others };
}

/** Such as `a ConfigMap and 2 Services`; empty for none. */
export function countedKinds(kinds: ReadonlyMap<string, number>): string {
  const parts = [...kinds].map(([kind, number]) =>
    number === 1 ? `${/^[AEIOU]/i.test(kind) ? 'an' : 'a'} ${kind}` : `${number} of ${kind}`,
  );
  const last = parts.pop() ?? '';
  return parts.length === 0 ? last : `${parts.join(', ')} and ${last}`;
}

function isCrd({ apiVersion, kind }: FileObject): boolean {
  return (
    kind === 'CustomResourceDefinition' &&
    (typeof apiVersion !== 'string' || apiVersion.startsWith('apiextensions.k8s.io/'))
  );
}

function placeOf(file: string, object: FileObject, index: number): string {
  const name = (object['metadata'] as { name?: unknown } | null | undefined)?.name;
  return `${file}: object ${index + 1}${typeof name === 'string' ? ` (${name})` : ''}`;
}

function count(others: Map<string, number>, { kind }: FileObject): void {
  const name = typeof kind === 'string' && kind !== '' ? kind : 'object without a kind';
  others.set(name, (others.get(name) ?? 0) + 1);
}

function claim(
  { apiVersion, kind }: ReducedKind,
  file: string,
  origins: Map<string, string>,
): void {
  const name = `${apiVersion} ${kind}`;
  const other = origins.get(name);
  origins.set(name, file);
  if (other === undefined) return;
  const where =
    other === file ? `${file} defines ${name} twice` : `${other} and ${file} both define ${name}`;
  throw new Failure('usage', where, { hint: 'Import them one by one, or remove one of the two.' });
}

function nothingFound(from: string, crds: number, others: ReadonlyMap<string, number>): Failure {
  if (crds > 0)
    return new Failure('usage', `${from}: no version of its CustomResourceDefinitions is served`);
  const total = [...others.values()].reduce((sum, each) => sum + each, 0);
  if (total === 0) return new Failure('usage', `${from} has no objects`);
  const objects = total === 1 ? '1 object, which is no' : `${total} objects, none is a`;
  return new Failure(
    'usage',
    `${from} has ${objects} CustomResourceDefinition; it has ${countedKinds(others)}`,
  );
}
