import type { ComponentType, JSX } from 'preact';
import type { PageResource } from '../../lib/preview/page/page-data.ts';
import { RelationSection } from './relation-section.tsx';

/** What is said about a resource as it will be in the cluster; each renders its own heading, or nothing. */
const SECTIONS: readonly ComponentType<{ readonly resource: PageResource }>[] = [RelationSection];

/** What a resource is and does in the cluster. */
export function ClusterTab({ resource }: { readonly resource: PageResource }): JSX.Element {
  return (
    <div class="sections">
      {SECTIONS.map((Section) => (
        <Section key={Section.name} resource={resource} />
      ))}
    </div>
  );
}
