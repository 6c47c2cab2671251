import { readFileSync } from 'node:fs';
import { mkdir, realpath, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { onTestFinished, vi } from 'vitest';
import {
  createFileWatcher,
  type FileWatcher,
  type WatchNotice,
} from '../../lib/watch/file-watcher.ts';
import { temporaryDirectory } from '../tools/fake-program.ts';

/** How long an event may take on a busy machine, in milliseconds. */
const PATIENCE = { timeout: 30_000, interval: 10 };

/** What each saved file holds when the listener is called, by path relative to the root; undefined for none. */
export type Seen = Readonly<Record<string, string | undefined>>;

/** A folder of a test that is watched. */
export interface Watching {
  readonly root: string;
  readonly watcher: FileWatcher;
  readonly notices: readonly WatchNotice[];
  /** Absolute path of a file of the folder. */
  readonly at: (file: string) => string;
  /** Sets what is watched; paths relative to the root. */
  readonly watch: (files: readonly string[], folders?: readonly string[]) => Promise<void>;
  /** Waits until a file was saved with a content; undefined for none. */
  readonly until: (file: string, content: string | undefined) => Promise<void>;
  /** All saves until now: it saves one more file, which is left out, and waits until that is seen. */
  readonly saves: () => Promise<readonly Seen[]>;
}

const LAST = 'last';

/** Makes a folder with files, and a watcher that watches nothing yet. */
export async function startWatching(
  files: Readonly<Record<string, string>>,
  options: { readonly poll?: boolean } = {},
): Promise<Watching> {
  const root = await realpath(await temporaryDirectory());
  const at = (file: string): string => path.join(root, file);
  for (const [name, text] of Object.entries({ ...files, [LAST]: '' })) {
    await mkdir(path.dirname(at(name)), { recursive: true });
    await writeFile(at(name), text);
  }
  const notices: WatchNotice[] = [];
  const watcher = createFileWatcher({ root, ...options, onNotice: (one) => notices.push(one) });
  onTestFinished(() => watcher.close());
  const seen: Record<string, string | undefined>[] = [];
  watcher.onSave((save) => {
    const contents = save.files.map((file) => [path.relative(root, file), readIfThere(file)]);
    seen.push(Object.fromEntries(contents) as Record<string, string | undefined>);
  });
  const until = async (file: string, content: string | undefined): Promise<void> => {
    const isIt = (save: Seen): boolean => file in save && save[file] === content;
    await vi.waitUntil(() => seen.some(isIt), PATIENCE);
  };
  let count = 0;
  return {
    root,
    watcher,
    notices,
    at,
    watch: (watched, folders = []) =>
      watcher.update({ files: [...watched, LAST].map(at), folders: folders.map(at) }),
    until,
    saves: async () => {
      count += 1;
      await writeFile(at(LAST), `${count}`);
      await until(LAST, `${count}`);
      const others = seen.map((save) => Object.entries(save).filter(([file]) => file !== LAST));
      return others.filter((save) => save.length > 0).map((save) => Object.fromEntries(save));
    },
  };
}

function readIfThere(file: string): string | undefined {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return undefined;
  }
}
