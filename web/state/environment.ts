import { batch, computed, effect, signal } from '@preact/signals';
import type { PageEnvironment } from '../../lib/preview/page/page-data.ts';
import type { CompareBase } from '../../lib/preview/preview-session.ts';
import { announceBroken, announceSave } from './announcement.ts';
import { connections, selected } from './connection.ts';
import { request, RequestError } from './request.ts';
import { route, type View } from './route.ts';

interface Loaded {
  readonly base: CompareBase;
  readonly environment: PageEnvironment;
  /** What the last save did, to tell it from the one before. */
  readonly result: string;
  /** It did not render when it was last tried. */
  readonly isBroken: boolean;
}

const loaded = signal<Loaded | undefined>(undefined);
const failure = signal<RequestError | undefined>(undefined);
/** The base that could not be had, until the user chooses another one or asks again. */
const failedBase = signal<CompareBase | undefined>(undefined);

/** The selected environment as last read; undefined until it was. */
export const environment = computed<PageEnvironment | undefined>(() => {
  const now = loaded.value?.environment;
  return now?.id === selected.value?.id ? now : undefined;
});

/** What is really compared with: the last save when the user's choice could not be had. */
export const base = computed<CompareBase>(() =>
  failedBase.value === route.value.base ? 'save' : route.value.base,
);

/** There is a good state to be shown: the environment rendered at least once. */
export const isRendered = computed<boolean>(() => {
  return environment.value !== undefined && hasRendered(environment.value);
});

/** Why the environment, or what it is compared with, could not be had. */
export const environmentFailure = computed<RequestError | undefined>(() => failure.value);

/** The answer for what the user chose is still on its way. */
export const isLoading = computed<boolean>(
  () => environment.value === undefined || loaded.value?.base !== base.value,
);

/** For how long what changed is highlighted, in milliseconds; the style sheet has the same. */
const FRESH_MS = 2400;

/** The resources that the last update changed, and how many updates there were. */
const fresh = signal<{ readonly keys: ReadonlySet<string>; readonly turn: number }>({
  keys: new Set(),
  turn: 0,
});

/** The class that highlights a resource for a moment after an update changed it; another one each time, to start anew. */
export function freshClass(key: string): string {
  const { keys, turn } = fresh.value;
  return keys.has(key) ? `fresh-${turn % 2}` : '';
}

/** What the middle of the page shows. What the last save changed comes first, then what is wrong. */
export const view = computed<View>(() => {
  if (route.value.view !== undefined) return route.value.view;
  const now = environment.value;
  if (now === undefined || now.changes.length > 0) return 'changes';
  return now.findings.length > 0 ? 'findings' : 'changes';
});

/** Asks again for what the user wants to compare with. */
export function retryBase(): void {
  batch(() => {
    failedBase.value = undefined;
    failure.value = undefined;
  });
}

/** Keeps `environment` as the server's events say that it is. */
export function followEnvironment(): void {
  // One text that changes only when there is something to ask for: the effect does not run for other news.
  const wanted = computed(() =>
    JSON.stringify([selected.value?.id, base.value, selected.value?.revision, connections.value]),
  );
  effect(() => {
    if (failedBase.value !== undefined && failedBase.value !== route.value.base) retryBase();
  });
  effect(() => {
    const [id] = JSON.parse(wanted.value) as [string | null];
    // JSON has null for what is undefined.
    if (id === null) return;
    const controller = new AbortController();
    void load(id, base.peek(), controller.signal);
    return () => controller.abort();
  });
}

async function load(id: string, against: CompareBase, abort: AbortSignal): Promise<void> {
  try {
    const next = await request<PageEnvironment>('api/environment', { id, base: against }, abort);
    if (!abort.aborted) take(next, against);
  } catch (error) {
    if (abort.aborted || !(error instanceof RequestError)) return;
    // A server that is away will be back, and what is shown stays.
    if (error.isAway) return;
    batch(() => {
      failure.value = error;
      if (against !== 'save') failedBase.value = against;
    });
  }
}

function take(next: PageEnvironment, against: CompareBase): void {
  const last = loaded.peek();
  const now: Loaded = {
    base: against,
    environment: next,
    result: JSON.stringify([selected.peek()?.durationMs, next.changes, next.gone, next.problem]),
    isBroken: next.status === 'broken' || (next.status === 'rendering' && last?.isBroken === true),
  };
  const isUpdate = last?.environment.id === next.id && last.base === against;
  batch(() => {
    loaded.value = now;
    if (failedBase.peek() === undefined) failure.value = undefined;
    markFresh(isUpdate ? changedSince(last.environment, next) : new Set());
    if (isUpdate) announce(last, now);
  });
}

function announce(last: Loaded, now: Loaded): void {
  // The first render has a result, too, but nobody saved anything.
  const wasTried = hasRendered(last.environment) || last.isBroken;
  if (now.environment.status === 'rendering' || last.result === now.result) return;
  if (now.isBroken) announceBroken(now.environment);
  else if (wasTried) announceSave(now.environment, last.isBroken);
}

function hasRendered({ status, resources }: PageEnvironment): boolean {
  return status === 'current' || resources.length > 0;
}

function markFresh(keys: ReadonlySet<string>): void {
  const turn = fresh.peek().turn + 1;
  fresh.value = { keys, turn };
  // A row that is scrolled out of sight and back is not highlighted again.
  setTimeout(() => {
    if (fresh.peek().turn === turn) fresh.value = { keys: new Set(), turn };
  }, FRESH_MS);
}

/** The keys of the resources whose change is not the one that was shown before. */
function changedSince(last: PageEnvironment, next: PageEnvironment): ReadonlySet<string> {
  const before = new Map(last.changes.map((change) => [change.key, JSON.stringify(change)]));
  return new Set(
    next.changes
      .filter((change) => before.get(change.key) !== JSON.stringify(change))
      .map(({ key }) => key),
  );
}
