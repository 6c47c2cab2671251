import { Failure } from '../finding/failure.ts';
import type { JsonSchema } from './upstream-schema.ts';
import { OBJECT_META } from './upstream-schema.ts';
import { readModuleLock } from './module-lock.ts';
import { storeOptions, type SourceOptions } from './open-import.ts';
import { openStore, repairStore, unreadable, type Store } from './open-store.ts';
import { KUBERNETES_MODULE, KUBERNETES_VERSIONS, minorOf } from './pinned-modules.ts';
import { moduleStore } from './pinned-stores.ts';
import type { ReducedSchema } from './reduction.ts';
import { readStoredSchema } from './schema-store.ts';

/**
 * The definitions of ObjectMeta, which custom resources have as their metadata whatever their CRD says of it.
 *
 * @param kubernetes the minor version of Kubernetes, such as `1.37`.
 * @returns definitions by full name, ObjectMeta among them.
 * @throws Failure `usage` for a version that is not known; as `openImport`.
 */
export async function openObjectMeta(
  kubernetes: string,
  options: SourceOptions,
): Promise<{ readonly [name: string]: JsonSchema }> {
  const locked = readModuleLock().modules.find(
    ({ module, version }) => module === KUBERNETES_MODULE && minorOf(version) === kubernetes,
  );
  if (locked === undefined)
    throw new Failure(
      'usage',
      `there are no schemas for Kubernetes ${JSON.stringify(kubernetes)}`,
      {
        hint: `Known versions: ${KUBERNETES_VERSIONS.join(', ')}.`,
      },
    );
  const places = storeOptions(options);
  const store = await openStore(moduleStore(locked, 'schemas/upstream.lock.json'), places);
  const found = await readObjectMeta(store);
  if (found === undefined) await repairStore(store, places);
  const read = found ?? (await readObjectMeta(store));
  if (read === undefined) throw unreadable(store.pinned, store.directory);
  return { ...read.definitions, [OBJECT_META]: read.root };
}

async function readObjectMeta({ directory, index }: Store): Promise<ReducedSchema | undefined> {
  const { objectMeta } = index;
  return objectMeta === undefined ? undefined : readStoredSchema(directory, objectMeta);
}
