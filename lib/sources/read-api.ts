import type { ApiKind, ApiSchemas } from './api-schemas.ts';
import { repairStore, type Store, type StoreOptions, unreadable } from './open-store.ts';
import { readStoredDefinitions, readStoredSchema, type StoredKind } from './schema-store.ts';
import type { JsonSchema } from './upstream-schema.ts';

/**
 * Reads everything that stores have, for a typed library.
 *
 * @throws Failure when a store is damaged and cannot be mended.
 */
export async function readApi(
  stores: readonly Store[],
  options: StoreOptions,
): Promise<ApiSchemas> {
  const kinds: ApiKind[] = [];
  const definitions: Record<string, JsonSchema> = {};
  for (const store of stores) {
    const api = await readStoreApi(store, options);
    kinds.push(...api.kinds);
    Object.assign(definitions, api.definitions);
  }
  return { kinds: kinds.sort(byName), definitions };
}

async function readStoreApi(store: Store, options: StoreOptions): Promise<ApiSchemas> {
  const found = await tryRead(store);
  if (found !== undefined) return found;
  await repairStore(store, options);
  const mended = await tryRead(store);
  if (mended === undefined) throw unreadable(store.pinned, store.directory);
  return mended;
}

async function tryRead({ directory, index }: Store): Promise<ApiSchemas | undefined> {
  const definitions =
    index.definitions === undefined
      ? {}
      : await readStoredDefinitions(directory, index.definitions);
  const kinds: ApiKind[] = [];
  for (const stored of index.kinds) {
    const schema = await rootOf(directory, stored);
    if (schema === undefined) return undefined;
    const { apiVersion, kind, plural, namespaced, dialect = index.dialect } = stored;
    kinds.push({ apiVersion, kind, plural, namespaced, dialect, schema });
  }
  return definitions === undefined ? undefined : { kinds, definitions };
}

async function rootOf(directory: string, stored: StoredKind): Promise<JsonSchema | undefined> {
  if (stored.definition !== undefined) return { $ref: `#/definitions/${stored.definition}` };
  return (await readStoredSchema(directory, stored))?.root;
}

function byName(left: ApiKind, right: ApiKind): number {
  return compare(left.apiVersion, right.apiVersion) || compare(left.kind, right.kind);
}

/** By code point, whatever the language of the machine. */
function compare(left: string, right: string): number {
  return left < right ? -1 : Number(left > right);
}
