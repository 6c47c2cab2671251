import type { ComponentChildren, JSX } from 'preact';
import { useState } from 'preact/hooks';
import { RELATION_AREAS, type RelationArea } from './relation-area.ts';

/** What the bar above the picture shows, and whom it tells. */
export interface ToolbarProps {
  /** How many relations of each area there are. */
  readonly counts: ReadonlyMap<RelationArea, number>;
  readonly areas: ReadonlySet<RelationArea>;
  readonly onAreas: (areas: ReadonlySet<RelationArea>) => void;
  readonly isFocused: boolean;
  /** A node is selected. */
  readonly canFocus: boolean;
  readonly onFocused: (isFocused: boolean) => void;
  readonly missing: number;
  readonly onNextMissing: () => void;
  readonly expanded: number;
  readonly onCollapse: () => void;
  readonly onZoom: (factor: number) => void;
  readonly onFit: () => void;
  /** @returns what is shown as Mermaid */
  readonly toMermaid: () => string;
}

/** Filters, and what moves the picture. */
export function Toolbar(props: ToolbarProps): JSX.Element {
  const { areas, counts, missing, expanded } = props;
  const toggle = (area: RelationArea): void => {
    const chosen = new Set(areas);
    if (!chosen.delete(area)) chosen.add(area);
    props.onAreas(chosen);
  };
  return (
    <div class="graph-bar">
      <fieldset class="graph-areas">
        <legend class="graph-hidden">Relations that are shown</legend>
        {RELATION_AREAS.filter((area) => (counts.get(area) ?? 0) > 0).map((area) => (
          <label key={area} class={`graph-area is-${area}`}>
            <input type="checkbox" checked={areas.has(area)} onChange={() => toggle(area)} />
            <span class="graph-area-line" aria-hidden="true" />
            {area} <span class="graph-count">{counts.get(area)}</span>
          </label>
        ))}
      </fieldset>
      <button
        type="button"
        class="graph-button"
        aria-pressed={props.isFocused}
        disabled={!props.canFocus}
        title="Show only what is on a path with the selected resource"
        onClick={() => props.onFocused(!props.isFocused)}
      >
        Only connected
      </button>
      {missing > 0 ? (
        <button type="button" class="graph-button is-missing" onClick={props.onNextMissing}>
          {missing} missing
        </button>
      ) : null}
      {expanded > 0 ? (
        <button type="button" class="graph-button" onClick={props.onCollapse}>
          Collapse groups
        </button>
      ) : null}
      <span class="graph-space" />
      <CopyButton text={props.toMermaid}>Copy as Mermaid</CopyButton>
      <span class="graph-zoom">
        <button
          type="button"
          class="graph-button"
          aria-label="Zoom out"
          onClick={() => props.onZoom(0.8)}
        >
          −
        </button>
        <button
          type="button"
          class="graph-button"
          aria-label="Zoom in"
          onClick={() => props.onZoom(1.25)}
        >
          +
        </button>
        <button type="button" class="graph-button" title="Show all (0)" onClick={props.onFit}>
          Fit
        </button>
      </span>
    </div>
  );
}

const SAID_MS = 2000;

function CopyButton({
  text,
  children,
}: {
  readonly text: () => string;
  readonly children: ComponentChildren;
}): JSX.Element {
  const [said, setSaid] = useState<string>();
  const copy = async (): Promise<void> => {
    try {
      await navigator.clipboard.writeText(text());
      setSaid('Copied');
    } catch {
      setSaid('The browser does not allow it');
    }
    setTimeout(() => setSaid(undefined), SAID_MS);
  };
  return (
    <button type="button" class="graph-button" onClick={() => void copy()}>
      <span aria-live="polite">{said ?? children}</span>
    </button>
  );
}
