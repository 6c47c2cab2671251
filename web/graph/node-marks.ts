import type { ChangeKind } from '../../lib/compare/resource-change.ts';
import type { ResourceId } from '../../lib/finding/finding.ts';
import type { PageChange, PageResourceSummary } from '../../lib/preview/page/page-data.ts';
import type { RelationGraph } from '../../lib/relations/relation-graph.ts';
import type { Card } from './card-graph.ts';

/** What is to be seen of a node besides its relations. */
export interface NodeMarks {
  readonly errors: number;
  readonly warnings: number;
  /** What happened to it; `removed` of a node that is missing now. */
  readonly change?: ChangeKind;
}

/**
 * @param resources of the same environment
 * @param changes those that removed a resource tell why a node is missing
 * @returns the marks of those nodes that have some, by id
 */
export function nodeMarks(
  graph: RelationGraph,
  resources: readonly PageResourceSummary[],
  changes: readonly Pick<PageChange, 'kind' | 'resource'>[],
): ReadonlyMap<string, NodeMarks> {
  const marks = new Map<string, NodeMarks>();
  for (const { kind, resource } of changes)
    if (kind === 'removed') marks.set(nameOf(resource), { errors: 0, warnings: 0, change: kind });
  for (const { resource, errors, warnings, change } of resources)
    if (errors > 0 || warnings > 0 || change)
      marks.set(nameOf(resource), { errors, warnings, ...(change ? { change } : {}) });
  return new Map(
    graph.nodes.flatMap(({ id, kind, resource }) => {
      const found =
        resource && (kind === 'resource' || kind === 'missing') && marks.get(nameOf(resource));
      return found ? [[id, found]] : [];
    }),
  );
}

/** Without the version: what names a missing resource often does not say it. */
function nameOf({ apiVersion, kind, namespace, name }: ResourceId): string {
  return JSON.stringify([apiVersion.replace(/\/?[^/]*$/, ''), kind, namespace, name]);
}

/** @returns the marks of all nodes of a card together */
export function marksOfCard({ nodes }: Card, marks: ReadonlyMap<string, NodeMarks>): NodeMarks {
  const all = nodes.flatMap(({ id }) => marks.get(id) ?? []);
  const changes = new Set(all.flatMap(({ change }) => change ?? []));
  const [change] = changes;
  return {
    errors: all.reduce((sum, { errors }) => sum + errors, 0),
    warnings: all.reduce((sum, { warnings }) => sum + warnings, 0),
    ...(change ? { change: changes.size > 1 ? 'changed' : change } : {}),
  };
}

/** @returns the marks in words, such as `2 errors` */
export function markWords({ errors, warnings, change }: NodeMarks): readonly string[] {
  const count = (number: number, noun: string): readonly string[] =>
    number === 0 ? [] : [`${number} ${noun}${number === 1 ? '' : 's'}`];
  return [...count(errors, 'error'), ...count(warnings, 'warning'), ...(change ? [change] : [])];
}
