import { setTimeout as delay } from 'node:timers/promises';
import { expect, it } from 'vitest';
import { RenderQueue } from '../../../lib/workflow/preview/render-queue.ts';
import type { Save } from '../../../lib/watch/file-watcher.ts';

function save(file: string): Save {
  return { files: [file], startedAt: performance.now() };
}

/** Longer than a pause of the queue. */
const PAUSE_MS = 1300;

it('does what can wait once saves pause, and stops it at the next save', async () => {
  const told: string[] = [];
  const queue = new RenderQueue(async (id, { files = [] } = {} as Save) => {
    told.push(`${id} ${files.join()}`);
    return async (signal) => {
      told.push(`${id} later`);
      // The first attempt goes on until it is stopped.
      if (told.filter((one) => one === 'a later').length > 1) return;
      await delay(60_000, undefined, { signal }).catch(() => told.push(`${id} stopped`));
    };
  }, 2);
  try {
    queue.add('a', save('one'));
    await delay(300);
    queue.add('a', save('two'));
    await delay(300);
    // What was shown is not told again with the next save.
    expect(told).toEqual(['a one', 'a two']);
    await delay(PAUSE_MS);
    expect(told.slice(2)).toEqual(['a later']);
    queue.add('b', save('three'));
    await delay(100);
    expect(told.slice(3).sort()).toEqual(['a stopped', 'b three']);
    await delay(2 * PAUSE_MS);
    expect(told.slice(5)).toEqual(['a later', 'b later']);
  } finally {
    await queue.close();
  }
});

it('closes while something is done later', async () => {
  let isStopped = false;
  const queue = new RenderQueue(
    async () => async (signal) => {
      await delay(60_000, undefined, { signal }).catch(() => (isStopped = true));
    },
    1,
  );
  queue.add('a');
  await delay(PAUSE_MS);
  await queue.close();
  expect(isStopped).toBe(true);
});
