import { createHash } from 'node:crypto';
import {
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  utimesSync,
  writeFileSync,
  type Stats,
} from 'node:fs';
import path from 'node:path';
import { cacheDirectory, cacheRoot } from './cache.ts';
import { writeWhole } from './write-whole.ts';

/** How much a store keeps. */
export interface EntryCacheLimits {
  /** Entries that were not used for longer are removed. @default 30 days */
  readonly maxAgeMs?: number;
  /** Beyond it the entries that were used least recently are removed. @default 1 GiB */
  readonly maxBytes?: number;
}

const DAY_MS = 24 * 60 * 60 * 1000;
const MAX_AGE_MS = 30 * DAY_MS;
/** Some 600,000 results of environments with 10 resources, of 1.7 kB each. */
const MAX_BYTES = 1024 ** 3;
/** How exactly the last use is known: an entry's time is set anew at most once an hour, since that is a write. */
const USE_STEP_MS = 60 * 60 * 1000;
const CHECKSUM_LENGTH = 32;
const KEY = /^[0-9a-f]{64}$/;
const SUFFIX = '.entry';
/** Written when entries are removed: its time says when that was. */
const MARK = '.evicted';

/**
 * Results of earlier runs, in a folder of Tankard's cache, each by the key of its inputs. Several processes may use it at
 * once: an entry is written whole, and read whole or not at all. What cannot be read or written costs time and is no error.
 * Files are readable by the user alone; still, no value of a Secret belongs in here, since they stay for weeks.
 */
export class EntryCache {
  readonly #folder: string;
  readonly #limits: Required<EntryCacheLimits>;

  /** @param folder name of the folder in the cache. */
  constructor(
    folder: string,
    { maxAgeMs = MAX_AGE_MS, maxBytes = MAX_BYTES }: EntryCacheLimits = {},
  ) {
    this.#folder = folder;
    this.#limits = { maxAgeMs, maxBytes };
  }

  /**
   * @param key sha256 in hex.
   * @returns undefined when there is no entry; one that is damaged is removed.
   */
  async get(key: string): Promise<Buffer | undefined> {
    const file = this.#fileOf(key);
    const bytes = readIfThere(file);
    if (bytes === undefined) return undefined;
    const content = bytes.subarray(CHECKSUM_LENGTH);
    if (!checksum(key, content).equals(bytes.subarray(0, CHECKSUM_LENGTH))) {
      remove(file);
      return undefined;
    }
    touch(file);
    return content;
  }

  /**
   * @param key sha256 in hex.
   * @returns whether it was written.
   */
  async put(key: string, content: Uint8Array): Promise<boolean> {
    const file = this.#fileOf(key);
    try {
      cacheDirectory(this.#folder, path.basename(path.dirname(file)));
      const bytes = Buffer.concat([checksum(key, content), content]);
      await writeWhole(file, bytes, { mode: 0o600 });
      return true;
    } catch {
      return false;
    }
  }

  /** Removes what is beyond the limits, and what a process that was killed left behind. To be called after a run's `put`s. */
  evict(): void {
    const oldest = Date.now() - this.#limits.maxAgeMs;
    const entries = this.#entries();
    let bytes = 0;
    for (const { file, stats } of entries.sort((a, b) => b.stats.mtimeMs - a.stats.mtimeMs)) {
      const isLeft = !file.endsWith(SUFFIX) && stats.mtimeMs < Date.now() - DAY_MS;
      bytes += stats.size;
      if (isLeft || stats.mtimeMs < oldest || bytes > this.#limits.maxBytes) remove(file);
    }
  }

  /** The same, but not within an hour of the last time: it looks at every entry there is. */
  evictIfDue(): void {
    const mark = path.join(cacheRoot(), this.#folder, MARK);
    try {
      const last = statSync(mark, { throwIfNoEntry: false })?.mtimeMs ?? 0;
      const age = Date.now() - last;
      // A time to come is of a clock that was wrong; but files have fractions of the millisecond that the clock says.
      if (age > -1_000 && age < USE_STEP_MS) return;
      cacheDirectory(this.#folder);
      writeFileSync(mark, '', { mode: 0o600 });
    } catch {
      // A cache that cannot be written holds nothing to remove.
      return;
    }
    this.evict();
  }

  #entries(): { readonly file: string; readonly stats: Stats }[] {
    const root = path.join(cacheRoot(), this.#folder);
    return namesIn(root)
      .flatMap((name) => namesIn(path.join(root, name)).map((file) => path.join(root, name, file)))
      .flatMap((file) => {
        const stats = statSync(file, { throwIfNoEntry: false });
        return stats === undefined ? [] : [{ file, stats }];
      });
  }

  /** In 256 folders, so that none becomes slow. */
  #fileOf(key: string): string {
    if (!KEY.test(key)) throw new Error(`${JSON.stringify(key)} is no key`);
    return path.join(cacheRoot(), this.#folder, key.slice(0, 2), key + SUFFIX);
  }
}

/** Over the key too: an entry under a wrong name is damaged. */
function checksum(key: string, content: Uint8Array): Buffer {
  return createHash('sha256').update(key).update(content).digest();
}

function touch(file: string): void {
  try {
    const now = Date.now();
    if (statSync(file).mtimeMs < now - USE_STEP_MS) utimesSync(file, now / 1000, now / 1000);
  } catch {
    // Removed meanwhile, or a cache that cannot be written: it is only forgotten earlier.
  }
}

function readIfThere(file: string): Buffer | undefined {
  try {
    return readFileSync(file);
  } catch {
    return undefined;
  }
}

function remove(file: string): void {
  try {
    rmSync(file, { force: true });
  } catch {
    // A cache that cannot be written: it is found damaged again.
  }
}

function namesIn(folder: string): string[] {
  try {
    return readdirSync(folder);
  } catch {
    return [];
  }
}
