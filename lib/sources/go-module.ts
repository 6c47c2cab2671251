import { mkdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import { execa } from 'execa';
import { Failure } from '../finding/failure.ts';
import { fileChecksum } from './checksum.ts';
import { fetchModuleZip, moduleChecksum } from './module-proxy.ts';
import type { LockedModule } from './module-lock.ts';
import type { ModuleFiles } from './reduction.ts';
import { readZip } from './zip-file.ts';

/** What is told of a module by `go mod download -json`; `go help mod download` has the list. */
interface Download {
  readonly Zip?: string;
  readonly Sum?: string;
  readonly Error?: string;
}

/** A module as downloaded. */
export interface DownloadedModule {
  /** The `h1:` checksum of what was downloaded. */
  readonly sum: string;
  /** The bytes of its zip archive. */
  readonly zip: Buffer;
}

/** How a module is downloaded. */
export interface DownloadOptions {
  /** A folder for Go's module cache, which the caller removes afterwards. */
  readonly workDirectory: string;
  /** Where copied schemas would belong; named in the advice when Go cannot be used. */
  readonly cacheFolder?: string;
  readonly signal?: AbortSignal | undefined;
  /**
   * Whether it may come from a module proxy when there is no Go: for a public module whose checksum the caller has, since
   * nothing else vouches for it then. @default false
   */
  readonly withoutGo?: boolean;
}

const DOWNLOAD_TIMEOUT_MS = 15 * 60_000;

/**
 * Downloads a Go module with `go mod download`, which checks it against the public checksum database, into a
 * module cache of its own. `GO` names the program, else `go` is looked for on PATH; the settings of Go in the
 * environment (GOPROXY and so on) hold. With `options.withoutGo` it does without Go where there is none.
 *
 * @param module such as `k8s.io/kubernetes`.
 * @param version such as `v1.37.0`.
 * @throws Failure `tool` when there is no Go or nothing can be downloaded, `interrupted` on abort.
 */
export async function downloadModule(
  module: string,
  version: string,
  options: DownloadOptions,
): Promise<DownloadedModule> {
  const answer = await runGo(module, version, options);
  if (answer === undefined) return fromProxy(module, version, options);
  // Go that is older than the module asks for reports an error, and yet downloads the zip and its checksum.
  if (answer.Zip === undefined || answer.Sum === undefined)
    throw downloadFailure(module, version, answer.Error ?? 'go named no file', options);
  return { sum: answer.Sum, zip: await readFile(answer.Zip) };
}

/**
 * The files of a module that the lock lists.
 *
 * @param lockFile the file that pins the module, as messages name it.
 * @throws Failure `usage` when the module or a file of it is not what the lock says.
 */
export function verifiedFiles(
  locked: LockedModule,
  { sum, zip }: DownloadedModule,
  lockFile: string,
): ModuleFiles {
  if (sum !== locked.sum) throw mismatch(locked, 'the module', locked.sum, sum, lockFile);
  const prefix = `${locked.module}@${locked.version}/`;
  const wanted = new Set(locked.files.map(({ file }) => prefix + file));
  const entries = readZip(zip, (name) => wanted.has(name));
  const files = new Map<string, Buffer>();
  for (const { file, sha256 } of locked.files) {
    const bytes = entries.get(prefix + file);
    const found = bytes === undefined ? 'no such file' : fileChecksum(bytes);
    if (bytes === undefined || found !== sha256)
      throw mismatch(locked, file, sha256, found, lockFile);
    files.set(file, bytes);
  }
  return files;
}

async function fromProxy(
  module: string,
  version: string,
  options: DownloadOptions,
): Promise<DownloadedModule> {
  try {
    const zip = await fetchModuleZip(module, version, options.signal);
    return { sum: moduleChecksum(zip), zip };
  } catch (error) {
    if (error instanceof Failure && error.kind === 'interrupted') throw error;
    throw downloadFailure(module, version, (error as Error).message, options);
  }
}

/** What Go says of its download; undefined when there is no Go, and it can be done without. */
async function runGo(
  module: string,
  version: string,
  options: DownloadOptions,
): Promise<Download | undefined> {
  const { workDirectory, signal } = options;
  await mkdir(workDirectory, { recursive: true });
  const go = process.env['GO'] || 'go';
  const result = await execa(go, ['mod', 'download', '-json', `${module}@${version}`], {
    cwd: workDirectory,
    env: goEnvironment(workDirectory),
    reject: false,
    stdin: 'ignore',
    timeout: DOWNLOAD_TIMEOUT_MS,
    ...(signal === undefined ? {} : { cancelSignal: signal }),
  });
  // On a terminal Ctrl-C reaches Go itself, maybe before us.
  if (result.isCanceled || signal?.aborted === true || result.signal === 'SIGINT')
    throw new Failure('interrupted', `interrupted while fetching ${module} ${version}`);
  if (result.timedOut)
    throw downloadFailure(
      module,
      version,
      `no end after ${DOWNLOAD_TIMEOUT_MS / 60_000} minutes`,
      options,
    );
  if (result.exitCode === undefined && !result.isTerminated) {
    if (options.withoutGo === true && !process.env['GO']) return undefined;
    throw noGo(go, module, version, options, result);
  }
  const answer = parseAnswer(result.stdout);
  if (answer !== undefined) return answer;
  const said = [result.stderr.trim(), result.shortMessage ?? ''].find((text) => text !== '');
  throw downloadFailure(module, version, said ?? '', options);
}

function goEnvironment(workDirectory: string): Record<string, string> {
  return {
    GOMODCACHE: path.join(workDirectory, 'mod'),
    // Without it Go makes its cache read-only, and the folder could not be removed.
    GOFLAGS: `${process.env['GOFLAGS'] ?? ''} -modcacherw`.trim(),
    GO111MODULE: 'on',
    GOWORK: 'off',
    // Another Go would be downloaded to satisfy a module that is only read.
    GOTOOLCHAIN: 'local',
  };
}

function parseAnswer(stdout: string): Download | undefined {
  try {
    return JSON.parse(stdout) as Download;
  } catch {
    return undefined;
  }
}

function noGo(
  go: string,
  module: string,
  version: string,
  options: DownloadOptions,
  cause: unknown,
): Failure {
  const reason = `"${go}" could not be started; the schemas are fetched with Go, once`;
  return new Failure('tool', `cannot fetch the schemas in ${module} ${version}: ${reason}`, {
    hint:
      'Install Go 1.21 or newer (or set GO to the program), and run again. ' +
      `Or, from a machine where this has run, copy ${copyAdvice(options)}.`,
    cause,
  });
}

function downloadFailure(
  module: string,
  version: string,
  reason: string,
  options: DownloadOptions,
): Failure {
  // A proxy's own words come on a line of their own.
  const said = reason.trim().replaceAll(/\s+/g, ' ');
  return new Failure('tool', `cannot fetch the schemas in ${module} ${version}: ${said}`, {
    hint:
      'Check the version, the network, and GOPROXY if you have one. ' +
      `Or, from a machine where this has run, copy ${copyAdvice(options)}.`,
  });
}

function copyAdvice({ cacheFolder }: DownloadOptions): string {
  const folder = cacheFolder === undefined ? '' : ` to ${cacheFolder}`;
  return `the folder "schemas" of its cache${folder}, or set TANKARD_CACHE to a copy of the whole cache`;
}

function mismatch(
  locked: LockedModule,
  what: string,
  wanted: string,
  got: string,
  lockFile: string,
): Failure {
  return new Failure(
    'usage',
    `${what} of ${locked.module} ${locked.version} is not what ${lockFile} pins: ` +
      `wanted ${wanted}, got ${got}`,
    {
      hint: `Nothing of it was kept. Check what GOPROXY points to, and what changed in ${lockFile}.`,
    },
  );
}
