import type { ComponentChildren, JSX, TargetedKeyboardEvent } from 'preact';

interface TabsProps<T extends string> {
  /** What the tabs are about. */
  readonly label: string;
  readonly tabs: readonly { readonly id: T; readonly label: string }[];
  readonly selected: T;
  readonly onSelect: (id: T) => void;
  /** What stands after the label of a tab. */
  readonly mark: (id: T) => ComponentChildren;
  /** What stands at the end of their line. */
  readonly end: ComponentChildren;
  /** The panel of the selected tab. */
  readonly children: ComponentChildren;
}

/** Tabs and the panel of the selected one, after the pattern of ARIA's authoring practices. */
export function Tabs<T extends string>(props: TabsProps<T>): JSX.Element {
  const { tabs, selected } = props;
  const onKeyDown = (event: TargetedKeyboardEvent<HTMLDivElement>): void => {
    const index = nextIndex(
      event.key,
      tabs.findIndex(({ id }) => id === selected),
      tabs.length,
    );
    const next = index === undefined ? undefined : tabs[index];
    if (next === undefined) return;
    event.preventDefault();
    props.onSelect(next.id);
    document.getElementById(`tab-${next.id}`)?.focus();
  };
  return (
    <>
      <div class="tab-line">
        <div class="tabs" role="tablist" aria-label={props.label} onKeyDown={onKeyDown}>
          {tabs.map(({ id, label }) => (
            <button
              key={id}
              type="button"
              id={`tab-${id}`}
              role="tab"
              aria-selected={id === selected}
              aria-controls="tab-panel"
              tabIndex={id === selected ? 0 : -1}
              onClick={() => props.onSelect(id)}
            >
              {label}
              {props.mark(id)}
            </button>
          ))}
        </div>
        {props.end}
      </div>
      <div id="tab-panel" class="panel" role="tabpanel" aria-labelledby={`tab-${selected}`}>
        {props.children}
      </div>
    </>
  );
}

function nextIndex(key: string, index: number, length: number): number | undefined {
  switch (key) {
    case 'ArrowRight':
      return (index + 1) % length;
    case 'ArrowLeft':
      return (index - 1 + length) % length;
    case 'Home':
      return 0;
    case 'End':
      return length - 1;
    default:
      return undefined;
  }
}
