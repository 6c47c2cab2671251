import type { JSX } from 'preact';
import type { PageResource } from '../../lib/preview/page/page-data.ts';
import type { RelationNode } from '../../lib/relations/relation-graph.ts';
import { describeNode, nodeOf, sentencesOf } from '../../lib/relations/sentences.ts';
import { environment } from '../state/environment.ts';
import { resourceKeyOf } from '../state/relations.ts';
import { openResource } from '../state/route.ts';

/** What a resource is related to, as sentences. */
export function RelationSection({ resource }: { readonly resource: PageResource }): JSX.Element {
  const graph = environment.value?.relations ?? { nodes: [], edges: [] };
  const self = nodeOf(graph, resource.resource);
  const sentences = self === undefined ? [] : sentencesOf(graph, self.id);
  const near = resource.resource.namespace;
  return (
    <section aria-labelledby="relations-heading">
      <h3 id="relations-heading">Relations</h3>
      {sentences.length === 0 && (
        <p class="quiet-text">Nothing is known that it depends on, or that depends on it.</p>
      )}
      <ul class="relations">
        {sentences.map(({ from, label, to, isOutgoing }) => (
          <li key={`${from.id} ${label} ${to.id}`}>
            <Node node={from} near={near} isSelf={isOutgoing} /> {label}{' '}
            <Node node={to} near={near} isSelf={!isOutgoing} />
          </li>
        ))}
      </ul>
    </section>
  );
}

interface NodeProps {
  readonly node: RelationNode;
  /** The namespace that need not be said. */
  readonly near: string | undefined;
  readonly isSelf: boolean;
}

function Node({ node, near, isSelf }: NodeProps): JSX.Element {
  const name = describeNode(node, near);
  const key = resourceKeyOf(node);
  if (isSelf) return <strong>{name}</strong>;
  if (key === undefined) return <span class={`node ${node.kind}`}>{name}</span>;
  return (
    <button type="button" class="link" onClick={() => openResource(key)}>
      {name}
    </button>
  );
}
