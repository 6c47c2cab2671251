import type { JSX, TargetedKeyboardEvent } from 'preact';
import { allResources, foundResources, query } from '../state/filter.ts';
import { treeRows } from '../state/tree.ts';
import { openResource } from '../state/route.ts';
import { numberText } from '../text.ts';
import { Icon } from './icons.tsx';
import { isSidebarOpen } from '../state/panels.ts';

/** Ids of elements that keys move the focus to. */
export const SEARCH_ID = 'resource-search';
export const TREE_ID = 'resource-tree';

/** The heading of the resources, and the field that searches them. */
export function ResourceSearch(): JSX.Element {
  const all = allResources.value.length;
  const found = foundResources.value.length;
  return (
    <>
      <h2 id="resources-heading">
        Resources{' '}
        <span class="number" role="status">
          {found === all ? numberText(all) : `${numberText(found)} of ${numberText(all)}`}
        </span>
      </h2>
      <div class="search">
        <Icon name="search" />
        <input
          id={SEARCH_ID}
          type="search"
          placeholder="Search resources"
          aria-label="Search the resources"
          aria-describedby="search-words"
          autocomplete="off"
          spellcheck={false}
          value={query.value}
          onInput={(event) => (query.value = event.currentTarget.value)}
          onKeyDown={onKeyDown}
        />
        <kbd aria-hidden="true">/</kbd>
      </div>
      <span id="search-words" class="unseen">
        Also kind:Deployment, ns:default, is:changed, is:error and is:warning.
      </span>
    </>
  );
}

function onKeyDown(event: TargetedKeyboardEvent<HTMLInputElement>): void {
  if (event.key === 'ArrowDown') {
    event.preventDefault();
    document.getElementById(TREE_ID)?.focus();
  } else if (event.key === 'Enter') {
    const first = treeRows.value.find(({ resource }) => resource !== undefined)?.resource;
    if (first === undefined) return;
    isSidebarOpen.value = false;
    openResource(first.key);
  } else if (event.key === 'Escape') {
    event.stopPropagation();
    if (query.value === '') document.querySelector('main')?.focus();
    else query.value = '';
  }
}
