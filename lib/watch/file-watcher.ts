import { existsSync } from 'node:fs';
import path from 'node:path';
import pMap from 'p-map';
import { OPEN_FILES } from '../disk/files-below.ts';
import { EMPTY, fingerprintOf, MISSING } from './fingerprint.ts';
import { type FolderTree, listTree } from './folder-tree.ts';
import { type FolderEvent, FolderWatches } from './folder-watches.ts';
import { findGitLock, isLocked } from './git-lock.ts';
import { PlaceIndex } from './place-index.ts';
import { PlaceFinder } from './places.ts';
import { Poller } from './poller.ts';
import { realPathOf } from './real-path.ts';

/** What changed at once: one save of an editor, or one `git checkout` of many files. */
export interface Save {
  /** The watched paths whose content changed, came or went, those below watched folders too: absolute, sorted. */
  readonly files: readonly string[];
  /** When the first event came: `performance.now()`. */
  readonly startedAt: number;
}

/** What is watched. */
export interface Watched {
  /** Absolute paths, which need not exist. A path over links changes when a link does, or the file at its end. */
  readonly files: Iterable<string>;
  /** Absolute paths of folders that count with everything below. */
  readonly folders: Iterable<string>;
}

/** Something the user should know about the watching. */
export interface WatchNotice {
  readonly message: string;
  readonly hint: string;
}

/** Where and how to watch. */
export interface FileWatcherOptions {
  /** Project root, absolute. What lies outside it can be watched too. */
  readonly root: string;
  /** Asks the file system twice a second instead of being told, for mounts that tell nothing. */
  readonly poll?: boolean;
  readonly onNotice: (notice: WatchNotice) => void;
}

/** Tells when files were saved. */
export interface FileWatcher {
  /**
   * Sets what is watched, in place of what was. It costs little where little changes. From the return of the call on,
   * no change is missed.
   *
   * @returns when the content of everything is known. Until then a file that is written counts as changed, also when it
   *   is the same as before. It never rejects.
   */
  update(watched: Watched): Promise<void>;
  /** Adds a listener; it is called once a save. */
  onSave(listener: (save: Save) => void): void;
  /** Ends all watches and timers; no listener is called any more. */
  close(): void;
}

/**
 * How long nothing happens before a save is taken as done, in milliseconds. Editors take less than that between two
 * steps of one save, except where the file is missing or empty between them.
 */
const QUIET_MS = 12;

/**
 * How long a file stays missing or empty before that counts as what was meant, in milliseconds. Editors truncate it or
 * move it away before they write, and some wait for the disk between.
 */
const VANISHED_MS = 100;

/** How often it is looked whether git is done, in milliseconds. */
const LOCK_POLL_MS = 20;

/** How long a save may go on, as while git works or a file is written again and again, in milliseconds. */
const LONGEST_SAVE_MS = 10_000;

/** So many events of one save say that the system may have dropped others. Source: half of inotify's `max_queued_events`. */
const FLOOD = 8192;

/** Starts to watch; nothing is watched until `update` says what. */
export function createFileWatcher(options: FileWatcherOptions): FileWatcher {
  return new FolderFileWatcher(options);
}

class FolderFileWatcher implements FileWatcher {
  readonly #options: FileWatcherOptions;
  readonly #root: string;
  readonly #gitLock: string | undefined;
  readonly #listeners: ((save: Save) => void)[] = [];
  readonly #watches: FolderWatches;
  #poller: Poller | undefined;
  #isClosed = false;

  /** Of the watched paths, those below watched folders too. */
  readonly #index = new PlaceIndex();
  readonly #known = new Map<string, string>();
  #files: ReadonlySet<string> = new Set();
  readonly #trees = new Map<string, FolderTree>();

  /** The save that goes on. */
  readonly #pending = new Set<string>();
  readonly #pendingTrees = new Set<string>();
  /** Of all saves. */
  #events = 0;
  #eventsBefore = 0;
  #firstEvent = 0;
  #lastEvent = 0;
  #timer: NodeJS.Timeout | undefined;

  constructor(options: FileWatcherOptions) {
    this.#options = options;
    this.#root = realPathOf(options.root);
    this.#gitLock = findGitLock(this.#root);
    this.#watches = new FolderWatches({
      onEvent: (event) => this.#onEvent(event),
      onLimit: (code) => this.#onLimit(code),
    });
    if (options.poll === true) this.#startPolling();
  }

  onSave(listener: (save: Save) => void): void {
    this.#listeners.push(listener);
  }

  async update({ files, folders }: Watched): Promise<void> {
    const finder = new PlaceFinder(this.#root);
    this.#files = new Set(files);
    const trees = new Set(folders);
    for (const tree of this.#trees.keys()) if (!trees.has(tree)) this.#trees.delete(tree);
    for (const tree of trees)
      if (!this.#trees.has(tree)) this.#trees.set(tree, listTree(tree, finder));
    const added = this.#follow(finder);
    this.#watch();
    await this.#learn(added);
  }

  close(): void {
    this.#isClosed = true;
    clearTimeout(this.#timer);
    this.#poller?.close();
    this.#watches.keep(new Set());
  }

  /** Brings the index to what is wanted. @returns the paths that are new in it. */
  #follow(finder: PlaceFinder): string[] {
    const trees = [...this.#trees].flatMap(([root, { files }]) => [root, ...files]);
    const wanted = new Set([...this.#files, ...trees]);
    for (const file of this.#index.files()) {
      if (wanted.has(file)) continue;
      this.#index.delete(file);
      this.#known.delete(file);
      this.#pending.delete(file);
    }
    const added = [...wanted].filter((file) => !this.#index.has(file));
    for (const file of added) this.#index.set(file, finder.find(file));
    return added;
  }

  /** Watches the folders of all places, and no others. */
  #watch(): void {
    const trees = [...this.#trees.values()].flatMap(({ folders }) => [...folders]);
    const folders = new Set([...this.#index.folders(), ...trees]);
    if (!this.#isPolling()) {
      this.#watches.keep(folders);
      for (const folder of folders) if (!this.#isPolling()) this.#watches.open(folder);
    }
    this.#poller?.update(new Set([...this.#index.files(), ...trees]));
  }

  /** Also since the last call: opening a watch may meet the limit. */
  #isPolling(): boolean {
    return this.#poller !== undefined;
  }

  /** Remembers what new paths hold, so that a save without a change can be told. */
  async #learn(added: readonly string[]): Promise<void> {
    const present = added.filter((file) => {
      const isThere = existsSync(file);
      if (!isThere) this.#known.set(file, MISSING);
      return isThere;
    });
    await pMap(
      present,
      async (file) => {
        const fingerprint = await fingerprintOf(file);
        // What an event came for meanwhile may be newer than what the watcher's owner has read.
        if (!this.#index.has(file) || this.#pending.has(file) || this.#known.has(file)) return;
        this.#known.set(file, fingerprint);
      },
      { concurrency: OPEN_FILES },
    );
  }

  #onEvent({ folder, name, isRename }: FolderEvent): void {
    if (isRename) this.#touchTrees(folder);
    if (name === undefined) {
      this.#touch(this.#index.in(folder));
      return;
    }
    this.#touch(this.#index.ends(folder, name));
    if (isRename && name === path.basename(folder)) {
      // The folder itself went, or something in it is called as it is.
      this.#watches.closeBelow(folder);
      this.#touch(this.#index.in(folder));
    }
    const ways = this.#index.ways(folder, name);
    const way = path.join(folder, name);
    // What else happens to a folder is told by its own watch; without one, it may have become readable.
    if (ways.length === 0 || (!isRename && this.#watches.has(way))) return;
    this.#watches.closeBelow(way);
    this.#touch(ways);
  }

  #touchTrees(folder: string): void {
    for (const [root, { folders }] of this.#trees) {
      if (!folders.has(folder)) continue;
      this.#pendingTrees.add(root);
      this.#touch([root]);
    }
  }

  /** Takes paths into the save that goes on, or starts one. */
  #touch(files: readonly string[]): void {
    if (files.length === 0 || this.#isClosed) return;
    const now = performance.now();
    if (this.#pending.size === 0) this.#begin(now);
    this.#events += 1;
    this.#lastEvent = now;
    for (const file of files) this.#pending.add(file);
    // A file that is written all the time is told of too, now and then.
    this.#wait(Math.max(0, Math.min(QUIET_MS, this.#firstEvent + LONGEST_SAVE_MS - now)));
  }

  #begin(now: number): void {
    this.#firstEvent = now;
    this.#eventsBefore = this.#events;
  }

  #wait(milliseconds: number): void {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => void this.#check(), milliseconds);
  }

  /** Whether the save is done is seen from the disk; then it is told. */
  async #check(): Promise<void> {
    const mayWait = performance.now() - this.#firstEvent < LONGEST_SAVE_MS;
    if (mayWait && isLocked(this.#gitLock, LONGEST_SAVE_MS)) {
      this.#wait(LOCK_POLL_MS);
      return;
    }
    const events = this.#events;
    this.#renew();
    const files = [...this.#pending];
    const fingerprints = new Map(
      await pMap(files, async (file) => [file, await fingerprintOf(file)] as const, {
        concurrency: OPEN_FILES,
      }),
    );
    if (this.#isClosed) return;
    // What came meanwhile has set the timer.
    const isOngoing = events !== this.#events;
    if (mayWait && isOngoing) return;
    const quiet = performance.now() - this.#lastEvent;
    if (mayWait && quiet < VANISHED_MS && this.#hasGone(fingerprints)) {
      this.#wait(VANISHED_MS - quiet);
      return;
    }
    const startedAt = this.#firstEvent;
    if (isOngoing) this.#begin(this.#lastEvent);
    else this.#pending.clear();
    this.#finish(startedAt, fingerprints);
  }

  #hasGone(fingerprints: ReadonlyMap<string, string>): boolean {
    return [...fingerprints].some(
      ([file, fingerprint]) =>
        (fingerprint === MISSING || fingerprint === EMPTY) && fingerprint !== this.#known.get(file),
    );
  }

  /** Finds the places of what changed anew: a link may lead elsewhere, a folder be another one. */
  #renew(): void {
    const finder = new PlaceFinder(this.#root);
    if (this.#events - this.#eventsBefore >= FLOOD)
      for (const file of this.#index.files()) this.#pending.add(file);
    for (const file of this.#pending) this.#index.set(file, finder.find(file));
    for (const root of this.#pendingTrees) {
      const before = this.#trees.get(root);
      if (before === undefined) continue;
      const tree = listTree(root, finder);
      this.#trees.set(root, tree);
      for (const file of [...before.files, ...tree.files])
        if (!before.files.has(file) || !tree.files.has(file)) this.#pending.add(file);
    }
    this.#pendingTrees.clear();
    for (const file of this.#pending) this.#index.set(file, finder.find(file));
    this.#watch();
  }

  #finish(startedAt: number, fingerprints: ReadonlyMap<string, string>): void {
    const files = [...fingerprints].filter(
      // Not what is watched no longer.
      ([file, fingerprint]) => this.#index.has(file) && fingerprint !== this.#known.get(file),
    );
    for (const [file, fingerprint] of files) this.#known.set(file, fingerprint);
    if (files.length === 0) return;
    const save = { files: files.map(([file]) => file).sort(), startedAt };
    for (const listener of this.#listeners) listener(save);
  }

  #onLimit(code: string): void {
    if (this.#poller !== undefined) return;
    this.#startPolling();
    this.#options.onNotice({
      message: `the system allows no more file watches (${code}): files are asked for changes twice a second instead`,
      hint:
        code === 'ENOSPC'
          ? 'Raise the limit: `sudo sysctl fs.inotify.max_user_watches=524288`, and write it to /etc/sysctl.d to keep it.'
          : 'Raise the limit: `sudo sysctl fs.inotify.max_user_instances=1024` or `ulimit -n`, and start again.',
    });
  }

  #startPolling(): void {
    this.#watches.keep(new Set());
    this.#poller = new Poller((file) => this.#onPolled(file));
  }

  #onPolled(file: string): void {
    if (this.#index.has(file)) this.#touch([file]);
    this.#touchTrees(file);
  }
}
