import { parseManifests } from '../../lib/manifest/parse-manifests.ts';
import type { RelationGraph } from '../../lib/relations/relation-graph.ts';
import { relationsOf } from '../../lib/relations/relations-of.ts';
import { describeNode } from '../../lib/relations/sentences.ts';
import type { RuleSettings } from '../../lib/validate/rendered/rendered-objects.ts';

/** Without gateways of which the settings say where they run. */
export const NO_SETTINGS: RuleSettings = { gateways: [] };

/** A graph as sentences, in its own order. */
export function asSentences({ nodes, edges }: RelationGraph): string[] {
  const words = new Map(nodes.map((node) => [node.id, describeNode(node)]));
  return edges.map(({ from, label, to }) => `${words.get(from)} ${label} ${words.get(to)}`);
}

/**
 * How objects are related, as sentences, as if one environment had rendered them.
 *
 * @param yaml any number of documents; those without a namespace have none.
 */
export function relationsIn(yaml: string, settings = NO_SETTINGS): string[] {
  return asSentences(relationsOf(parseManifests(yaml), settings));
}

/** A Pod of the namespace shop, with what else its spec has. */
export function podWith(spec: string): string {
  return `
apiVersion: v1
kind: Pod
metadata: { name: web, namespace: shop }
spec: { containers: [{ name: web, image: web }], ${spec} }
---`;
}

/** An object of Kubernetes' core group in a namespace, with what else its metadata has. */
export function plain(kind: string, namespace: string, name: string, metadata = ''): string {
  return `
apiVersion: v1
kind: ${kind}
metadata: { name: ${name}, namespace: ${namespace}, ${metadata} }
---`;
}
