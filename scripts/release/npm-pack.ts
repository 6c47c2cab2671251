import path from 'node:path';
import { execa } from 'execa';

/** What npm tells the scripts that it runs is about the package of the script, not about the one that is packed. */
const ENV = Object.fromEntries(
  Object.keys(process.env)
    .filter((name) => /^npm_(?:package|lifecycle|config_local_prefix)/.test(name))
    .map((name) => [name, undefined]),
);

interface Packed {
  readonly filename: string;
  readonly files: readonly { readonly path: string }[];
}

/**
 * Packs a folder as npm would publish it, without running its scripts.
 *
 * @param folder with a package.json; absolute.
 * @param out folder for the tarball; absolute.
 * @returns absolute path of the tarball.
 */
export async function npmPack(folder: string, out: string): Promise<string> {
  const { filename } = await run(folder, '--pack-destination', out);
  return path.join(out, filename);
}

/** The files that npm would publish of a folder, relative to it. */
export async function npmFiles(folder: string): Promise<string[]> {
  const { files } = await run(folder, '--dry-run');
  return files.map((file) => file.path);
}

async function run(folder: string, ...args: readonly string[]): Promise<Packed> {
  const { stdout } = await execa('npm', ['pack', '--ignore-scripts', '--json', ...args], {
    cwd: folder,
    env: ENV,
  });
  const [packed] = JSON.parse(stdout) as Packed[];
  if (packed === undefined) throw new Error(`npm packed nothing of ${folder}`);
  return packed;
}
