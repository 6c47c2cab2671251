import pMap from 'p-map';
import type { ClusterConnection } from '../cluster/cluster-connection.ts';
import { openDiscovery } from '../cluster/discovery.ts';
import { isRecord } from '../manifest/is-record.ts';
import type { Manifest } from '../manifest/parse-manifests.ts';
import { isSecretScalarPath } from '../manifest/secret-paths.ts';
import { objectOwners } from './field-owners.ts';
import { FIELD_MANAGER, type FieldConflict, type FieldOwner } from './field-owner.ts';
import { resolveField } from './resolve-field.ts';

/** Enough to hide the way to the server, few enough for its limits on requests at once. */
const REQUESTS_AT_ONCE = 6;

/**
 * Asks the API server, with a dry run of server-side apply, which fields somebody else has with another value. Nothing is written.
 *
 * @param manifests those whose kinds the cluster has. What it refuses for another reason is passed over: the diff says so.
 * @throws Failure as `ClusterConnection.request`.
 */
export async function findConflicts(
  connection: ClusterConnection,
  manifests: readonly Manifest[],
): Promise<FieldConflict[]> {
  const discovery = openDiscovery(connection);
  const found = await pMap(
    manifests,
    async (manifest) => {
      const path = await discovery.pathOf(manifest.resource);
      if (path === undefined) return [];
      const answer = await connection.request({
        method: 'PATCH',
        path,
        query: { fieldManager: FIELD_MANAGER, dryRun: 'All' },
        contentType: 'application/apply-patch+yaml',
        body: JSON.stringify(manifest.value),
      });
      if (answer.status !== 409) return [];
      const live = await discovery.read(manifest.resource);
      return conflictsOf(manifest, JSON.parse(answer.body), live ?? {});
    },
    { concurrency: REQUESTS_AT_ONCE },
  );
  return found.flat();
}

function conflictsOf(
  { resource, value }: Manifest,
  status: unknown,
  live: Readonly<Record<string, unknown>>,
): FieldConflict[] {
  const details = isRecord(status) ? status['details'] : undefined;
  const causes = isRecord(details) ? details['causes'] : undefined;
  if (!Array.isArray(causes)) return [];
  return causes.filter(isRecord).flatMap((cause) => {
    const { reason, message, field } = cause;
    if (reason !== 'FieldManagerConflict') return [];
    const text = String(field);
    const [current, applied] = [live, value].map((object) => shownValue(object, text));
    return {
      resource,
      field: text,
      owner: ownerOf(String(message), live),
      ...(current === undefined ? {} : { live: current }),
      ...(applied === undefined ? {} : { applied }),
    };
  });
}

/** Source of the format: k8s.io/apimachinery v0.36, pkg/util/managedfields/internal/conflict.go. */
const MESSAGE = /^conflict with "([^"]*)"(?: with subresource "([^"]*)")?/;

function ownerOf(message: string, live: Readonly<Record<string, unknown>>): FieldOwner {
  const [, manager = message, subresource] = MESSAGE.exec(message) ?? [];
  const known = objectOwners(live).find(
    (owner) => owner.manager === manager && owner.subresource === subresource,
  );
  return known ?? { manager, operation: 'Update', ...(subresource ? { subresource } : {}) };
}

function shownValue(object: Readonly<Record<string, unknown>>, field: string): string | undefined {
  const found = resolveField(object, field);
  if (found === undefined || typeof found.value === 'object') return undefined;
  return isSecretScalarPath(object, found.path) ? undefined : JSON.stringify(found.value);
}
