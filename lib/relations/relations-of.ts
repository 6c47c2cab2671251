import type { Manifest } from '../manifest/parse-manifests.ts';
import { RenderedObjects, type RuleSettings } from '../validate/rendered/rendered-objects.ts';
import { addGateways } from './gateway-relations.ts';
import { GraphBuilder } from './graph-builder.ts';
import { addIdentities } from './identity-relations.ts';
import { addIstio } from './istio-relations.ts';
import { addMirrors } from './mirror-relations.ts';
import type { RelationGraph } from './relation-graph.ts';
import { addSecrets } from './secret-relations.ts';
import { addWorkloads } from './workload-relations.ts';

/**
 * Finds how the resources of one environment depend on each other: which identity Pods run with, where certificates come
 * from and which hosts they serve, who reads which Secret. It has names only, no value of a Secret.
 *
 * @param manifests all that the environment renders, in any order, well-formed or not.
 * @param settings what the rules know that no manifest says.
 * @returns nodes and edges in an order of their own, the same for the same manifests.
 */
export function relationsOf(manifests: readonly Manifest[], settings: RuleSettings): RelationGraph {
  const graph = new GraphBuilder(new RenderedObjects(manifests, settings));
  addIdentities(graph);
  addSecrets(graph);
  addMirrors(graph);
  addIstio(graph);
  addGateways(graph);
  addWorkloads(graph);
  return graph.graph();
}
