import type { ClusterSchemas } from './cluster-openapi.ts';
import type { ImportSource } from './import-source.ts';
import type { FetchOptions } from './open-store.ts';

/**
 * Reads what a cluster publishes.
 *
 * @throws Failure `cluster` when it cannot be reached or refuses, `usage` for a wrong kubeconfig, `interrupted` on abort.
 */
export async function fetchCluster(
  { context }: ImportSource & { type: 'cluster' },
  { onProgress, signal }: Pick<FetchOptions, 'onProgress' | 'signal'>,
): Promise<ClusterSchemas> {
  onProgress?.(`reading the schemas of ${context === undefined ? 'the cluster' : context}`);
  // Loaded only here: the client of Kubernetes is as large as all the rest.
  const { fetchClusterSchemas } = await import('./cluster-openapi.ts');
  return fetchClusterSchemas({
    ...(context === undefined ? {} : { context }),
    ...(onProgress === undefined ? {} : { onProgress }),
    ...(signal === undefined ? {} : { signal }),
  });
}
