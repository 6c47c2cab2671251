import { existsSync } from 'node:fs';
import path from 'node:path';
import { CONFIG_FILE } from '../config/load-config.ts';
import { parseImportSource } from '../sources/import-source.ts';
import { PROJECT_LOCK } from '../sources/pinned-stores.ts';
import { argumentCode, type TankaArguments } from '../tanka/arguments.ts';
import { findEnvironment } from '../tanka/find-environment.ts';
import { ancestors, ROOT_FILES } from '../tanka/project.ts';
import { ImportGraph } from '../watch/import-graph.ts';
import { realPathOf } from '../watch/real-path.ts';
import type { ChosenEnvironment } from './chosen-environments.ts';
import { chartUse } from './export/chart-inputs.ts';
import type { Project } from './project.ts';

/** Files of the root that any environment may depend on. */
const FOR_ALL = new Set([CONFIG_FILE, PROJECT_LOCK, ...ROOT_FILES, 'jsonnetfile.lock.json']);

/**
 * The environments that may render something else, or be judged otherwise, after files changed.
 *
 * @param changedFiles relative to the project root, with `/`; also what was deleted or is a folder now. A renamed file is two.
 * @param args of tk, which may import files too.
 * @returns in the given order. All of them when a file changed that all depend on, as tankard.yaml or a schema that an import
 *   reads; those that render charts whatever changed, since charts may be anywhere.
 */
export async function dependentEnvironments(
  project: Project,
  environments: readonly ChosenEnvironment[],
  changedFiles: readonly string[],
  args: TankaArguments = {},
): Promise<ChosenEnvironment[]> {
  if (changedFiles.length === 0) return [];
  if (changedFiles.some((file) => isForAll(file, project))) return [...environments];
  const root = realPathOf(project.root);
  const changed = new Set(changedFiles.flatMap((file) => withGoneFolders(root, file)));
  const graph = new ImportGraph(project.root);
  const code = argumentCode(args);
  const dependent: ChosenEnvironment[] = [];
  for (const environment of environments)
    if (await isDependent(graph, code, { project, environment, changed }))
      dependent.push(environment);
  return dependent;
}

/** A file, and the folders that went with it. */
function withGoneFolders(root: string, file: string): string[] {
  const absolute = path.join(root, file);
  const gone = ancestors(path.dirname(absolute)).filter((folder) => !existsSync(folder));
  return [absolute, ...gone];
}

async function isDependent(
  graph: ImportGraph,
  code: readonly string[],
  {
    project: { root },
    environment,
    changed,
  }: {
    readonly project: Project;
    readonly environment: ChosenEnvironment;
    readonly changed: ReadonlySet<string>;
  },
): Promise<boolean> {
  const place = await findEnvironment(root, environment.path).catch(() => undefined);
  // Rendering says what is wrong with it.
  if (place === undefined) return true;
  const { base, main } = place;
  if (graph.leadsOver(path.join(base, 'spec.json'), changed)) return true;
  const reach = graph.reach({ base, main, code });
  return reach.dependsOn(changed) || chartUse(reach) !== 'none';
}

function isForAll(file: string, { config: { imports } }: Project): boolean {
  if (FOR_ALL.has(file)) return true;
  return [...imports.values()].some((text) => {
    const source = parseImportSource(text);
    return source.type === 'files' && isBelow(file, path.posix.normalize(source.path));
  });
}

function isBelow(file: string, folder: string): boolean {
  return folder === '.' || file === folder || file.startsWith(`${folder.replace(/\/$/, '')}/`);
}
