import { isRecord } from '../manifest/is-record.ts';
import type { ItemKey } from './resource-change.ts';

/**
 * The members that tell the items of lists apart, the first that fit win. Those of Kubernetes' own kinds are its
 * `x-kubernetes-list-map-keys` and `x-kubernetes-patch-merge-key` (OpenAPI of Kubernetes 1.34); `name` and `key` serve
 * most lists of other kinds too.
 */
const KEYS: readonly (readonly string[])[] = [
  ['name'],
  ['key'],
  ['containerPort'],
  ['containerPort', 'protocol'],
  ['port'],
  ['port', 'protocol'],
  ['mountPath'],
  ['devicePath'],
  ['topologyKey'],
  ['topologyKey', 'whenUnsatisfiable'],
  ['ip'],
  ['uid'],
  ['type'],
];

/** A list whose items are told apart by their members: each key once, with the item. */
export type KeyedItems = ReadonlyMap<string, KeyedItem>;

/** An item of a list map. */
export interface KeyedItem {
  readonly index: number;
  readonly step: ItemKey;
  readonly value: unknown;
}

/**
 * Reads two lists as list maps, by the same members: those that each item of both has as a scalar, and that no two items
 * of one list have in common. When no item has its key in the other list, the only port of a Service has another number,
 * say, it is no map: the item was changed.
 *
 * @returns undefined when no members tell the items apart.
 */
export function keyedItems(
  before: readonly unknown[],
  after: readonly unknown[],
): { before: KeyedItems; after: KeyedItems } | undefined {
  if (![...before, ...after].every(isRecord)) return undefined;
  for (const names of KEYS) {
    const one = byKeys(before, names);
    const other = one && byKeys(after, names);
    if (one && other && haveCommon(one, other)) return { before: one, after: other };
  }
  return undefined;
}

function haveCommon(one: KeyedItems, other: KeyedItems): boolean {
  return one.size === 0 || other.size === 0 || [...one.keys()].some((key) => other.has(key));
}

function byKeys(items: readonly unknown[], names: readonly string[]): KeyedItems | undefined {
  const found = new Map<string, KeyedItem>();
  for (const [index, value] of items.entries()) {
    const keys = names.map((name) => [name, scalarOf(value, name)] as const);
    if (keys.some(([, key]) => key === undefined)) return undefined;
    const step = { keys: Object.fromEntries(keys) as ItemKey['keys'] };
    const text = JSON.stringify(keys.map(([, key]) => key));
    if (found.has(text)) return undefined;
    found.set(text, { index, step, value });
  }
  return found;
}

function scalarOf(item: unknown, name: string): string | number | boolean | undefined {
  const value = isRecord(item) && Object.hasOwn(item, name) ? item[name] : undefined;
  return typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean'
    ? value
    : undefined;
}
