import { existsSync } from 'node:fs';
import path from 'node:path';
import { environmentFolder } from '../../export/file-name.ts';
import { itemsOfShard, type Shard } from '../../export/shard.ts';
import { Failure } from '../../finding/failure.ts';
import type { TankaArguments } from '../../tanka/arguments.ts';
import { findEnvironment } from '../../tanka/find-environment.ts';
import { MAIN_FILE } from '../../tanka/find-main-directories.ts';
import { listEnvironments, type EnvironmentEntry } from '../../tanka/list-environments.ts';
import { noEnvironments, type ChosenEnvironment } from '../chosen-environments.ts';
import { environmentsOf } from '../env-list.ts';
import { environmentArgument, type Project } from '../project.ts';

/** One environment to export. */
export interface EnvironmentToExport extends ChosenEnvironment {
  /** As in messages: the path, for an inline environment followed by `#` and its name. */
  readonly id: string;
  /** Of its files in the export. */
  readonly folder: string;
  /** `spec.namespace`. */
  readonly namespace: string;
  readonly apiServer?: string;
  readonly contextNames?: readonly string[];
}

interface Options {
  readonly cwd?: string;
  readonly environments?: readonly string[];
  readonly args?: TankaArguments;
  readonly signal?: AbortSignal;
  readonly shard?: Shard;
}

/**
 * The environments that are exported. A folder with several inline environments stands for all of them, so that each has the
 * same files however it was asked for.
 *
 * @param options.environments paths relative to `cwd`, or to the project root; all of the project when empty or absent.
 * @param options.shard only those of this part.
 * @throws Failure `usage` when there is no such environment, or the project has none.
 */
export async function environmentsToExport(
  project: Project,
  options: Options,
): Promise<EnvironmentToExport[]> {
  const named = options.environments ?? [];
  const entries: EnvironmentEntry[] = [];
  for (const one of named) entries.push(...(await entriesAt(one, project, options)));
  if (named.length === 0) entries.push(...(await allEntries(project, options)));
  const byId = new Map(entries.map((entry) => [idOf(entry), toExport(entry)]));
  const all = [...byId.values()];
  return options.shard === undefined ? all : itemsOfShard(all, ({ id }) => id, options.shard);
}

async function allEntries(project: Project, options: Options): Promise<EnvironmentEntry[]> {
  const { args, signal } = options;
  const entries = await environmentsOf(project, {
    ...(args === undefined ? {} : { args }),
    ...(signal === undefined ? {} : { signal }),
  });
  if (entries.length === 0) throw noEnvironments(project);
  return entries;
}

async function entriesAt(
  argument: string,
  project: Project,
  { cwd, args, signal }: Options,
): Promise<EnvironmentEntry[]> {
  const { root, tk, config } = project;
  const given = environmentArgument(project, cwd ?? process.cwd(), argument);
  const { base, main, environment } = await findEnvironment(root, given);
  if (path.basename(main) !== MAIN_FILE)
    throw new Failure('usage', `cannot export ${given}: only a ${MAIN_FILE} is an environment`, {
      hint: `Name the folder: ${environment}`,
    });
  const listed = await listEnvironments({
    tk,
    root,
    under: environment,
    ...(config.timeoutMs === undefined ? {} : { timeoutMs: config.timeoutMs }),
    ...(args === undefined ? {} : { args }),
    ...(signal === undefined ? {} : { signal }),
  });
  const here = listed.filter((one) => one.path === environment);
  const name = args?.name;
  if (name === undefined || existsSync(path.join(base, 'spec.json'))) return here;
  // tk takes a part of a name too, and the files would go by what was typed.
  const found = here.filter((one) => one.name === name);
  if (found.length > 0) return found;
  throw new Failure('usage', `${environment} has no environment called ${name}`, {
    hint: `Its environments: ${here.map((one) => one.name).join(', ')}`,
  });
}

function idOf(entry: EnvironmentEntry): string {
  const name = nameOf(entry);
  return name === undefined ? entry.path : `${entry.path}#${name}`;
}

/** One that cannot be listed has its path for a name: rendering it says what is wrong. */
function nameOf({ path: folder, name, inline }: EnvironmentEntry): string | undefined {
  return inline && name !== folder ? name : undefined;
}

function toExport(entry: EnvironmentEntry): EnvironmentToExport {
  const { path: folder, namespace = 'default', apiServer, contextNames } = entry;
  const name = nameOf(entry);
  const chosen = { path: folder, ...(name === undefined ? {} : { name }) };
  return {
    ...chosen,
    id: idOf(entry),
    folder: environmentFolder(chosen),
    namespace,
    ...(apiServer === undefined ? {} : { apiServer }),
    ...(contextNames === undefined ? {} : { contextNames }),
  };
}
