import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { packageRoot } from '../../disk/package-root.ts';
import { toolPin } from '../../tools/tool-pin.ts';

let known: string | undefined;

/**
 * Tells one Tankard from another: its code as it runs, built or from source, with what it reads of its own package and the
 * versions of the packages that it loads (they are pinned). The version alone does not: a checkout keeps it for months.
 *
 * @returns sha256 in hex.
 */
export function tankardIdentity(): string {
  known ??= identityOf(packageRoot());
  return known;
}

function identityOf(root: string): string {
  const dist = path.join(root, 'dist');
  const isBuilt = fileURLToPath(import.meta.url).startsWith(dist + path.sep);
  const code = isBuilt ? path.join(dist, isCommandLine(dist) ? 'cli' : '') : path.join(root, 'lib');
  const hash = createHash('sha256');
  // It renders what is not rendered one by one; its folder is named by what it is built from.
  hash.update(path.basename(path.dirname(toolPin('locate').path))).update('\0');
  for (const file of ['package.json', 'schemas/upstream.lock.json', ...codeBelow(root, code)])
    hash
      .update(`${file}\0`)
      .update(readFileSync(path.join(root, file)))
      .update('\0');
  return hash.digest('hex');
}

function isCommandLine(dist: string): boolean {
  return fileURLToPath(import.meta.url).startsWith(path.join(dist, 'cli') + path.sep);
}

/** Scripts and the data that they read; not the page, the declarations of types and what was compiled from them. */
function codeBelow(root: string, folder: string): string[] {
  return readdirSync(folder, { withFileTypes: true, recursive: true })
    .filter((entry) => entry.isFile() && /(?<!\.d)\.(c?js|ts|json)$/.test(entry.name))
    .map((entry) => path.relative(root, path.join(entry.parentPath, entry.name)))
    .filter((file) => !file.startsWith(path.join('dist', 'web')))
    .sort();
}
