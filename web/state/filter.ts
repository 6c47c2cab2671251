import { computed, signal } from '@preact/signals';
import type { ChangeKind } from '../../lib/compare/resource-change.ts';
import type { ResourceId } from '../../lib/finding/finding.ts';
import type { PageEnvironment } from '../../lib/preview/page/page-data.ts';
import { environment } from './environment.ts';

/** What the user searches for among the resources. */
export const query = signal('');

/** A resource of the tree: one that is rendered, or one that was removed. */
export interface TreeResource {
  readonly key: string;
  readonly resource: ResourceId;
  readonly errors: number;
  readonly warnings: number;
  readonly change: ChangeKind | undefined;
  /** All that a search can find it by, in lower case. */
  readonly text: string;
}

/** All resources of the environment, those that were removed among them. */
export const allResources = computed<readonly TreeResource[]>(() =>
  environment.value === undefined ? [] : treeResources(environment.value),
);

/** The resources that the search finds. */
export const foundResources = computed<readonly TreeResource[]>(() => {
  const words = query.value.toLowerCase().split(/\s+/).filter(Boolean);
  return words.length === 0
    ? allResources.value
    : allResources.value.filter((one) => words.every((word) => matches(one, word)));
});

function treeResources({ resources, changes, findings }: PageEnvironment): TreeResource[] {
  const findingText = new Map<string, string>();
  for (const { resourceKey, code, message } of findings)
    if (resourceKey !== undefined)
      findingText.set(resourceKey, `${findingText.get(resourceKey) ?? ''} ${code} ${message}`);
  const removed = changes
    .filter(({ kind }) => kind === 'removed')
    .map(
      ({ key, resource }) =>
        ({ key, resource, errors: 0, warnings: 0, change: 'removed' }) as const,
    );
  return [...resources, ...removed].map((one) => ({
    key: one.key,
    resource: one.resource,
    errors: one.errors,
    warnings: one.warnings,
    change: one.change,
    text: searchText(one.resource, findingText.get(one.key) ?? ''),
  }));
}

function searchText({ apiVersion, kind, namespace, name }: ResourceId, findings: string): string {
  const place =
    namespace === undefined ? '' : `${namespace}/${name} ns:${namespace} namespace:${namespace}`;
  return `${name} ${kind} ${kind}/${name} kind:${kind} ${apiVersion} ${place} ${findings}`.toLowerCase();
}

function matches(one: TreeResource, word: string): boolean {
  switch (word) {
    case 'is:changed':
      return one.change !== undefined;
    case 'is:error':
      return one.errors > 0;
    case 'is:warning':
      return one.warnings > 0;
    default:
      return one.text.includes(word);
  }
}
