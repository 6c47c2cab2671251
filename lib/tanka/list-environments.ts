import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { Failure } from '../finding/failure.ts';
import { type TankaArguments, evaluationFlags } from './arguments.ts';
import { findMainDirectories } from './find-main-directories.ts';
import { runTk } from './run-tk.ts';

/** One environment of a project. */
export interface EnvironmentEntry {
  /** Static: its path. Inline: `metadata.name` of its Environment object. */
  readonly name: string;
  /** Directory of its main.jsonnet, relative to the project root, with `/`. */
  readonly path: string;
  readonly inline: boolean;
  readonly namespace?: string;
  readonly apiServer?: string;
  readonly contextNames?: readonly string[];
  readonly labels?: Record<string, string>;
}

/** Where to look. */
export interface ListOptions {
  /** Absolute path of tk. */
  readonly tk: string;
  /** Project root, absolute. */
  readonly root: string;
  /** Directory to search, relative to `root` or absolute. @default 'environments' */
  readonly under?: string;
  /** Passed on where main.jsonnet must be evaluated. */
  readonly args?: TankaArguments;
  /** Time that tk has for one main.jsonnet. @default 300_000 */
  readonly timeoutMs?: number;
  readonly signal?: AbortSignal;
}

/** The object of kind Environment, as tk prints it. Any part may be missing or wrong. */
interface EnvironmentObject {
  readonly metadata?: { readonly name?: unknown; readonly labels?: unknown } | null;
  readonly spec?: {
    readonly namespace?: unknown;
    readonly apiServer?: unknown;
    readonly contextNames?: unknown;
  } | null;
}

/**
 * Lists the environments of a project. Static ones are read from their spec.json; tk is asked only about inline
 * ones, each main.jsonnet by itself, because one that is broken would make `tk env list` fail for all. A broken
 * one is listed under its path, so that showing it tells what is wrong.
 *
 * @returns sorted by path, then name, by code point.
 * @throws Failure `usage` when `under` is given and does not exist; `tool` and `interrupted` as `runTk`.
 */
export async function listEnvironments(options: ListOptions): Promise<EnvironmentEntry[]> {
  const under = options.under ?? 'environments';
  if (options.under !== undefined && !existsSync(path.resolve(options.root, under)))
    throw new Failure('usage', `cannot list environments in ${under}: there is no such directory`, {
      hint: `The path is relative to the project root ${options.root}.`,
    });
  const directories = findMainDirectories(options.root, under);
  const entries: EnvironmentEntry[] = [];
  for (const directory of directories) {
    const spec = readSpec(path.join(options.root, directory, 'spec.json'));
    if (spec === undefined) entries.push(...(await inlineEntries(directory, options)));
    else entries.push(toEntry(spec, { name: directory, path: directory, inline: false }));
  }
  return entries.sort(
    (left, right) => compare(left.path, right.path) || compare(left.name, right.name),
  );
}

function compare(left: string, right: string): number {
  if (left === right) return 0;
  return left < right ? -1 : 1;
}

/** @returns undefined when there is no spec.json; an empty object when it is broken, which `checkSpec` reports. */
function readSpec(file: string): EnvironmentObject | undefined {
  try {
    const spec: unknown = JSON.parse(readFileSync(file, 'utf8'));
    return typeof spec === 'object' && spec !== null ? spec : {};
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'ENOENT' ? undefined : {};
  }
}

async function inlineEntries(directory: string, options: ListOptions): Promise<EnvironmentEntry[]> {
  const output = await runTk({
    tk: options.tk,
    root: options.root,
    ...(options.timeoutMs === undefined ? {} : { timeoutMs: options.timeoutMs }),
    args: [
      'env',
      'list',
      `./${directory}/main.jsonnet`,
      '--json',
      '--log-level=error',
      ...evaluationFlags(options.args ?? {}),
    ],
    purpose: `listing ${directory}`,
    ...(options.signal === undefined ? {} : { signal: options.signal }),
  });
  if (output.exitCode !== 0) return [{ name: directory, path: directory, inline: true }];
  return readList(output.stdout, directory).map((object) =>
    toEntry(object, { name: object.metadata.name, path: directory, inline: true }),
  );
}

interface NamedEnvironment extends EnvironmentObject {
  readonly metadata: { readonly name: string };
}

function readList(stdout: Buffer, directory: string): NamedEnvironment[] {
  try {
    // tk prints null, not an empty array, when there are none.
    const found = (JSON.parse(stdout.toString('utf8')) ?? []) as NamedEnvironment[];
    if (found.every((object) => typeof object.metadata.name === 'string')) return found;
  } catch {
    // Neither JSON nor a list of objects: said below.
  }
  throw new Failure('tool', `listing ${directory}: tk env list printed no list of environments`, {
    hint: 'Run `tankard doctor`: it says which tk is used.',
  });
}

function toEntry(
  object: EnvironmentObject,
  base: Pick<EnvironmentEntry, 'name' | 'path' | 'inline'>,
): EnvironmentEntry {
  const { namespace, apiServer, contextNames } = object.spec ?? {};
  const labels = object.metadata?.labels;
  return {
    ...base,
    ...(typeof namespace === 'string' ? { namespace } : {}),
    ...(typeof apiServer === 'string' ? { apiServer } : {}),
    ...(Array.isArray(contextNames) ? { contextNames: contextNames.map(String) } : {}),
    ...(typeof labels === 'object' && labels !== null ? { labels: toLabels(labels) } : {}),
  };
}

function toLabels(labels: object): Record<string, string> {
  return Object.fromEntries(Object.entries(labels).map(([key, value]) => [key, String(value)]));
}
