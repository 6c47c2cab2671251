import { SEARCH_ID, TREE_ID } from './components/resource-search.tsx';
import { selected, state } from './state/connection.ts';
import { view } from './state/environment.ts';
import { areKeysShown, isSidebarOpen, step } from './state/panels.ts';
import { navigate, type Tab, type View } from './state/route.ts';

const KEYS: Readonly<Record<string, () => void>> = {
  '/': () => focusInSidebar(SEARCH_ID),
  t: () => focusInSidebar(TREE_ID),
  c: () => show('changes'),
  f: () => show('findings'),
  g: () => show('graph'),
  '1': () => showTab('yaml'),
  '2': () => showTab('diff'),
  '3': () => showTab('cluster'),
  j: () => step.value?.(1),
  k: () => step.value?.(-1),
  '[': () => showNeighbour(-1),
  ']': () => showNeighbour(1),
  '?': () => (areKeysShown.value = true),
  Escape: () => document.querySelector('main')?.focus(),
};

/** Listens to the keys that work everywhere, except where text is typed. */
export function listenToKeys(): void {
  document.addEventListener('keydown', (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.defaultPrevented) return;
    if (areKeysShown.value || isTyped(event.target)) return;
    const act = KEYS[event.key];
    if (act === undefined) return;
    event.preventDefault();
    act();
  });
}

function isTyped(target: EventTarget | null): boolean {
  return target instanceof Element && target.closest('input:not([type=radio]), textarea') !== null;
}

function focusInSidebar(id: string): void {
  isSidebarOpen.value = true;
  document.getElementById(id)?.focus();
  // The sidebar of a narrow screen takes the focus only once it is shown.
  requestAnimationFrame(() => document.getElementById(id)?.focus());
}

function show(to: View): void {
  isSidebarOpen.value = false;
  navigate({ view: to, resource: undefined });
}

function showTab(tab: Tab): void {
  if (view.value === 'resource') navigate({ tab });
}

function showNeighbour(direction: 1 | -1): void {
  const environments = state.value?.environments ?? [];
  const index = environments.findIndex(({ id }) => id === selected.value?.id);
  const next = environments[index + direction];
  if (next !== undefined) navigate({ environment: next.id, view: undefined, resource: undefined });
}
