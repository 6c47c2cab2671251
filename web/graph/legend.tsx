import type { JSX } from 'preact';
import type { RelationNode, RelationNodeKind } from '../../lib/relations/relation-graph.ts';
import { Icon, iconOf } from './kind-icon.tsx';

const KINDS: readonly (readonly [RelationNodeKind, string])[] = [
  ['resource', 'rendered here'],
  ['missing', 'named, but nothing here provides it'],
  ['mirror', 'copied by Reflector'],
  ['made', 'made by a controller'],
  ['identity', 'cloud identity'],
  ['host', 'host name'],
];

/** What the looks of the cards mean; of those kinds that are in the picture. */
export function Legend({ kinds }: { readonly kinds: ReadonlySet<RelationNodeKind> }): JSX.Element {
  return (
    <details class="graph-legend" open={matchMedia('(min-width: 800px)').matches}>
      <summary>Legend</summary>
      <ul>
        {KINDS.filter(([kind]) => kinds.has(kind)).map(([kind, words]) => (
          <li key={kind}>
            <span class={`graph-card-icon graph-sample is-${kind}`}>
              <Icon name={iconOf(sample(kind))} />
            </span>
            {words}
          </li>
        ))}
      </ul>
      <p>Arrow keys follow the lines, Enter opens</p>
    </details>
  );
}

function sample(kind: RelationNodeKind): RelationNode {
  return { id: kind, kind, resource: { apiVersion: 'apps/v1', kind: 'Deployment', name: '' } };
}
