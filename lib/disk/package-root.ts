import { existsSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

let found: string | undefined;

/**
 * The folder of Tankard's own package: the checkout, or `node_modules/tankard` where it is installed.
 * It holds `tools/`, `schemas/` and `jsonnet/`.
 *
 * @returns an absolute path.
 */
export function packageRoot(): string {
  found ??= findPackageRoot(path.dirname(fileURLToPath(import.meta.url)));
  return found;
}

function findPackageRoot(start: string): string {
  for (let directory = start; ; directory = path.dirname(directory)) {
    // package.json alone is not enough: a bundler or a test may put one beside its output.
    if (
      existsSync(path.join(directory, 'package.json')) &&
      existsSync(path.join(directory, 'tools'))
    )
      return directory;
    if (directory === path.dirname(directory))
      throw new Error(`no package root of tankard above ${start}`);
  }
}
