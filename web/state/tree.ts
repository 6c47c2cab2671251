import { computed, signal } from '@preact/signals';
import { selected } from './connection.ts';
import { foundResources, query, type TreeResource } from './filter.ts';

/** Whether the members of a group are shown, and how they are. */
export interface TreeGroup {
  readonly isExpanded: boolean;
  /** Without those that were removed. */
  readonly resources: number;
  readonly errors: number;
  readonly warnings: number;
  readonly changes: number;
}

/** One line of the tree. */
export interface TreeRow {
  /** Unique in the tree, and the same after an update. */
  readonly id: string;
  readonly level: 1 | 2 | 3;
  readonly label: string;
  /** From 1, among its siblings. */
  readonly position: number;
  readonly siblings: number;
  /** Of a namespace or a kind. */
  readonly group?: TreeGroup;
  /** Of a resource. */
  readonly resource?: TreeResource;
}

/** The groups that the user closed: their ids, by environment. */
const collapsed = signal<ReadonlySet<string>>(new Set());

/** The lines of the tree that are shown, from top to bottom: namespaces, kinds, resources. */
export const treeRows = computed<readonly TreeRow[]>(() => {
  // Whoever searches wants to see what was found.
  const isOpen = (id: string): boolean =>
    query.value !== '' || !collapsed.value.has(collapseId(id));
  return buildRows(foundResources.value, isOpen);
});

/** Opens or closes a group. */
export function setExpanded(id: string, isExpanded: boolean): void {
  const next = new Set(collapsed.value);
  if (isExpanded) next.delete(collapseId(id));
  else next.add(collapseId(id));
  collapsed.value = next;
}

function collapseId(id: string): string {
  return `${selected.value?.id ?? ''}\n${id}`;
}

function buildRows(resources: readonly TreeResource[], isOpen: (id: string) => boolean): TreeRow[] {
  const namespaces = grouped(resources, ({ resource }) => resource.namespace ?? '');
  const rows: TreeRow[] = [];
  for (const [n, [namespace, members]] of namespaces.entries()) {
    const id = `n:${namespace}`;
    const label = namespace === '' ? 'cluster-scoped' : namespace;
    const at = { position: n + 1, siblings: namespaces.length };
    rows.push({ id, level: 1, label, ...at, group: groupOf(members, isOpen(id)) });
    if (isOpen(id)) rows.push(...kindRows(namespace, members, isOpen));
  }
  return rows;
}

function kindRows(
  namespace: string,
  resources: readonly TreeResource[],
  isOpen: (id: string) => boolean,
): TreeRow[] {
  const kinds = grouped(resources, ({ resource }) => resource.kind);
  return kinds.flatMap(([kind, members], k) => {
    const id = `k:${namespace}/${kind}`;
    const at = { position: k + 1, siblings: kinds.length };
    const row: TreeRow = { id, level: 2, label: kind, ...at, group: groupOf(members, isOpen(id)) };
    if (!isOpen(id)) return [row];
    const sorted = members.toSorted((a, b) => compareText(a.resource.name, b.resource.name));
    const leaves = sorted.map((resource, r): TreeRow => ({
      id: `r:${resource.key}`,
      level: 3,
      label: resource.resource.name,
      position: r + 1,
      siblings: sorted.length,
      resource,
    }));
    return [row, ...leaves];
  });
}

function groupOf(members: readonly TreeResource[], isExpanded: boolean): TreeGroup {
  const sum = (of: (one: TreeResource) => number): number =>
    members.reduce((total, one) => total + of(one), 0);
  return {
    isExpanded,
    resources: sum(({ change }) => (change === 'removed' ? 0 : 1)),
    errors: sum(({ errors }) => errors),
    warnings: sum(({ warnings }) => warnings),
    changes: sum(({ change }) => (change === undefined ? 0 : 1)),
  };
}

/** Groups by a text, sorted by it. The empty one comes last: what belongs to no namespace. */
function grouped(
  resources: readonly TreeResource[],
  by: (one: TreeResource) => string,
): [string, TreeResource[]][] {
  const groups = new Map<string, TreeResource[]>();
  for (const one of resources) {
    const members = groups.get(by(one));
    if (members === undefined) groups.set(by(one), [one]);
    else members.push(one);
  }
  return [...groups].sort(([a], [b]) =>
    a === '' || b === '' ? Number(a === '') - Number(b === '') : compareText(a, b),
  );
}

const COLLATOR = new Intl.Collator('en', { numeric: true });

function compareText(a: string, b: string): number {
  return COLLATOR.compare(a, b);
}
