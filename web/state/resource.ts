import { batch, computed, effect, signal } from '@preact/signals';
import type { PageResource } from '../../lib/preview/page/page-data.ts';
import { connections, selected } from './connection.ts';
import { base } from './environment.ts';
import { request, RequestError } from './request.ts';
import { route } from './route.ts';

interface Loaded {
  readonly id: string;
  readonly resource: PageResource;
}

const loaded = signal<Loaded | undefined>(undefined);

/** Why the selected resource could not be had. */
export const resourceFailure = signal<RequestError | undefined>(undefined);

/** The selected resource as last read; undefined until it was. */
export const resource = computed<PageResource | undefined>(() => {
  const now = loaded.value;
  const isWanted = now?.id === selected.value?.id && now?.resource.key === route.value.resource;
  return isWanted ? now?.resource : undefined;
});

/** Keeps `resource` as the server's events say that it is. */
export function followResource(): void {
  const wanted = computed(() =>
    JSON.stringify([
      selected.value?.id,
      route.value.resource,
      base.value,
      selected.value?.revision,
      connections.value,
    ]),
  );
  effect(() => {
    const [id, key] = JSON.parse(wanted.value) as [string | null, string | null];
    // JSON has null for what is undefined.
    if (id === null || key === null) return;
    const controller = new AbortController();
    void load(id, key, controller.signal);
    return () => controller.abort();
  });
}

async function load(id: string, key: string, abort: AbortSignal): Promise<void> {
  try {
    const query = { id, key, base: base.peek() };
    const next = await request<PageResource>('api/resource', query, abort);
    if (abort.aborted) return;
    loaded.value = { id, resource: next };
    resourceFailure.value = undefined;
  } catch (error) {
    if (abort.aborted || !(error instanceof RequestError) || error.isAway) return;
    batch(() => {
      loaded.value = undefined;
      resourceFailure.value = error;
    });
  }
}
