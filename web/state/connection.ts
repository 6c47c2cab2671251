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

/** Listens to the server's events, for as long as the page is open. */
export function connect(): void {
  const events = new EventSource('api/events');
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
    events.close();
    setTimeout(connect, RETRY_MS);
  });
}
