import { rmSync } from 'node:fs';
import { lstat, mkdtemp, readdir, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';

/** Older than this, a folder is of a process that was killed: no run takes so long. */
const STALE_AFTER_MS = 24 * 60 * 60_000;

/** What values of Secrets are kept for; the name of the folder says it. */
type PrivateUse = 'snapshot' | 'diff' | 'prune';

const NAME = /^tankard-(?:snapshot|diff|prune)-/;

const open = new Set<string>();
let cleansUp = false;
let sweeps: Promise<void> | undefined;

/** A folder for values of Secrets. */
export interface PrivateFolder {
  /** Absolute. */
  readonly path: string;
  /** Removes it, with all in it. */
  readonly remove: () => Promise<void>;
}

/**
 * Makes a temporary folder that only its user can open (mode 0700, by mkdtemp). It is removed when the process ends, also after a
 * second Ctrl-C; what a process leaves that is killed with SIGKILL, a later one removes after a day.
 */
export async function makePrivateFolder(use: PrivateUse): Promise<PrivateFolder> {
  await (sweeps ??= removeStale());
  if (!cleansUp) process.once('exit', removeOpen);
  cleansUp = true;
  const folder = await mkdtemp(path.join(os.tmpdir(), `tankard-${use}-`));
  open.add(folder);
  return {
    path: folder,
    remove: async () => {
      await rm(folder, { recursive: true, force: true, maxRetries: 3 });
      open.delete(folder);
    },
  };
}

function removeOpen(): void {
  for (const folder of open) rmSync(folder, { recursive: true, force: true, maxRetries: 3 });
}

/** Others have folders of such names there too, and can put links in the place of theirs. */
async function removeStale(): Promise<void> {
  const parent = os.tmpdir();
  const names = await readdir(parent).catch(() => []);
  for (const name of names.filter((each) => NAME.test(each))) {
    const folder = path.join(parent, name);
    const found = await lstat(folder).catch(() => undefined);
    const isOwn = found?.isDirectory() === true && found.uid === process.getuid?.();
    if (isOwn && Date.now() - found.mtimeMs > STALE_AFTER_MS)
      await rm(folder, { recursive: true, force: true }).catch(() => undefined);
  }
}
