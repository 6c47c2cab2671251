import { computed } from '@preact/signals';
import type { ResourceId } from '../../lib/finding/finding.ts';
import type { RelationNode } from '../../lib/relations/relation-graph.ts';
import { environment } from './environment.ts';

const keys = computed<ReadonlyMap<string, string>>(
  () => new Map(environment.value?.resources.map((one) => [idText(one.resource), one.key])),
);

/** The key of the rendered resource that a node stands for; undefined when it stands for something else. */
export function resourceKeyOf(node: RelationNode): string | undefined {
  if (node.kind !== 'resource' || node.resource === undefined) return undefined;
  return keys.value.get(idText(node.resource));
}

function idText({ apiVersion, kind, namespace, name }: ResourceId): string {
  return JSON.stringify([apiVersion, kind, namespace ?? null, name]);
}
