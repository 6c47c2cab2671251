import pMap from 'p-map';
import type { ClusterConnection } from '../cluster/cluster-connection.ts';
import { statusFailure } from '../cluster/cluster-failure.ts';
import { type Discovery, openDiscovery } from '../cluster/discovery.ts';
import { Failure } from '../finding/failure.ts';
import type { ResourceId } from '../finding/finding.ts';
import type { SecretTexts } from '../manifest/secret-texts.ts';
import { causesOf } from './causes.ts';
import { type LiveObject, parseObject, textOf } from './live-object.ts';
import { maskSecrets } from './mask-secrets.ts';
import { isWaitedFor, readiness } from './readiness.ts';
import type { RolloutStatus } from './rollout-status.ts';
import { failed, progressing, ready, type Readiness } from './verdict.ts';

const POLL_MS = 1_000;
/** The API server shares out requests among its users: a few at once are not held up. */
const REQUESTS_AT_ONCE = 4;
/** An API server that restarts comes back within that; for longer the user had better know. */
const AWAY_MS = 30_000;
/** A controller that works writes a first status within seconds. */
const SILENCE_MS = 10_000;
/** What has failed for so long has failed: a controller may mend it with its next try. */
const FAILED_MS = 3_000;

/** Of how many objects it is found out why they are not up: where nothing comes up, the first ones tell. */
const MOST_EXPLAINED = 20;
/** How long it may take to find that out, after the waiting. */
const CAUSES_MS = 20_000;

/** What to wait for. */
export interface FollowOptions {
  readonly connection: ClusterConnection;
  /** What was applied. Kinds that have nothing to wait for, such as ConfigMaps, are not read. */
  readonly resources: readonly ResourceId[];
  readonly timeoutMs: number;
  /** Ends the waiting; the one of the connection ends its requests. */
  readonly signal?: AbortSignal;
  /** Told all statuses, in the order of `resources`, when one of them has another state or message than before. */
  readonly onChange?: (statuses: readonly RolloutStatus[]) => void;
  /** What must not show in messages and logs. Without the variables of containers, or a `default` among them hides much. */
  readonly secrets?: SecretTexts;
}

/**
 * Waits until what was applied is up. It ends when everything is ready, when what is not ready has failed, or when the time is
 * over; what has failed does not end the waiting for the rest.
 *
 * @returns one status for each resource, in their order; with causes for what is not ready.
 * @throws Failure `cluster` when the server refuses the credentials or has not answered for 30 s; `interrupted` on abort.
 */
export async function followRollouts(options: FollowOptions): Promise<readonly RolloutStatus[]> {
  const follower = new Follower(options);
  const deadline = Date.now() + options.timeoutMs;
  for (;;) {
    await follower.look(deadline);
    const left = deadline - Date.now();
    if (!follower.isProgressing() || left <= 0) break;
    await wait(Math.min(POLL_MS, left), options.signal);
  }
  return follower.finish();
}

interface Followed {
  readonly resource: ResourceId;
  verdict: Readiness;
  /** The object as it was read last. */
  object: LiveObject | undefined;
  /** Since when it has failed without a break, milliseconds since the epoch. */
  failedSince: number | undefined;
}

class Follower {
  readonly #options: FollowOptions;
  readonly #discovery: Discovery;
  readonly #followed: readonly Followed[];
  readonly #startedAt = Date.now();
  /** By message: hiding secrets takes long. */
  readonly #masked = new Map<string, string>();
  readonly #storageClasses = new Map<string, Promise<boolean>>();
  #answeredAt = Date.now();
  #refusal: Failure | undefined;
  #told = '';

  constructor(options: FollowOptions) {
    this.#options = options;
    this.#discovery = openDiscovery(options.connection);
    this.#followed = options.resources.map((resource) => ({
      resource,
      verdict: isWaitedFor(resource)
        ? progressing('not looked at yet')
        : ready('nothing to wait for'),
      object: undefined,
      failedSince: undefined,
    }));
  }

  /** Reads what is not ready, until the deadline at the latest. */
  async look(deadline: number): Promise<void> {
    const waiting = this.#followed.filter(({ verdict }) => verdict.state !== 'ready');
    const limit = new AbortController();
    const looking = pMap(
      waiting,
      async (one) => {
        if (!limit.signal.aborted) await this.#lookAt(one, limit.signal);
      },
      { concurrency: REQUESTS_AT_ONCE },
    );
    // A request under way when the time is over is left to itself.
    await wait(deadline - Date.now(), this.#options.signal, looking);
    limit.abort();
    this.#tell();
  }

  /** Whether anything may still come up. */
  isProgressing(): boolean {
    return this.#followed.some(
      ({ verdict: { state }, failedSince = Infinity }) =>
        state === 'progressing' || (state === 'failed' && Date.now() - failedSince < FAILED_MS),
    );
  }

  /** The statuses with their causes, as many as can be found in the time for that. */
  async finish(): Promise<readonly RolloutStatus[]> {
    const { connection, secrets, signal } = this.#options;
    const causes = new Map<Followed, readonly string[]>();
    const down = this.#followed.filter(({ verdict }) => verdict.state !== 'ready');
    const finding = pMap(
      down.slice(0, MOST_EXPLAINED),
      async (one) => {
        if (one.object === undefined) return;
        causes.set(one, await causesOf({ connection, secrets }, one.object));
      },
      { concurrency: REQUESTS_AT_ONCE },
    );
    await wait(CAUSES_MS, signal, finding);
    return this.#followed.map((one) => ({
      ...this.#statusOf(one),
      causes: causes.get(one) ?? [],
    }));
  }

  async #lookAt(one: Followed, limit: AbortSignal): Promise<void> {
    try {
      const { object, verdict } = await this.#read(one.resource);
      if (limit.aborted) return;
      one.object = object;
      one.verdict = verdict.isSilent === true ? this.#silent(verdict) : verdict;
      this.#answeredAt = Date.now();
    } catch (error) {
      if (!(error instanceof Failure) || error.kind !== 'cluster') throw error;
      if (error === this.#refusal || Date.now() - this.#answeredAt > AWAY_MS) throw error;
      if (limit.aborted) return;
      one.verdict = progressing(error.message);
    }
    one.failedSince = one.verdict.state === 'failed' ? (one.failedSince ?? Date.now()) : undefined;
  }

  async #read(resource: ResourceId): Promise<{ object?: LiveObject; verdict: Readiness }> {
    const path = await this.#discovery.pathOf(resource);
    if (path === undefined) return { verdict: failed('the cluster does not serve its kind') };
    const { connection } = this.#options;
    const { status, body } = await connection.request({ path });
    if (status === 404) return { verdict: failed('is not in the cluster') };
    const failure = statusFailure(connection, status, path);
    if (status === 403) return { verdict: failed(failure.message) };
    // Credentials that have expired do not come back.
    if (status === 401) this.#refusal = failure;
    if (status !== 200) throw failure;
    const object = parseObject(body);
    // Such as a page to log in, of a proxy.
    if (object === undefined) throw notJson(connection, path);
    const bindsOnFirstUse = await this.#bindsOnFirstUse(object);
    return { object, verdict: readiness(object, { bindsOnFirstUse }) };
  }

  /** Nothing says that anybody will ever report on it, so it is not waited for until the time is over. */
  #silent(verdict: Readiness): Readiness {
    return Date.now() - this.#startedAt < SILENCE_MS
      ? verdict
      : ready(`${verdict.message}, and need not`);
  }

  async #bindsOnFirstUse(object: LiveObject): Promise<boolean> {
    const name = textOf(object, 'spec', 'storageClassName');
    if (object['kind'] !== 'PersistentVolumeClaim' || name === '') return false;
    const known = this.#storageClasses.get(name) ?? this.#readStorageClass(name);
    this.#storageClasses.set(name, known);
    return known;
  }

  async #readStorageClass(name: string): Promise<boolean> {
    try {
      const read = { apiVersion: 'storage.k8s.io/v1', kind: 'StorageClass', name };
      const storageClass = await this.#discovery.read(read);
      return textOf(storageClass, 'volumeBindingMode') === 'WaitForFirstConsumer';
    } catch {
      // Not everybody may read it; then the claim is waited for.
      return false;
    }
  }

  #statusOf({ resource, verdict }: Followed): RolloutStatus {
    const message =
      this.#masked.get(verdict.message) ?? maskSecrets(verdict.message, this.#options.secrets);
    this.#masked.set(verdict.message, message);
    return { resource, state: verdict.state, message, causes: [] };
  }

  #tell(): void {
    const statuses = this.#followed.map((one) => this.#statusOf(one));
    const text = JSON.stringify(statuses);
    if (text !== this.#told) this.#options.onChange?.(statuses);
    this.#told = text;
  }
}

function notJson({ server }: ClusterConnection, path: string): Failure {
  return new Failure('cluster', `${server}${path} answered with something that is no object`, {
    hint: 'Check that no proxy answers in place of the API server.',
  });
}

/**
 * Waits for some time, or until something settles.
 *
 * @throws Failure `interrupted` on abort; what `settles` throws.
 */
async function wait(
  ms: number,
  signal: AbortSignal | undefined,
  settles?: Promise<unknown>,
): Promise<void> {
  let release = (): void => undefined;
  const over = new Promise<void>((resolve, reject) => {
    const timer = setTimeout(resolve, Math.max(ms, 0));
    const interrupt = (): void => reject(interruption(signal));
    if (signal?.aborted === true) interrupt();
    signal?.addEventListener('abort', interrupt, { once: true });
    release = () => {
      clearTimeout(timer);
      signal?.removeEventListener('abort', interrupt);
    };
  });
  try {
    await Promise.race(settles === undefined ? [over] : [over, settles]);
  } finally {
    release();
  }
}

function interruption(signal: AbortSignal | undefined): Failure {
  return signal?.reason instanceof Failure
    ? signal.reason
    : new Failure('interrupted', 'interrupted while waiting for the cluster');
}
