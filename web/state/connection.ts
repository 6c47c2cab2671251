import { batch, computed, signal } from '@preact/signals';
import type { PageEnvironmentSummary, PageState } from '../../lib/preview/page/page-data.ts';
import { route } from './route.ts';

/** `connecting` before the first answer; `reconnecting`: what is shown may be old. */
export type Connection = 'connecting' | 'live' | 'reconnecting';

/** Between two tries of a server that answers, but not with events; in milliseconds. */
const RETRY_MS = 2000;

/** How the page and its server are connected now. */
export const connection = signal<Connection>('connecting');

/** What the server said last; undefined before it said anything. */
export const state = signal<PageState | undefined>(undefined);

/** How often the server was reached: after each time all is asked again, since events may have been missed. */
export const connections = signal(0);

/** The environment that the user looks at; undefined when there is none. */
export const selected = computed<PageEnvironmentSummary | undefined>(() => {
  const environments = state.value?.environments ?? [];
  return environments.find(({ id }) => id === route.value.environment) ?? environments[0];
});

/** The name of the lock that a page has which listens though nobody sees it. */
const UNSEEN_LISTENER = 'tankard-unseen-listener';

/** What ends the listening; undefined while the page does not listen. */
let stopListening: (() => void) | undefined;

/**
 * Listens to the server's events while the page is seen. Browsers have six connections to one server over HTTP/1.1, and
 * a page that listens has one of them: beside six of them no further one could be opened. So of the pages that are open
 * but not seen only one listens, for the title of its tab to stay true.
 */
export function connect(): void {
  let seen = new AbortController();
  const follow = (): void => {
    seen.abort();
    seen = new AbortController();
    if (document.visibilityState === 'visible') stopListening ??= listen();
    else {
      stopListening?.();
      stopListening = undefined;
      void listenUnseen(seen.signal);
    }
  };
  document.addEventListener('visibilitychange', follow);
  follow();
}

/** Listens once no other page does so unseen, until this one is seen. */
async function listenUnseen(seen: AbortSignal): Promise<void> {
  try {
    await navigator.locks.request(UNSEEN_LISTENER, { signal: seen }, async () => {
      stopListening ??= listen();
      await new Promise((resolve) => seen.addEventListener('abort', resolve));
    });
  } catch {
    // It was seen before its turn came.
  }
}

/** @returns what ends it. */
function listen(): () => void {
  const events = new EventSource('api/events');
  let retry: ReturnType<typeof setTimeout> | undefined;
  events.addEventListener('open', () => {
    connections.value += 1;
  });
  events.addEventListener('state', (event: MessageEvent<string>) => {
    batch(() => {
      state.value = JSON.parse(event.data) as PageState;
      connection.value = 'live';
    });
  });
  events.addEventListener('error', () => {
    if (connection.value === 'live') connection.value = 'reconnecting';
    // The browser itself tries again when nobody answers, but not after an answer that it did not expect.
    if (events.readyState !== EventSource.CLOSED) return;
    retry = setTimeout(() => (stopListening = listen()), RETRY_MS);
  });
  return () => {
    clearTimeout(retry);
    events.close();
  };
}
