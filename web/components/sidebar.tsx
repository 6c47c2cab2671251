import type { JSX } from 'preact';
import { isSidebarOpen } from '../state/panels.ts';
import { EnvironmentList } from './environment-list.tsx';
import { ResourceTree } from './resource-tree.tsx';
import { ResourceSearch } from './resource-search.tsx';
import { ViewList } from './view-list.tsx';

/** The left side: environments, the views of the selected one, its resources. */
export function Sidebar(): JSX.Element {
  return (
    <aside
      class={`sidebar ${isSidebarOpen.value ? 'is-open' : ''}`}
      aria-label="Environments and resources"
      onKeyDown={(event) => {
        if (event.key === 'Escape') isSidebarOpen.value = false;
      }}
    >
      <EnvironmentList />
      <ViewList />
      <section class="resources" aria-labelledby="resources-heading">
        <ResourceSearch />
        <ResourceTree />
      </section>
    </aside>
  );
}
