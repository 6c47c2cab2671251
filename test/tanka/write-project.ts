import { mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';

/**
 * Writes the files of a Tanka project.
 *
 * @param root absolute; made when it is absent.
 * @param files text by path relative to the root; jsonnetfile.json, which marks the root, is added.
 */
export async function writeProject(
  root: string,
  files: Readonly<Record<string, string>>,
): Promise<void> {
  const all = {
    'jsonnetfile.json': '{"version":1,"dependencies":[],"legacyImports":true}',
    ...files,
  };
  for (const [name, text] of Object.entries(all)) {
    await mkdir(path.dirname(path.join(root, name)), { recursive: true });
    await writeFile(path.join(root, name), text);
  }
}
