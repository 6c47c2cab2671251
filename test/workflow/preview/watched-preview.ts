import { onTestFinished } from 'vitest';
import type {
  PreviewEvent,
  PreviewSession,
  PreviewUpdate,
} from '../../../lib/preview/preview-session.ts';
import type { PreviewOptions } from '../../../lib/workflow/preview/preview-options.ts';
import { preview } from '../../../lib/workflow/preview/preview.ts';

/** Time that a loaded machine may take for one step, in milliseconds. */
const PATIENCE_MS = 30_000;

/** A preview that is closed when the test ends, and what it told so far. */
export interface WatchedPreview {
  readonly session: PreviewSession;
  readonly events: readonly PreviewEvent[];
  /** Waits for an update that was not asked for before, and that fits. */
  readonly next: (fits?: (update: PreviewUpdate) => boolean) => Promise<PreviewUpdate>;
  /** Waits until something holds. */
  readonly until: (holds: () => boolean) => Promise<void>;
}

/** Starts a preview, and waits for the first render of each environment. */
export async function watchedPreview(options: PreviewOptions): Promise<WatchedPreview> {
  const session = await preview(options);
  onTestFinished(async () => session.close());
  const events: PreviewEvent[] = [];
  const wakers = new Set<() => void>();
  session.subscribe((event) => {
    events.push(event);
    for (const wake of wakers) wake();
  });
  const until = async (holds: () => boolean): Promise<void> =>
    new Promise((resolve, reject) => {
      const timer = setTimeout(() => {
        wakers.delete(check);
        reject(new Error(`still not so after ${PATIENCE_MS} ms: ${holds.toString()}`));
      }, PATIENCE_MS);
      const check = (): void => {
        if (!holds()) return;
        clearTimeout(timer);
        wakers.delete(check);
        resolve();
      };
      wakers.add(check);
      check();
    });
  let seen = 0;
  const next = async (
    fits: (update: PreviewUpdate) => boolean = () => true,
  ): Promise<PreviewUpdate> => {
    const found = (): number =>
      events.findIndex(
        (event, index) => index >= seen && event.type === 'update' && fits(event.update),
      );
    await until(() => found() !== -1);
    const event = events[found()];
    seen = found() + 1;
    if (event?.type !== 'update') throw new Error('no update');
    return event.update;
  };
  await until(() =>
    session.environments().every(({ status }) => ['current', 'broken'].includes(status)),
  );
  seen = events.length;
  return { session, events, next, until };
}
