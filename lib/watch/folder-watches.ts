import { type FSWatcher, watch } from 'node:fs';
import path from 'node:path';

/** Something happened to a name in a folder. */
export interface FolderEvent {
  /** As it was opened. */
  readonly folder: string;
  /** Undefined when the system does not say; then it may be any. */
  readonly name: string | undefined;
  /** A name came or went; otherwise what it stands for changed. */
  readonly isRename: boolean;
}

/** What folder watches tell. */
interface FolderListeners {
  readonly onEvent: (event: FolderEvent) => void;
  /** The system allows no more watches. */
  readonly onLimit: (code: string) => void;
}

/** What the system says when it has no watch left: inotify's own limit, or the process' or the system's open files. */
const LIMIT_CODES = new Set(['ENOSPC', 'EMFILE', 'ENFILE']);

/** The folders that are watched, each without those below. */
export class FolderWatches {
  readonly #open = new Map<string, FSWatcher>();
  readonly #listeners: FolderListeners;

  constructor(listeners: FolderListeners) {
    this.#listeners = listeners;
  }

  has(folder: string): boolean {
    return this.#open.has(folder);
  }

  /**
   * Watches a folder, unless it is watched. One that is gone or may not be read is not.
   *
   * @param folder absolute path without links.
   */
  open(folder: string): void {
    if (this.#open.has(folder)) return;
    try {
      const watcher = watch(folder, (type, name) => {
        const isRename = type === 'rename';
        this.#listeners.onEvent({ folder, name: name ?? undefined, isRename });
      });
      this.#open.set(folder, watcher);
      // On Windows, when the folder is deleted.
      watcher.on('error', () => {
        this.#close(folder);
        this.#listeners.onEvent({ folder, name: undefined, isRename: true });
      });
    } catch (error) {
      const { code = '' } = error as NodeJS.ErrnoException;
      if (LIMIT_CODES.has(code)) this.#listeners.onLimit(code);
    }
  }

  /** Ends the watches of a folder and of those below: they follow what was moved away, and not the path. */
  closeBelow(folder: string): void {
    for (const open of this.#open.keys())
      if (open === folder || open.startsWith(folder + path.sep)) this.#close(open);
  }

  /** Ends the watches of all other folders. */
  keep(folders: ReadonlySet<string>): void {
    for (const open of this.#open.keys()) if (!folders.has(open)) this.#close(open);
  }

  #close(folder: string): void {
    this.#open.get(folder)?.close();
    this.#open.delete(folder);
  }
}
