import { readdirSync, statSync } from 'node:fs';
import path from 'node:path';
import { execa } from 'execa';
import { KUBERNETES_VERSIONS, openUpstream } from '../lib/sources/upstream.ts';
import { ensureTool } from '../lib/tools/ensure-tool.ts';
import manifest from '../package.json' with { type: 'json' };

const ROOT = path.dirname(import.meta.dirname);
const PROGRAM = path.join(ROOT, manifest.bin.tankard);

/**
 * Builds dist/, which the tests of commands run, when it is absent or older than what it is built from; and fills the
 * cache, so that no test meets the progress lines of a first run.
 */
export async function setup(): Promise<void> {
  await buildIfStale();
  const onProgress = (line: string): void => console.log(line);
  for (const name of ['tk', 'jb', 'jsonnet', 'locate'] as const)
    await ensureTool(name, { onProgress });
  for (const kubernetes of KUBERNETES_VERSIONS) await openUpstream({ kubernetes, onProgress });
}

async function buildIfStale(): Promise<void> {
  const built = statSync(PROGRAM, { throwIfNoEntry: false })?.mtimeMs ?? 0;
  if (built >= newestSource()) return;
  await execa(path.join(ROOT, 'node_modules', '.bin', 'tsx'), ['scripts/build.ts'], {
    cwd: ROOT,
    stdio: 'inherit',
  });
}

function newestSource(): number {
  const files = ['lib', 'web']
    .flatMap((folder) =>
      readdirSync(path.join(ROOT, folder), { recursive: true, withFileTypes: true }),
    )
    .filter((entry) => entry.isFile())
    .map((entry) => path.join(entry.parentPath, entry.name));
  const times = [...files, path.join(ROOT, 'package.json'), path.join(ROOT, 'scripts', 'build.ts')];
  return Math.max(...times.map((file) => statSync(file).mtimeMs));
}
