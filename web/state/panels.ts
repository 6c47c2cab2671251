import { signal } from '@preact/signals';
import type { PageFinding } from '../../lib/preview/page/page-data.ts';
import { openResource } from './route.ts';

/** On a narrow screen the sidebar covers the page while it is open. */
export const isSidebarOpen = signal(false);

/** The list of keys is shown. */
export const areKeysShown = signal(false);

/** Moves on to the next thing to look at, or back to the last: findings, changes. */
export type Step = (direction: 1 | -1) => void;

/** What `j` and `k` do in the view that is shown; undefined where it has nothing to step through. */
export const step = signal<Step | undefined>(undefined);

/** The finding that the user wants to see in the YAML; undefined once it is shown. */
export const wantedFinding = signal<PageFinding | undefined>(undefined);

/** Shows a resource at one of its findings. */
export function openFinding(key: string, finding: PageFinding): void {
  wantedFinding.value = finding;
  openResource(key, 'yaml');
}
