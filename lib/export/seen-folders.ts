import { lstatSync, type Stats } from 'node:fs';
import path from 'node:path';
import { EntryCache } from '../disk/entry-cache.ts';
import { sha256 } from './export-manifest.ts';

/**
 * What was written this shortly before it was read may be written again within the same tick of the clock, and look as
 * before. Source: git, Documentation/technical/racy-git.adoc.
 */
const RACY_MS = 2_000;
/** To write all states anew costs more than to read a few environments once more: a share of those that are known. */
const SAVED_SHARE = 0.05;

/** How the files of one environment look, without their content. */
export interface FolderState {
  /** sha256 in hex, of what the files should hold, and of their size, inode and times. */
  readonly hash: string;
  /** Whether a later change of a file is sure to change its times. */
  readonly isSettled: boolean;
}

/**
 * Remembers which environments of an export were read and found as they should be, so that their files are not read again
 * while the system says that nobody wrote them. A change within a file always sets its ctime, which no program can set back:
 * a file of the same size and with its old mtime is seen. What is remembered is a hash of all this, so that a damaged cache
 * costs time and is no error.
 */
export class SeenFolders {
  readonly #root: string;
  readonly #cache = new EntryCache('export-states');
  readonly #fresh = new Map<string, string>();
  #known: Promise<ReadonlyMap<string, string>> | undefined;

  /** @param root the folder of the export, absolute. */
  constructor(root: string) {
    this.#root = root;
  }

  /**
   * @param manifest the text of the environment's manifest, which has the sums of its files.
   * @param files paths relative to the export, the manifest's among them.
   * @returns undefined when one of them is no file, or not there.
   */
  stateOf(manifest: string, files: readonly string[]): FolderState | undefined {
    const now = Date.now();
    const parts = [this.#root, manifest];
    let newest = 0;
    for (const file of files) {
      const stats = statsOf(path.join(this.#root, file));
      if (stats?.isFile() !== true) return undefined;
      const { dev, ino, size, mtimeMs, ctimeMs } = stats;
      parts.push(`${dev} ${ino} ${size} ${mtimeMs} ${ctimeMs}`);
      newest = Math.max(newest, mtimeMs, ctimeMs);
    }
    return { hash: sha256(parts.join('\n')), isSettled: now - newest > RACY_MS };
  }

  /** Whether the files of an environment were read in this state, and were right. */
  async has(folder: string, { hash }: FolderState): Promise<boolean> {
    this.#known ??= this.#load();
    return (await this.#known).get(folder) === hash;
  }

  /** Keeps that the files of an environment are right. @param state asked for before they were read. */
  add(folder: string, { hash, isSettled }: FolderState): void {
    if (isSettled) this.#fresh.set(folder, hash);
  }

  /** Writes what was added, when it is worth it. What cannot be written costs time, and is no error. */
  async save(): Promise<void> {
    const known = (await this.#known) ?? new Map<string, string>();
    if (this.#fresh.size === 0 || this.#fresh.size < known.size * SAVED_SHARE) return;
    const all = Object.fromEntries([...known, ...this.#fresh]);
    await this.#cache.put(sha256(this.#root), Buffer.from(JSON.stringify(all)));
    this.#cache.evictIfDue();
  }

  async #load(): Promise<ReadonlyMap<string, string>> {
    const found = await this.#cache.get(sha256(this.#root));
    if (found === undefined) return new Map();
    return new Map(Object.entries(JSON.parse(found.toString('utf8')) as Record<string, string>));
  }
}

function statsOf(file: string): Stats | undefined {
  try {
    return lstatSync(file, { throwIfNoEntry: false });
  } catch {
    // Reading it says why.
    return undefined;
  }
}
