import { mkdir, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { execa } from 'execa';
import { makeProject, SPEC } from '../../tanka/project.ts';

/** Runs git as somebody who has no settings. */
export async function git(cwd: string, ...args: string[]): Promise<string> {
  const settings = ['user.name=a', 'user.email=a@example.com', 'commit.gpgSign=false'];
  const all = [...settings.flatMap((one) => ['-c', one]), ...args];
  const { stdout } = await execa('git', all, { cwd, env: { GIT_CONFIG_GLOBAL: '/dev/null' } });
  return stdout;
}

/** Commits all that there is; gives the whole hash. */
export async function commitAll(cwd: string): Promise<string> {
  await git(cwd, 'add', '--all');
  await git(cwd, 'commit', '--quiet', '--allow-empty', '--message', 'x');
  return git(cwd, 'rev-parse', 'HEAD');
}

/** Writes files; null removes one. */
export async function change(
  root: string,
  files: Readonly<Record<string, string | null>>,
): Promise<void> {
  for (const [name, text] of Object.entries(files)) {
    const file = path.join(root, name);
    await mkdir(path.dirname(file), { recursive: true });
    await (text === null ? rm(file) : writeFile(file, text));
  }
}

/** A formatted main.jsonnet that renders one ConfigMap. */
export function configMap(value: string): string {
  return [
    '{',
    '  settings: {',
    "    apiVersion: 'v1',",
    "    kind: 'ConfigMap',",
    "    metadata: { name: 'settings' },",
    `    data: { x: ${value} },`,
    '  },',
    '}',
    '',
  ].join('\n');
}

/** The files of static environments, by name. */
export function environments(mains: Readonly<Record<string, string>>): Record<string, string> {
  return Object.fromEntries(
    Object.entries(mains).flatMap(([name, main]) => [
      [`environments/${name}/main.jsonnet`, main],
      [`environments/${name}/spec.json`, SPEC],
    ]),
  );
}

/** A repository on the branch main with one commit of these files. */
export async function makeRepository(files: Readonly<Record<string, string>>): Promise<string> {
  const root = await makeProject(files);
  await git(root, 'init', '--quiet', '--initial-branch=main');
  await commitAll(root);
  return root;
}
