import { signal } from '@preact/signals';
import type { CompareBase } from '../../lib/preview/preview-session.ts';

/** What the middle of the page shows: something about the whole environment, or one resource. */
export type View = 'changes' | 'findings' | 'graph' | 'resource';

/** The tab of a resource. */
export type Tab = 'yaml' | 'diff' | 'cluster';

/** Where the user is; all of it is in the hash of the URL, so that a reload and a bookmark lead back. */
export interface Route {
  /** Id of the environment; undefined for the first. */
  readonly environment: string | undefined;
  /** Undefined when the user has not chosen: the page shows what is most useful. */
  readonly view: View | undefined;
  /** Key of the resource; of the view `resource`. */
  readonly resource: string | undefined;
  readonly tab: Tab;
  readonly base: CompareBase;
}

const VIEWS: readonly string[] = ['changes', 'findings', 'graph'] satisfies View[];
const TABS: readonly string[] = ['yaml', 'diff', 'cluster'] satisfies Tab[];
const BASES: readonly string[] = ['save', 'head', 'cluster'] satisfies CompareBase[];

/** Where the user is now. */
export const route = signal<Route>(parseRoute(location.hash));

/** Follows the hash of the URL: the user's bookmarks and the browser's back and forward. */
export function followHash(): void {
  window.addEventListener('hashchange', () => {
    route.value = parseRoute(location.hash);
  });
}

/** Goes somewhere else, with an entry in the browser's history. */
export function navigate(to: Partial<Route>): void {
  const next = { ...route.value, ...to };
  const hash = formatRoute(next);
  if (hash !== location.hash) history.pushState(null, '', hash === '' ? '#' : hash);
  route.value = next;
}

/** Key of the resource that was last shown; the graph selects it. */
export const lastResource = signal(route.peek().resource);

/** Shows a resource. Without a tab, the one that was last shown. */
export function openResource(key: string, tab: Tab = route.value.tab): void {
  lastResource.value = key;
  navigate({ view: 'resource', resource: key, tab });
}

/** Reads a hash; what it does not say, or says wrongly, has its default. */
export function parseRoute(hash: string): Route {
  const parameters = new URLSearchParams(hash.replace(/^#/, ''));
  const oneOf = (name: string, values: readonly string[]): string | undefined => {
    const value = parameters.get(name);
    return value !== null && values.includes(value) ? value : undefined;
  };
  const resource = parameters.get('resource') ?? undefined;
  return {
    environment: parameters.get('env') ?? undefined,
    view: resource === undefined ? (oneOf('view', VIEWS) as View | undefined) : 'resource',
    resource,
    tab: (oneOf('tab', TABS) as Tab | undefined) ?? 'yaml',
    base: (oneOf('base', BASES) as CompareBase | undefined) ?? 'save',
  };
}

/** The hash of a place, with `#`; empty for the one that the page opens with. */
export function formatRoute(to: Route): string {
  const parameters = new URLSearchParams();
  if (to.environment !== undefined) parameters.set('env', to.environment);
  if (to.view === 'resource' && to.resource !== undefined) {
    parameters.set('resource', to.resource);
    if (to.tab !== 'yaml') parameters.set('tab', to.tab);
  } else if (to.view !== undefined && to.view !== 'resource') parameters.set('view', to.view);
  if (to.base !== 'save') parameters.set('base', to.base);
  const text = parameters.toString();
  return text === '' ? '' : `#${text}`;
}
