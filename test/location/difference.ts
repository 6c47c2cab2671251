import type { Fault, ResourceId } from '../../lib/finding/finding.ts';
import type { Manifest } from '../../lib/manifest/parse-manifests.ts';

/** What an edit changed in one place of one manifest: what a validator would find there. */
export interface Difference {
  readonly resource: ResourceId;
  readonly path: readonly (string | number)[];
  readonly fault: Fault;
  /** The value after the edit; undefined where there is none. */
  readonly value?: unknown;
}

/** A hash of the environment's folder, which is another for each case. */
const ENVIRONMENT_LABEL = 'tanka.dev/environment';

/**
 * What is other in the manifests that an edited program renders.
 *
 * @returns one entry for each changed value, name that is new, or name that is gone without a new one.
 */
export function differences(before: readonly Manifest[], after: readonly Manifest[]): Difference[] {
  const known = new Map(before.map((manifest) => [idOf(manifest), manifest]));
  const left = before.filter((one) => !after.some((other) => idOf(other) === idOf(one)));
  return after.flatMap(({ resource, value }, index) => {
    const original =
      known.get(idOf({ resource })) ??
      left.find(
        (one) => one.resource.name === resource.name && one.resource.kind === resource.kind,
      ) ??
      left.find((one) => one.resource.name === resource.name) ??
      left.find((one) => one.index === index && one.resource.kind === resource.kind) ??
      left.find((one) => one.resource.kind === resource.kind);
    if (original === undefined) return [];
    return within(original.value, value, [])
      .filter(({ path }) => path.at(-1) !== ENVIRONMENT_LABEL)
      .map((one) => ({ resource, ...one }));
  });
}

function idOf({ resource }: Pick<Manifest, 'resource'>): string {
  const { apiVersion, kind, namespace, name } = resource;
  return [apiVersion, kind, namespace, name].join('|');
}

type Change = Omit<Difference, 'resource'>;

function within(before: unknown, after: unknown, path: Change['path']): Change[] {
  if (JSON.stringify(before) === JSON.stringify(after)) return [];
  if (isArray(before) && isArray(after) && before.length === after.length)
    return after.flatMap((one, index) => within(before[index], one, [...path, index]));
  if (isObject(before) && isObject(after)) return inObjects(before, after, path);
  return [{ path, fault: 'value', value: after }];
}

type Members = Readonly<Record<string, unknown>>;

function inObjects(before: Members, after: Members, path: Change['path']): Change[] {
  const added = Object.keys(after).filter((name) => !(name in before));
  const gone = Object.keys(before).filter((name) => !(name in after));
  const both = Object.keys(after).filter((name) => name in before);
  const names = added.length > 0 ? added : gone;
  const fault = added.length > 0 ? ('key' as const) : ('missing' as const);
  return [
    ...names.map((name) => ({ path: [...path, name], fault })),
    ...both.flatMap((name) => within(before[name], after[name], [...path, name])),
  ];
}

function isArray(value: unknown): value is unknown[] {
  return Array.isArray(value);
}

function isObject(value: unknown): value is Members {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
