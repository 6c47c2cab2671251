import { readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { projectWith, ROOT } from './tankard.ts';

const MAIN = 'environments/x/main.jsonnet';

/** A project whose one environment, environments/x, a test saves again and again. */
export interface SavedProject {
  readonly root: string;
  /** Its main.jsonnet as it was at first. */
  readonly main: string;
  readonly save: (text: string) => Promise<void>;
}

/** A project with a main.jsonnet of its own. */
export async function savedProject(
  main: string,
  files: Readonly<Record<string, string>> = {},
): Promise<SavedProject> {
  const root = await projectWith(main, files);
  return { root, main, save: (text) => writeFile(path.join(root, MAIN), text) };
}

/** A project with a copy of an environment of this repository. */
export async function copiedProject(name: string, files: readonly string[]): Promise<SavedProject> {
  const read = async (file: string): Promise<string> =>
    readFile(path.join(ROOT, 'environments', name, file), 'utf8');
  const copies = await Promise.all(
    ['spec.json', ...files].map(async (file) => [`environments/x/${file}`, await read(file)]),
  );
  return savedProject(await read('main.jsonnet'), Object.fromEntries(copies));
}

/** A copy of environments/istio-tls. */
export async function istioProject(): Promise<SavedProject> {
  return copiedProject('istio-tls', ['example.crt', 'example.key']);
}

/** The same with the certificate's name written out where the Gateway names it, and wrong. */
export function withWrongName(main: string): string {
  return main.replace('hosts, $.certificate.metadata.name', "hosts, 'wild-crt'");
}

/** What the terminal says when the environment has rendered for the first time, without findings. */
export const FIRST = /^environments\/x {2}\d.*no findings$/m;
