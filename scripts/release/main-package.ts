import { cp, readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { toolsPackage } from '../../lib/tools/packaged-tool.ts';
import type { ToolTarget } from '../../lib/tools/tool.ts';
import { ROOT } from '../steps.ts';
import { npmFiles, npmPack } from './npm-pack.ts';
import type { PackOptions } from './tools-package.ts';

/**
 * Packs Tankard itself, with the packages of tools as optional dependencies. They stand in the packed package.json
 * alone: in the checkout `npm ci` would look for packages that are not published yet.
 *
 * @returns absolute path of the tarball.
 */
export async function packMain(
  targets: readonly ToolTarget[],
  { out, work }: Pick<PackOptions, 'out' | 'work'>,
): Promise<string> {
  const folder = path.join(work, 'tankard');
  for (const file of await npmFiles(ROOT)) await cp(path.join(ROOT, file), path.join(folder, file));
  const file = path.join(folder, 'package.json');
  const manifest = JSON.parse(await readFile(file, 'utf8')) as Readonly<Record<string, unknown>>;
  // npm warns whoever installs a package with scripts, and nobody can run these without the sources.
  const { scripts: _scripts, devDependencies: _devDependencies, ...published } = manifest;
  const optionalDependencies = Object.fromEntries(
    targets.map((target) => [toolsPackage(target), published['version']]),
  );
  await writeFile(file, `${JSON.stringify({ ...published, optionalDependencies }, null, 2)}\n`);
  return npmPack(folder, out);
}
