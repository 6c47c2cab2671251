import pMap from 'p-map';
import type { ClusterConnection } from '../cluster/cluster-connection.ts';
import { openDiscovery } from '../cluster/discovery.ts';
import type { Manifest } from '../manifest/parse-manifests.ts';
import { objectOwners } from './field-owners.ts';

/** Enough to hide the way to the server, few enough for its limits on requests at once. */
const REQUESTS_AT_ONCE = 6;

/**
 * Finds the objects of which kubectl applied fields with the client strategy. The first server-side apply takes these fields over
 * and removes those that are no longer rendered, which a dry run of it does not show.
 * Source: kubectl v1.36, pkg/cmd/apply/apply.go, migrateToSSAIfNecessary.
 *
 * @param manifests those whose kinds the cluster has.
 * @returns those of `manifests` that are there and were applied so.
 * @throws Failure as `Discovery.read`.
 */
export async function findClientApplied(
  connection: ClusterConnection,
  manifests: readonly Manifest[],
): Promise<ReadonlySet<Manifest>> {
  const discovery = openDiscovery(connection);
  const found = await pMap(
    manifests,
    async (manifest) => {
      const owners = objectOwners((await discovery.read(manifest.resource)) ?? {});
      const isApplied = owners.some(
        ({ manager, operation }) =>
          manager === 'kubectl-client-side-apply' && operation === 'Update',
      );
      return isApplied ? manifest : [];
    },
    { concurrency: REQUESTS_AT_ONCE },
  );
  return new Set(found.flat());
}
