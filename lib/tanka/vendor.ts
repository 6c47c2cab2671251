import { existsSync, statSync } from 'node:fs';
import { lstat, readFile, readdir, realpath, rm } from 'node:fs/promises';
import path from 'node:path';
import { writeWhole } from '../disk/write-whole.ts';
import { Failure } from '../finding/failure.ts';
import { JSONNETFILE, readDependencies, vendorName, type Dependency } from './jsonnetfile.ts';

/** What `ensureVendor` may be told. */
interface VendorOptions {
  /** Project root, absolute. */
  readonly root: string;
  /** Receives lines about what is done, without newlines. */
  readonly onProgress?: (line: string) => void;
  readonly signal?: AbortSignal;
}

const LOCKFILE = 'jsonnetfile.lock.json';

/**
 * Links the local libraries of jsonnetfile.json into vendor/ with `jb install`, as after a fresh clone. Costs next
 * to nothing when they are there. jsonnetfile.json and jsonnetfile.lock.json stay as they are.
 *
 * @throws Failure `usage` when jsonnetfile.json cannot be read, a local library does not exist, a library from git
 *   is missing, or vendor/ holds what `jb install` would delete; `tool` when jb is missing or fails.
 */
export async function ensureVendor(options: VendorOptions): Promise<void> {
  const dependencies = await readDependencies(path.join(options.root, JSONNETFILE));
  const missing = dependencies.filter((dependency) => !isVendored(options.root, dependency));
  if (missing.length === 0) return;
  const local = missing.flatMap(({ source }) =>
    source?.local === undefined ? [] : [source.local.directory],
  );
  if (local.length === 0) throw missingFromGit(options.root, missing);
  for (const directory of local) checkDirectory(options.root, directory);
  await checkForeign(options.root, dependencies);
  const hasGit = dependencies.some(({ source }) => source?.git !== undefined);
  await preserving(options.root, hasGit, () => install(options, local));
}

/**
 * Whether `jb install` can link a library without deleting what somebody put into its place.
 *
 * @param directory of the library, absolute; it need not exist yet.
 * @throws Failure `usage` when vendor/ has something else of that name.
 */
export async function checkLinkable(root: string, name: string, directory: string): Promise<void> {
  const place = path.join(root, 'vendor', name);
  const entry = await lstat(place).catch(() => undefined);
  if (entry === undefined) return;
  const target = await realpath(place).catch(() => undefined);
  const isOurs = target === undefined || target === (await realpath(directory).catch(() => ''));
  if (entry.isSymbolicLink() && isOurs) return;
  throw new Failure('usage', `vendor/${name} is taken: it is not the imported library`, {
    hint: 'Move it away, or give the library another name in tankard.yaml (`imports`) or with --name.',
  });
}

/** Removes the links of libraries that do not exist, such as after an import that was undone. */
export async function unlinkLibraries(root: string, names: readonly string[]): Promise<void> {
  for (const name of names) {
    const place = path.join(root, 'vendor', name);
    const entry = await lstat(place).catch(() => undefined);
    if (entry?.isSymbolicLink() === true && !existsSync(place))
      await rm(place).catch(() => undefined);
  }
}

function isVendored(root: string, dependency: Dependency): boolean {
  const name = vendorName(dependency);
  if (name === undefined) return true;
  // A link that leads nowhere is as good as none.
  return existsSync(path.join(root, 'vendor', name));
}

function missingFromGit(root: string, missing: readonly Dependency[]): Failure {
  const names = missing.map((dependency) => vendorName(dependency)).join(', ');
  return new Failure(
    'usage',
    `libraries of ${path.join(root, JSONNETFILE)} are not in vendor/: ${names}`,
    {
      hint: `Run \`jb install\` in ${root}.`,
    },
  );
}

function checkDirectory(root: string, directory: string): void {
  const absolute = path.resolve(root, directory);
  if (existsSync(absolute) && statSync(absolute).isDirectory()) return;
  throw new Failure(
    'usage',
    `${path.join(root, JSONNETFILE)} names the local library ${directory}, but ${absolute} is not a directory`,
    { hint: 'Correct `source.local.directory`: it is relative to the project root.' },
  );
}

/** `jb install` deletes what it does not know; a command that only renders must not. */
async function checkForeign(root: string, dependencies: readonly Dependency[]): Promise<void> {
  const locked = await readDependencies(path.join(root, LOCKFILE));
  const known = [...dependencies, ...locked].flatMap((dependency) => vendorName(dependency) ?? []);
  const first = new Set(known.flatMap((name) => [name.split(path.sep)[0], path.basename(name)]));
  const entries = await readdir(path.join(root, 'vendor'), { withFileTypes: true }).catch(() => []);
  const foreign = entries
    .filter((entry) => entry.isDirectory() || entry.isSymbolicLink())
    .map((entry) => entry.name)
    .filter((name) => name !== '.tmp' && !first.has(name));
  if (foreign.length === 0) return;
  throw new Failure(
    'usage',
    `local libraries of ${path.join(root, JSONNETFILE)} are not linked in vendor/, and \`jb install\` would delete ` +
      `what else is there: ${foreign.join(', ')}`,
    { hint: `Name them in ${JSONNETFILE} or move them away, then run \`jb install\` in ${root}.` },
  );
}

async function install(options: VendorOptions, directories: readonly string[]): Promise<void> {
  const { ensureTool } = await import('../tools/ensure-tool.ts');
  const { runProgram } = await import('../tools/run-program.ts');
  const jb = await ensureTool('jb', options);
  options.onProgress?.(`linking ${directories.join(', ')} into vendor/ (jb install)`);
  const result = await runProgram({
    file: jb.path,
    args: ['install', '--quiet'],
    cwd: options.root,
    ...(options.signal === undefined ? {} : { signal: options.signal }),
  });
  if (result.exitCode === 0) return;
  const said = result.stderr.trim() || (result.startError ?? `it was ended by ${result.killedBy}`);
  throw new Failure(
    'tool',
    `\`jb install\` in ${options.root} failed:\n  ${said.split('\n').join('\n  ')}`,
    { hint: `Run \`${jb.path} install\` there to see more.` },
  );
}

/** jb writes its files anew in its own form; a command that only renders leaves committed files as they are. */
async function preserving(
  root: string,
  hasGit: boolean,
  action: () => Promise<void>,
): Promise<void> {
  const files = [JSONNETFILE, LOCKFILE].map((name) => path.join(root, name));
  const before = await Promise.all(files.map(readIfThere));
  try {
    await action();
  } finally {
    for (const [index, file] of files.entries()) await restore(file, before[index], hasGit);
  }
}

async function readIfThere(file: string): Promise<Buffer | undefined> {
  return readFile(file).catch(() => undefined);
}

async function restore(file: string, before: Buffer | undefined, keepNew: boolean): Promise<void> {
  const after = await readIfThere(file);
  if (before !== undefined && after?.equals(before) !== true) await writeWhole(file, before);
  // A lock of local libraries alone says nothing.
  if (before === undefined && after !== undefined && !keepNew) await rm(file);
}
