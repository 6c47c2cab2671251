import { mkdtemp, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { writeWhole } from '../lib/disk/write-whole.ts';
import { fileChecksum } from '../lib/sources/checksum.ts';
import { downloadModule } from '../lib/sources/go-module.ts';
import { type LockedModule, type ModuleLock, moduleLockPath } from '../lib/sources/module-lock.ts';
import { PINNED_MODULES, type PinnedModule } from '../lib/sources/pinned-modules.ts';
import { readZip } from '../lib/sources/zip-file.ts';

/**
 * Writes `schemas/upstream.lock.json` from the modules that `lib/sources/pinned-modules.ts` names. To be run
 * after a change there; what it writes is to be reviewed like code, since it decides what is trusted.
 */
async function updateSchemasLock(): Promise<void> {
  const modules: LockedModule[] = [];
  for (const pinned of PINNED_MODULES) modules.push(await lockModule(pinned));
  const lock: ModuleLock = { version: 1, modules };
  await writeWhole(moduleLockPath(), `${JSON.stringify(lock, null, 2)}\n`);
}

async function lockModule({ module, version, files }: PinnedModule): Promise<LockedModule> {
  console.error(`locking ${module} ${version}`);
  const workDirectory = await mkdtemp(path.join(os.tmpdir(), 'tankard-lock-'));
  try {
    const { sum, zip } = await downloadModule(module, version, { workDirectory });
    const prefix = `${module}@${version}/`;
    const entries = readZip(
      zip,
      (name) => name.startsWith(prefix) && files.test(name.slice(prefix.length)),
    );
    if (entries.size === 0) throw new Error(`no file of ${module} ${version} matches ${files}`);
    const locked = [...entries].map(([name, bytes]) => ({
      file: name.slice(prefix.length),
      sha256: fileChecksum(bytes),
    }));
    locked.sort((a, b) => (a.file < b.file ? -1 : 1));
    return { module, version, sum, files: locked };
  } finally {
    await rm(workDirectory, { recursive: true, force: true });
  }
}

await updateSchemasLock();
