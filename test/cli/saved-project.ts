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

/** A project with a copy of environments/istio-tls. @param files more files by path. */
export async function istioProject(
  files: Readonly<Record<string, string>> = {},
): Promise<SavedProject> {
  const folder = path.join(ROOT, 'environments/istio-tls');
  const read = async (name: string): Promise<string> => readFile(path.join(folder, name), 'utf8');
  return savedProject(await read('main.jsonnet'), {
    'environments/x/example.crt': await read('example.crt'),
    'environments/x/example.key': await read('example.key'),
    'environments/x/spec.json': await read('spec.json'),
    ...files,
  });
}

/** The same with the certificate's name written out where the Gateway names it, and wrong. */
export function withWrongName(main: string): string {
  return main.replace('hosts, $.certificate.metadata.name', "hosts, 'wild-crt'");
}

/** What the terminal says when the environment has rendered for the first time, without findings. */
export const FIRST = /^environments\/x {2}\d.*no findings$/m;
