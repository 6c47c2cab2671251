import type { JSX } from 'preact';
import { cardText } from './card-text.ts';
import { Icon, iconOf } from './kind-icon.tsx';
import type { NodeMarks } from './node-marks.ts';
import type { PlacedCard } from './place-cards.ts';

/** What a card shows, and whom it tells. */
export interface CardViewProps {
  readonly placed: PlacedCard;
  readonly marks: NodeMarks;
  /** Accessible name. */
  readonly name: string;
  readonly isSelected: boolean;
  /** Another one is selected, and this is on no path with it. */
  readonly isFaded: boolean;
  /** The one card that the Tab key comes to. */
  readonly isActive: boolean;
  readonly onClick: () => void;
  readonly onFocus: () => void;
  readonly onOpen: () => void;
}

/** One card. */
export function CardView(props: CardViewProps): JSX.Element {
  const { placed, marks, isSelected, isFaded } = props;
  const { card, box } = placed;
  const [node] = card.nodes;
  const isGroup = card.nodes.length > 1;
  const { kind, name, place } = cardText(card);
  const states = [
    `is-${node.kind}`,
    ...(isGroup ? ['is-group'] : []),
    ...(isSelected ? ['is-selected'] : []),
    ...(isFaded ? ['is-faded'] : []),
    ...(marks.errors > 0 ? ['is-wrong'] : []),
  ];
  return (
    <button
      type="button"
      class={`graph-card ${states.join(' ')}`}
      style={{ left: `${box.x}px`, top: `${box.y}px`, width: `${box.width}px` }}
      data-card={card.id}
      tabIndex={props.isActive ? 0 : -1}
      title={[kind, place, name].filter((text) => text !== '').join('\n')}
      aria-label={props.name}
      aria-current={isSelected ? 'true' : undefined}
      aria-expanded={isGroup ? 'false' : undefined}
      onClick={props.onClick}
      onDblClick={props.onOpen}
      onFocus={props.onFocus}
    >
      <span class="graph-card-icon">
        <Icon name={isGroup && node.kind === 'resource' ? 'group' : iconOf(node)} />
      </span>
      <span class="graph-card-text">
        <span class="graph-card-kind">{kind}</span>
        <span class="graph-card-name">{name}</span>
        {place === '' ? null : <span class="graph-card-place">{place}</span>}
      </span>
      <Marks marks={marks} copies={card.copies ?? 1} isGroup={isGroup} />
    </button>
  );
}

function Marks({
  marks: { errors, warnings, change },
  copies,
  isGroup,
}: {
  readonly marks: NodeMarks;
  readonly copies: number;
  readonly isGroup: boolean;
}): JSX.Element {
  return (
    <span class="graph-marks">
      {errors > 0 ? <span class="graph-mark is-error">✕ {errors}</span> : null}
      {warnings > 0 ? <span class="graph-mark is-warning">! {warnings}</span> : null}
      {change ? <span class={`graph-mark is-${change}`}>{change}</span> : null}
      {copies > 1 ? <span class="graph-mark is-shared">shared, shown {copies}×</span> : null}
      {isGroup ? <span class="graph-mark is-shared">expand</span> : null}
    </span>
  );
}
