import { mkdtemp, realpath, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { execa } from 'execa';

/** What npm tells the scripts that it runs is about this package, not about the one of a test. */
export const OUTSIDE_NPM = Object.fromEntries(
  Object.keys(process.env)
    .filter((name) => /^npm_(?:package|lifecycle|config_local_prefix)/.test(name))
    .map((name) => [name, undefined]),
);

/** An empty directory to install into, without links in its path; the caller removes it. */
export async function emptyProject(): Promise<string> {
  return realpath(await mkdtemp(path.join(os.tmpdir(), 'tankard-package-')));
}

/**
 * Installs tarballs as a user does.
 *
 * @param project directory, absolute.
 * @throws when npm fails, with what it said.
 */
export async function install(project: string, ...tarballs: readonly string[]): Promise<void> {
  const options = { cwd: project, env: OUTSIDE_NPM };
  await execa('npm', ['init', '-y'], options);
  const flags = ['--prefer-offline', '--no-audit', '--no-fund'];
  await execa('npm', ['install', ...flags, ...tarballs], options);
}

/** Removes what a test made. */
export async function remove(...directories: readonly (string | undefined)[]): Promise<void> {
  for (const directory of directories)
    if (directory !== undefined) await rm(directory, { recursive: true, force: true });
}
