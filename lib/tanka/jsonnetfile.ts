import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { Failure } from '../finding/failure.ts';

/** A dependency in jsonnetfile.json. */
export interface Dependency {
  readonly source?: {
    readonly local?: { readonly directory: string };
    readonly git?: { readonly remote: string; readonly subdir?: string };
  };
  /** What jb calls it below vendor/, beside its path there. */
  readonly name?: string;
}

/** jb's file of dependencies, in the project root. */
export const JSONNETFILE = 'jsonnetfile.json';

/**
 * The dependencies that a jsonnetfile.json, or its lock, lists.
 *
 * @param file absolute path.
 * @returns none when there is no such file.
 * @throws Failure `usage` when it is not what jb writes.
 */
export async function readDependencies(file: string): Promise<readonly Dependency[]> {
  try {
    const content = JSON.parse(await readFile(file, 'utf8')) as { dependencies?: unknown } | null;
    const dependencies = content?.dependencies ?? [];
    if (Array.isArray(dependencies) && dependencies.every(isDependency)) return dependencies;
    throw new TypeError('dependencies is not a list of objects with a source');
  } catch (cause) {
    // A project whose root is marked by tkrc.yaml alone has no libraries to install.
    if ((cause as NodeJS.ErrnoException).code === 'ENOENT') return [];
    throw new Failure('usage', `cannot read ${file}: ${(cause as Error).message}`, {
      hint: 'It must be the JSON that `jb init` and `jb install` write.',
      cause,
    });
  }
}

function isDependency(value: unknown): value is Dependency {
  if (typeof value !== 'object' || value === null) return false;
  const { local, git } = (value as Dependency).source ?? {};
  return (
    (local === undefined || typeof local.directory === 'string') &&
    (git === undefined || typeof git.remote === 'string')
  );
}

/** The path of a dependency below vendor/. Source: jsonnet-bundler v0.6.0, spec/v1/deps. */
export function vendorName(dependency: Dependency): string | undefined {
  const { local, git } = dependency.source ?? {};
  if (local !== undefined) return path.basename(path.resolve('/', local.directory));
  if (git === undefined) return undefined;
  const repository = git.remote
    .replace(/^[\w+]+:\/\//, '')
    .replace(/^[^@/]+@/, '')
    .replace(/^([^/:]+):/, '$1/')
    .replace(/\.git$/, '');
  return path.join(repository, git.subdir ?? '');
}

/**
 * What jsonnetfile.json has to hold so that `jb install` links these libraries, and no others of their folder.
 *
 * @param root project root, absolute.
 * @param folder where the libraries are, relative to the root.
 * @param names of the libraries.
 * @returns the text with its own indentation; undefined when it is right as it is.
 * @throws Failure `usage` when it cannot be read, or another dependency has the place of a library in vendor/.
 */
export async function withLibraries(
  root: string,
  folder: string,
  names: readonly string[],
): Promise<string | undefined> {
  const file = path.join(root, JSONNETFILE);
  const dependencies = await readDependencies(file);
  const text = await readFile(file, 'utf8').catch(() => undefined);
  if (text === undefined && names.length === 0) return undefined;
  const present = dependencies.map((dependency) => libraryIn(root, folder, dependency));
  for (const name of names)
    checkFree(
      name,
      dependencies.filter((_, index) => present[index] === undefined),
      file,
    );
  const missing = names.filter((name) => !present.includes(name));
  const kept = dependencies.filter((_, index) => {
    const name = present[index];
    return name === undefined || names.includes(name);
  });
  if (missing.length === 0 && kept.length === dependencies.length) return undefined;
  const added = missing.map((name) => ({
    source: { local: { directory: `${folder}/${name}` } },
    version: '',
  }));
  return printEdited(text, [...kept, ...added]);
}

/** The name of a library when a dependency is one of that folder. */
function libraryIn(root: string, folder: string, { source }: Dependency): string | undefined {
  if (source?.local === undefined) return undefined;
  const relative = path.relative(
    path.join(root, folder),
    path.resolve(root, source.local.directory),
  );
  return relative === '' || relative.startsWith('..') || relative.includes(path.sep)
    ? undefined
    : relative;
}

function checkFree(name: string, others: readonly Dependency[], file: string): void {
  const other = others.find(
    // A dependency from git is linked by its last name too, for imports of the old form.
    (one) => one.name === name || path.basename(vendorName(one) ?? '') === name,
  );
  if (other === undefined) return;
  const local = other.source?.local;
  const what = local === undefined ? `of ${other.source?.git?.remote}` : local.directory;
  throw new Failure(
    'usage',
    `vendor/${name} is taken: ${file} has another library of that name, ${what}`,
    {
      hint: 'Give one of the two another name: tankard.yaml, `imports`, says what this one is called.',
    },
  );
}

function printEdited(text: string | undefined, dependencies: readonly object[]): string {
  const content =
    text === undefined
      ? { version: 1, dependencies, legacyImports: true }
      : { ...(JSON.parse(text) as object), dependencies };
  const hasLines = text === undefined || text.trim().includes('\n');
  const indent = /^([ \t]+)\S/m.exec(text ?? '')?.[1] ?? (hasLines ? '  ' : '');
  const end = /\s*$/.exec(text ?? '\n')?.[0] ?? '';
  return `${JSON.stringify(content, null, indent)}${end}`;
}
