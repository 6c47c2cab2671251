import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { CONFIG_FILE } from '../../config/load-config.ts';
import { filesBelow } from '../../disk/files-below.ts';
import { packageRoot } from '../../disk/package-root.ts';
import { JSONNETFILE } from '../../tanka/jsonnetfile.ts';

/** What git is told to leave out, where a project has no such file yet. */
export const GITIGNORE = '.gitignore';

const JSONNETFILE_TEXT = `${JSON.stringify({ version: 1, dependencies: [], legacyImports: true }, null, 2)}\n`;
const CONFIG_TEXT =
  '# Settings of Tankard. All keys: docs/guide.md of the package, "tankard.yaml".\n';
/** npm leaves a file of this name out of a package, so its text stands here. */
const GITIGNORE_TEXT = 'node_modules/\n/.tankard/\n/vendor/\n';

/**
 * The files of a new project before anything is imported: `jsonnet/project` of this package, and those that tools look for.
 *
 * @returns texts by their path from the project root, with `/`.
 * @throws the error of the file system when the package is incomplete.
 */
export async function starterFiles(): Promise<ReadonlyMap<string, string>> {
  const folder = path.join(packageRoot(), 'jsonnet', 'project');
  const files = await filesBelow(folder, { named: /\.json(?:net)?$/, without: new Set() });
  const texts = files.map(async (file): Promise<[string, string]> => [
    path.relative(folder, file).split(path.sep).join('/'),
    await readFile(file, 'utf8'),
  ]);
  return new Map([
    [GITIGNORE, GITIGNORE_TEXT],
    [JSONNETFILE, JSONNETFILE_TEXT],
    [CONFIG_FILE, CONFIG_TEXT],
    ...(await Promise.all(texts)),
  ]);
}
