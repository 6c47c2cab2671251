import { mkdir, mkdtemp, realpath, rm, symlink, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { runTk } from '../../lib/tanka/run-tk.ts';
import { ensureTool } from '../../lib/tools/ensure-tool.ts';

/** What a program gave, or the text of the error that stopped it. */
export type Evaluated =
  | { readonly value: unknown; readonly error?: never }
  | { readonly value?: never; readonly error: string };

/** A Tanka project that imports libraries from folders on disk. */
export interface LibraryProject {
  /** Evaluates a program. */
  readonly evaluate: (program: string) => Promise<Evaluated>;
  readonly remove: () => Promise<void>;
}

const PROGRAM = 'program.jsonnet';

/**
 * Makes a Tanka project outside any other.
 *
 * @param vendor folders by the name under which they are imported.
 */
export async function makeLibraryProject(
  vendor: Readonly<Record<string, string>>,
): Promise<LibraryProject> {
  const tk = await ensureTool('tk', {});
  const root = await realpath(await mkdtemp(path.join(os.tmpdir(), 'tankard-library-')));
  await writeFile(path.join(root, 'jsonnetfile.json'), '{}');
  await mkdir(path.join(root, 'vendor'));
  for (const [name, folder] of Object.entries(vendor))
    await symlink(folder, path.join(root, 'vendor', name));
  let runs = 0;
  return {
    evaluate: async (program) => {
      runs += 1;
      const folder = await mkdtemp(path.join(root, `run-${runs}-`));
      await writeFile(path.join(folder, PROGRAM), program);
      const args = ['eval', path.join(folder, PROGRAM), '--log-level=error'];
      const output = await runTk({ tk: tk.path, root, args, purpose: 'evaluating a library' });
      if (output.exitCode !== 0) return { error: output.stderr };
      return { value: JSON.parse(output.stdout.toString('utf8')) as unknown };
    },
    remove: () => rm(root, { recursive: true, force: true }),
  };
}
