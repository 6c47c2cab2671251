import type { JSX } from 'preact';
import type { PageResource } from '../../lib/preview/page/page-data.ts';
import type { RelationNode } from '../../lib/relations/relation-graph.ts';
import { environment } from '../state/environment.ts';
import { nodeName, nodeOf, relationsOf, resourceKeyOf } from '../state/relations.ts';
import { openResource } from '../state/route.ts';

/** What a resource is related to, as sentences. */
export function RelationSection({ resource }: { readonly resource: PageResource }): JSX.Element {
  const graph = environment.value?.relations;
  const node = graph === undefined ? undefined : nodeOf(graph, resource.resource);
  const relations = graph === undefined || node === undefined ? [] : relationsOf(graph, node);
  return (
    <section aria-labelledby="relations-heading">
      <h3 id="relations-heading">Relations</h3>
      {relations.length === 0 && (
        <p class="quiet-text">Nothing is known that it depends on, or that depends on it.</p>
      )}
      <ul class="relations">
        {relations.map(({ from, label, to }) => (
          <li key={`${from.id} ${label} ${to.id}`}>
            <NodeLink node={from} isSelf={from === node} /> {label}{' '}
            <NodeLink node={to} isSelf={to === node} />
          </li>
        ))}
      </ul>
    </section>
  );
}

function NodeLink(props: { readonly node: RelationNode; readonly isSelf: boolean }): JSX.Element {
  const { node, isSelf } = props;
  const name = nodeName(node);
  const key = resourceKeyOf(node);
  if (isSelf) return <strong>{name}</strong>;
  if (key === undefined)
    return (
      <span class={`node ${node.kind}`}>
        {name}
        {node.kind === 'missing' && <span class="badge warning">not in this environment</span>}
      </span>
    );
  return (
    <button type="button" class="link" onClick={() => openResource(key)}>
      {name}
    </button>
  );
}
