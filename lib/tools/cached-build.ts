import { existsSync, readFileSync, statSync } from 'node:fs';
import path from 'node:path';
import type { ToolPin } from './tool-pin.ts';

/** What the cache holds of a tool. `damaged`: something is there, but not what was built. */
type CachedBuild = 'whole' | 'absent' | 'damaged';

/** The file beside a built binary that says how long the binary is. */
export function stampFile(pin: ToolPin<string>): string {
  return path.join(pin.directory, 'build.json');
}

/**
 * Looks whether the cached build of a tool can be run. It compares the length with the stamp and runs nothing,
 * since it is done at every start.
 */
export function inspectCachedBuild(pin: ToolPin<string>): CachedBuild {
  if (!existsSync(pin.path)) return 'absent';
  const binary = statSync(pin.path);
  const executable = process.platform === 'win32' || (binary.mode & 0o100) !== 0;
  return binary.isFile() && executable && binary.size === stampedSize(pin) ? 'whole' : 'damaged';
}

function stampedSize(pin: ToolPin<string>): number | undefined {
  try {
    const stamp = JSON.parse(readFileSync(stampFile(pin), 'utf8')) as { size?: unknown } | null;
    return typeof stamp?.size === 'number' && stamp.size > 0 ? stamp.size : undefined;
  } catch {
    // No stamp or an unreadable one: the build did not end, so it is made again.
    return undefined;
  }
}
