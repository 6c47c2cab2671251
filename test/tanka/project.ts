import { realpath } from 'node:fs/promises';
import { temporaryDirectory } from '../tools/fake-program.ts';
import { writeProject } from './write-project.ts';

export const SPEC = JSON.stringify({
  apiVersion: 'tanka.dev/v1alpha1',
  kind: 'Environment',
  spec: { namespace: 'default' },
});

export const CONFIG_MAP = "{ apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'a' } }";

/**
 * Makes a Tanka project for one test.
 *
 * @param files text by path relative to the root; jsonnetfile.json is added.
 * @returns the root, without links in it.
 */
export async function makeProject(files: Readonly<Record<string, string>>): Promise<string> {
  const root = await realpath(await temporaryDirectory());
  await writeProject(root, files);
  return root;
}

/** A project with one static environment, `environments/dev`. */
export async function makeEnvironment(
  main: string,
  files: Readonly<Record<string, string>> = {},
): Promise<string> {
  return makeProject({
    'environments/dev/main.jsonnet': main,
    'environments/dev/spec.json': SPEC,
    ...files,
  });
}
