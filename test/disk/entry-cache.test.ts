import {
  existsSync,
  readdirSync,
  readFileSync,
  statSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { EntryCache } from '../../lib/disk/entry-cache.ts';
import { temporaryDirectory } from '../tools/fake-program.ts';

const KEY = 'a'.repeat(64);
const OTHER = 'b'.repeat(64);
const DAY_S = 24 * 60 * 60;

let root = '';

beforeEach(async () => {
  root = await temporaryDirectory();
  vi.stubEnv('TANKARD_CACHE', root);
});
afterEach(() => void vi.unstubAllEnvs());

function fileOf(key: string): string {
  return path.join(root, 'results', key.slice(0, 2), `${key}.entry`);
}

/** Makes an entry one that was last used some days ago. */
function age(key: string, days: number): void {
  const then = Date.now() / 1000 - days * DAY_S;
  utimesSync(fileOf(key), then, then);
}

describe('EntryCache', () => {
  it('gives back what was put in, in another process too, and nothing else', async () => {
    const content = Buffer.from([0, 255, 10]);
    expect(await new EntryCache('results').put(KEY, content)).toBe(true);
    expect(await new EntryCache('results').get(KEY)).toEqual(content);
    expect(await new EntryCache('results').get(OTHER)).toBeUndefined();
  });

  it('keeps entries from other users', async () => {
    await new EntryCache('results').put(KEY, Buffer.from('x'));
    expect(statSync(fileOf(KEY)).mode & 0o777).toBe(0o600);
    expect(statSync(path.dirname(fileOf(KEY))).mode & 0o777).toBe(0o700);
  });

  it.each([
    ['cut off', (bytes: Buffer) => bytes.subarray(0, -1)],
    ['cut off in the checksum', (bytes: Buffer) => bytes.subarray(0, 20)],
    ['empty', () => Buffer.alloc(0)],
    ['longer', (bytes: Buffer) => Buffer.concat([bytes, Buffer.from('x')])],
    ['changed', (bytes: Buffer) => Buffer.from(bytes).fill('y', bytes.length - 1)],
  ])('takes an entry that is %s for none, and removes it', async (_, damage) => {
    const cache = new EntryCache('results');
    await cache.put(KEY, Buffer.from('content'));
    writeFileSync(fileOf(KEY), damage(readFileSync(fileOf(KEY))));
    expect(await cache.get(KEY)).toBeUndefined();
    expect(existsSync(fileOf(KEY))).toBe(false);
  });

  it('takes an entry under the name of another one for none', async () => {
    const cache = new EntryCache('results');
    await cache.put(KEY, Buffer.from('content'));
    await cache.put(OTHER, Buffer.from('other'));
    writeFileSync(fileOf(OTHER), readFileSync(fileOf(KEY)));
    expect(await cache.get(OTHER)).toBeUndefined();
  });

  it('removes what was not used for 30 days; being read is use', async () => {
    const cache = new EntryCache('results');
    await cache.put(KEY, Buffer.from('a'));
    await cache.put(OTHER, Buffer.from('b'));
    age(KEY, 31);
    age(OTHER, 31);
    expect(await cache.get(OTHER)).toBeDefined();
    cache.evict();
    expect(await cache.get(KEY)).toBeUndefined();
    expect(await cache.get(OTHER)).toBeDefined();
  });

  it('removes the least recently used beyond its size, and what a killed process left', async () => {
    const cache = new EntryCache('results', { maxBytes: 2_500 });
    const keys = ['1', '2', '3'].map((digit) => digit.repeat(64));
    for (const [index, key] of keys.entries()) {
      await cache.put(key, Buffer.alloc(1_000));
      age(key, 3 - index);
    }
    const left = path.join(path.dirname(fileOf(KEY)), '.x.entry.123.tmp');
    await cache.put(KEY, Buffer.alloc(0));
    writeFileSync(left, '');
    utimesSync(left, 1, 1);
    cache.evict();
    const found = await Promise.all(keys.map((key) => cache.get(key)));
    expect(found.map((one) => one !== undefined)).toEqual([false, true, true]);
    expect(existsSync(left)).toBe(false);
  });

  it('looks for what to remove at most once an hour when it is asked so', async () => {
    const cache = new EntryCache('results');
    await cache.put(KEY, Buffer.from('a'));
    cache.evictIfDue();
    age(KEY, 31);
    const soon = Date.now() / 1000 + 0.5;
    utimesSync(path.join(root, 'results', '.evicted'), soon, soon);
    cache.evictIfDue();
    expect(existsSync(fileOf(KEY))).toBe(true);
    const then = Date.now() / 1000 - 2 * 60 * 60;
    utimesSync(path.join(root, 'results', '.evicted'), then, then);
    cache.evictIfDue();
    expect(existsSync(fileOf(KEY))).toBe(false);
  });

  it('is no error where nothing can be written', async () => {
    vi.stubEnv('TANKARD_CACHE', path.join(root, 'file', 'below'));
    writeFileSync(path.join(root, 'file'), '');
    const cache = new EntryCache('results');
    expect(await cache.put(KEY, Buffer.from('x'))).toBe(false);
    expect(await cache.get(KEY)).toBeUndefined();
    cache.evict();
  });

  it('gives whole entries while others put, get and evict', async () => {
    const caches = Array.from({ length: 4 }, () => new EntryCache('results', { maxBytes: 20_000 }));
    const wrong: unknown[] = [];
    const work = caches.map(async (cache, seed) => {
      for (let round = 0; round < 50; round++) {
        const key = ((round * 7 + seed) % 16).toString(16).repeat(64);
        const content = Buffer.alloc(5_000, key);
        await cache.put(key, content);
        const found = await cache.get(key);
        if (found !== undefined && !found.equals(content)) wrong.push(key);
        cache.evict();
      }
    });
    await Promise.all(work);
    expect(wrong).toEqual([]);
    const files = readdirSync(path.join(root, 'results'), { recursive: true }).map(String);
    expect(files.filter((file) => file.endsWith('.tmp'))).toEqual([]);
  });

  it('refuses what is no key, so that no path can be made of it', async () => {
    await expect(new EntryCache('results').get('../../x')).rejects.toThrow('is no key');
  });
});
