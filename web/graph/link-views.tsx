import type { JSX } from 'preact';
import { linePath, type PlacedLink } from './place-cards.ts';
import { RELATION_AREAS } from './relation-area.ts';

/** What lines show. */
export interface LinkViewsProps {
  readonly links: readonly PlacedLink[];
  /** Names can be read at this scale. */
  readonly hasLabels: boolean;
  /** On a path with the selected card; undefined when none is selected. */
  readonly isLit: ((link: PlacedLink) => boolean) | undefined;
}

const HEADS = [...RELATION_AREAS, 'missing'] as const;

/** The lines between cards with what they say. */
export function LinkViews({ links, hasLabels, isLit }: LinkViewsProps): JSX.Element {
  const stateOf = (link: PlacedLink): string => {
    if (!isLit) return '';
    return isLit(link) ? ' is-lit' : ' is-faded';
  };
  return (
    <svg class="graph-links" aria-hidden="true">
      <defs>
        {HEADS.map((name) => (
          <marker
            key={name}
            id={`graph-head-${name}`}
            class={`is-${name}`}
            viewBox="0 0 8 8"
            refX="7"
            refY="4"
            markerWidth="8"
            markerHeight="8"
            markerUnits="userSpaceOnUse"
            orient="auto"
          >
            <path d="M1 1 7 4 1 7Z" />
          </marker>
        ))}
      </defs>
      {links.map((placed) => {
        const area = placed.link.isMissing ? 'missing' : placed.link.area;
        return (
          <path
            key={placed.link.id}
            class={`graph-link is-${area}${stateOf(placed)}`}
            d={linePath(placed.points)}
            marker-end={`url(#graph-head-${area})`}
          />
        );
      })}
      {hasLabels
        ? links.map((placed) => (
            <text
              key={placed.link.id}
              class={`graph-label${stateOf(placed)}`}
              x={placed.label.x}
              y={placed.label.y + 3.5}
            >
              {placed.link.label}
            </text>
          ))
        : null}
    </svg>
  );
}
