import { signal } from '@preact/signals';
import type { JSX } from 'preact';
import { useEffect, useLayoutEffect, useRef } from 'preact/hooks';
import { environment, freshClass } from '../state/environment.ts';
import { query, type TreeResource } from '../state/filter.ts';
import { openResource, route } from '../state/route.ts';
import { setExpanded, type TreeGroup, type TreeRow, treeRows } from '../state/tree.ts';
import { numberText } from '../text.ts';
import { ChangeMark, FindingCounts } from './counts.tsx';
import { Icon } from './icons.tsx';
import { TREE_ID } from './resource-search.tsx';
import { isSidebarOpen } from '../state/panels.ts';
import { moveInTree } from './tree-keys.ts';
import { useVirtualRows } from './use-virtual-rows.ts';

/** As in the style sheet. Fingers get higher rows. */
const ROW_HEIGHT = matchMedia('(pointer: coarse)').matches ? 40 : 26;

/** Id of the row that the keys act on. */
const active = signal<string | undefined>(undefined);

/**
 * The resources by namespace and kind, after the pattern of a tree in ARIA's authoring practices. The tree itself has
 * the focus and names the active row, since a row that is scrolled out of sight is not in the document.
 */
export function ResourceTree(): JSX.Element {
  const scroller = useRef<HTMLDivElement>(null);
  const rows = treeRows.value;
  const { items, height, scrollTo } = useVirtualRows(scroller, rows.length, ROW_HEIGHT);
  const selectedId = route.value.resource === undefined ? undefined : `r:${route.value.resource}`;
  useEffect(() => {
    if (selectedId === undefined) return;
    active.value = selectedId;
    const index = treeRows.peek().findIndex(({ id }) => id === selectedId);
    if (index >= 0) scrollTo(index);
  }, [selectedId, environment.value?.id]);
  // What is found is read from its beginning.
  useLayoutEffect(() => {
    if (query.value !== '') scroller.current?.scrollTo({ top: 0 });
  }, [query.value]);
  const activeIndex = rows.findIndex(({ id }) => id === active.value);
  const onKeyDown = (event: KeyboardEvent): void => {
    const index = moveInTree(event, rows, Math.max(0, activeIndex));
    if (index === undefined) return;
    active.value = rows[index]?.id;
    scrollTo(index);
  };
  return (
    <div
      ref={scroller}
      id={TREE_ID}
      class="tree"
      role="tree"
      tabIndex={0}
      aria-labelledby="resources-heading"
      aria-activedescendant={activeIndex < 0 ? undefined : elementId(active.value ?? '')}
      onKeyDown={onKeyDown}
      // Who clicks goes on with the keys of the page.
      onMouseDown={(event) => event.preventDefault()}
      onFocus={() => {
        if (activeIndex < 0) active.value = rows[0]?.id;
      }}
    >
      {rows.length === 0 && <EmptyTree />}
      <div class="rows" role="presentation" style={{ height: `${height}px` }}>
        {items.map(({ index, start }) => {
          const row = rows[index];
          return (
            row !== undefined && (
              <Row
                key={row.id}
                row={row}
                top={start}
                isActive={index === activeIndex}
                isSelected={row.id === selectedId}
              />
            )
          );
        })}
      </div>
    </div>
  );
}

function EmptyTree(): JSX.Element | null {
  if (environment.value === undefined) return null;
  return <p class="empty">{query.value === '' ? 'Nothing is rendered.' : 'Nothing is found.'}</p>;
}

interface RowProps {
  readonly row: TreeRow;
  /** From the top of the tree, in pixels. */
  readonly top: number;
  readonly isActive: boolean;
  readonly isSelected: boolean;
}

function Row({ row, top, isActive, isSelected }: RowProps): JSX.Element {
  const { group, resource } = row;
  const classes = [
    'row',
    `level-${row.level}`,
    isActive ? 'is-active' : '',
    resource === undefined ? '' : freshClass(resource.key),
    resource?.change === 'removed' ? 'is-removed' : '',
  ];
  return (
    <div
      id={elementId(row.id)}
      class={classes.join(' ')}
      role="treeitem"
      aria-level={row.level}
      aria-posinset={row.position}
      aria-setsize={row.siblings}
      aria-expanded={group?.isExpanded}
      aria-selected={group === undefined ? isSelected : undefined}
      style={{ transform: `translateY(${top}px)`, height: `${ROW_HEIGHT}px` }}
      onClick={() => openRow(row)}
    >
      {group !== undefined && <Icon name="chevron" />}
      <span class="label" title={row.label}>
        {row.label}
      </span>
      {group !== undefined && <GroupCounts group={group} />}
      {resource !== undefined && <ResourceMarks resource={resource} />}
    </div>
  );
}

function ResourceMarks({ resource }: { readonly resource: TreeResource }): JSX.Element {
  return (
    <>
      {resource.change !== undefined && <ChangeMark kind={resource.change} />}
      <FindingCounts errors={resource.errors} warnings={resource.warnings} />
    </>
  );
}

function GroupCounts({ group }: { readonly group: TreeGroup }): JSX.Element {
  return (
    <>
      {!group.isExpanded && (
        <>
          {group.changes > 0 && <ChangeMark kind="changed" />}
          <FindingCounts errors={group.errors} warnings={group.warnings} />
        </>
      )}
      <span class="number">{numberText(group.resources)}</span>
    </>
  );
}

/** Opens the resource of a row, or opens and closes its group. */
function openRow(row: TreeRow): void {
  active.value = row.id;
  if (row.group !== undefined) {
    setExpanded(row.id, !row.group.isExpanded);
    return;
  }
  if (row.resource === undefined) return;
  isSidebarOpen.value = false;
  openResource(row.resource.key);
}

function elementId(rowId: string): string {
  return `tree-${encodeURIComponent(rowId)}`;
}
