import { signal } from '@preact/signals';

/** On a narrow screen the sidebar covers the page while it is open. */
export const isSidebarOpen = signal(false);

/** The list of keys is shown. */
export const areKeysShown = signal(false);

/** Moves on to the next thing to look at, or back to the last: findings, changes. */
export type Step = (direction: 1 | -1) => void;

/** What `j` and `k` do in the view that is shown; undefined where it has nothing to step through. */
export const step = signal<Step | undefined>(undefined);
