import { mkdir, readdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import pMap from 'p-map';
import { OPEN_FILES } from '../disk/files-below.ts';
import { makePrivateFolder } from '../disk/private-folder.ts';
import { Failure } from '../finding/failure.ts';
import { type TankaArguments, tankaFlags } from './arguments.ts';
import { diffFailure } from './diff-failure.ts';
import { ensureDiffProgram, KUBECTL_FOLDER, TK_FOLDER } from './diff-program.ts';
import { type EnvironmentPlace, findEnvironment } from './find-environment.ts';
import { runTk } from './run-tk.ts';

/**
 * Time limit when the caller sets none. kubectl asks the cluster twice for each object, one after the other, at some 10 ms a
 * request, so that a thousand objects need some 20 s; a cluster that takes a connection and says nothing would be waited for
 * for ever.
 */
const DEFAULT_TIMEOUT_MS = 120_000;

/** Which environment is compared with its cluster. */
export interface DiffOptions {
  /** Absolute path of tk. */
  readonly tk: string;
  /** Project root, absolute. */
  readonly root: string;
  /** Path of the environment, relative to `root` or absolute. */
  readonly environment: string;
  readonly args?: TankaArguments;
  /** What messages call it. @default its path */
  readonly id?: string;
  /** kubectl's own merge, as for client-side apply. @default as `spec.diffStrategy` and `spec.applyStrategy` say */
  readonly strategy?: 'native';
  /** @default 120_000 */
  readonly timeoutMs?: number;
  readonly signal?: AbortSignal;
}

/**
 * One object of an environment. Both texts are YAML of one object, as the API server gives it, with its defaults. Values of
 * Secrets may be in them: kubectl masks `data` alone, with `***`, and tk masks nothing.
 */
export interface LivePair {
  /** What the cluster has; absent when it has no such object. */
  readonly live?: string;
  /** What it would have after `tk apply`. */
  readonly merged: string;
}

/**
 * What the cluster of an environment has now, and what it would have after applying it, by `tk diff` with the environment's own
 * strategy. Nothing is written to the cluster: kubectl asks the API server for a dry run.
 *
 * An object in a namespace that this environment makes is given as tk renders it, since no dry run is possible before the
 * namespace is there. What the cluster has and the environment does not render is not in the result.
 *
 * @returns a pair for each object that is rendered, whether it differs or not; in the order of their file names.
 * @throws Failure `usage` when there is no such environment, it does not render, or it names no cluster; `cluster` when the
 *   cluster is not in the kubeconfig, cannot be reached, refuses or does not answer in time; `tool` when tk or kubectl cannot be
 *   run; `interrupted` when the signal was aborted. No message holds a value of a Secret.
 */
export async function diffEnvironment(options: DiffOptions): Promise<LivePair[]> {
  const place = await findEnvironment(options.root, options.environment);
  // Values of Secrets get there, and stay there when tk and kubectl are killed.
  const { path: folder, remove } = await makePrivateFolder('diff');
  try {
    await runDiff(options, place, folder);
    return [
      ...(await readKubectlPairs(path.join(folder, KUBECTL_FOLDER))),
      ...(await readTkPairs(path.join(folder, TK_FOLDER))),
    ];
  } finally {
    await remove();
  }
}

async function runDiff(
  options: DiffOptions,
  place: EnvironmentPlace,
  folder: string,
): Promise<void> {
  const temporary = path.join(folder, 'tmp');
  await mkdir(temporary);
  await mkdir(path.join(folder, TK_FOLDER));
  const timeoutMs = options.timeoutMs ?? DEFAULT_TIMEOUT_MS;
  const purpose = `comparing ${options.id ?? place.environment} with its cluster`;
  const output = await runTk({
    tk: options.tk,
    root: options.root,
    purpose,
    args: [
      'diff',
      place.argument,
      '--color=never',
      '--exit-zero',
      '--log-level=error',
      ...(options.strategy === undefined ? [] : [`--diff-strategy=${options.strategy}`]),
      ...tankaFlags(options.args ?? {}),
    ],
    env: { ...(await ensureDiffProgram(folder)), TMPDIR: temporary },
    timeoutMs,
    timeoutFailure: unanswered(purpose, timeoutMs),
    ...(options.signal === undefined ? {} : { signal: options.signal }),
  });
  if (output.exitCode !== 0)
    throw await diffFailure(output, purpose, { ...place, root: options.root }, options.args?.name);
}

function unanswered(purpose: string, timeoutMs: number): Failure {
  return new Failure('cluster', `${purpose}: no answer within ${timeoutMs / 1000} s`, {
    hint: 'Check the network, the VPN and the proxy; a large environment may need a higher timeoutSeconds in tankard.yaml.',
  });
}

/** Two folders with a file for each object; the one of an object that does not exist is empty. */
async function readKubectlPairs(folder: string): Promise<LivePair[]> {
  const [live, merged] = [path.join(folder, 'live'), path.join(folder, 'merged')];
  // Without the folders no object was for kubectl: the strategy `subset` only gets them.
  const names = await readdir(merged).catch(() => []);
  return pMap(
    names.sort(compareNames),
    (name) => readPair(path.join(live, name), path.join(merged, name)),
    {
      concurrency: OPEN_FILES,
    },
  );
}

/**
 * The objects that tk compares by itself: it writes a pair of files for each, and its name into theirs.
 *
 * @param folder absolute; what `ensureDiffProgram` calls TK_FOLDER.
 * @returns in the order of their file names. Of what is to be deleted, `merged` is empty.
 */
export async function readTkPairs(folder: string): Promise<LivePair[]> {
  const prefix = 'MERGED-';
  const names = (await readdir(folder)).filter((name) => name.startsWith(prefix));
  return pMap(
    names.sort(compareNames),
    (name) =>
      readPair(path.join(folder, `LIVE-${name.slice(prefix.length)}`), path.join(folder, name)),
    { concurrency: OPEN_FILES },
  );
}

function compareNames(left: string, right: string): number {
  return left < right ? -1 : 1;
}

async function readPair(liveFile: string, mergedFile: string): Promise<LivePair> {
  const live = await readFile(liveFile, 'utf8');
  const merged = await readFile(mergedFile, 'utf8');
  return live.trim() === '' ? { merged } : { live, merged };
}
