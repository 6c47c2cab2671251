import { readdirSync, statSync } from 'node:fs';
import path from 'node:path';
import { execa } from 'execa';
import manifest from '../package.json' with { type: 'json' };

const ROOT = path.dirname(import.meta.dirname);
const PROGRAM = path.join(ROOT, manifest.bin.tankard);

/** Builds dist/, which the tests of commands run, when it is absent or older than what it is built from. */
export async function setup(): Promise<void> {
  const built = statSync(PROGRAM, { throwIfNoEntry: false })?.mtimeMs ?? 0;
  if (built >= newestSource()) return;
  await execa(path.join(ROOT, 'node_modules', '.bin', 'tsx'), ['scripts/build.ts'], {
    cwd: ROOT,
    stdio: 'inherit',
  });
}

function newestSource(): number {
  const files = readdirSync(path.join(ROOT, 'lib'), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => path.join(entry.parentPath, entry.name));
  const times = [...files, path.join(ROOT, 'package.json'), path.join(ROOT, 'scripts', 'build.ts')];
  return Math.max(...times.map((file) => statSync(file).mtimeMs));
}
