import { environmentFiles, isGenerated } from '../../export/environment-files.ts';
import { readExportTree, type ExportTree } from '../../export/export-tree.ts';
import { sha256 } from '../../export/export-manifest.ts';
import { checkFolders, environmentFolder } from '../../export/file-name.ts';
import { secretsWithValues } from '../../export/secret-values.ts';
import type { Shard } from '../../export/shard.ts';
import { ExportWriter, type ExportChange } from '../../export/write-export.ts';
import type { ExportFile } from '../../export/export-file.ts';
import type { EnvironmentResult } from '../../finding/environment-result.ts';
import { Failure } from '../../finding/failure.ts';
import { showResource } from '../../finding/report/text.ts';
import type { TankaArguments } from '../../tanka/arguments.ts';
import type { ChosenEnvironment } from '../chosen-environments.ts';
import { openProject, running, type Project, type ProjectOptions } from '../project.ts';
import { ensureLibraries } from '../restore.ts';
import {
  isBroken,
  validateProject,
  type EnvironmentFailure,
  type EnvironmentRendering,
  type ValidateOptions,
  type ValidateResult,
} from '../validate.ts';
import { exportPlace, inExportTurn } from './export-turn.ts';
import { gitOpsFiles, type GitOpsOptions } from './gitops-files.ts';
import { openKnownResults, type KnownResults } from './known-results.ts';
import { environmentsToExport, type EnvironmentToExport } from './environments-to-export.ts';

/** What is exported, and where to. */
export interface ExportOptions extends ProjectOptions, GitOpsOptions {
  /** The folder that the files are in, relative to `cwd`. It is replaced as a whole. */
  readonly out: string;
  /**
   * Paths of environments, relative to `cwd`, or to the project root; the others stay in `out` as they are. All of the project
   * when empty or absent: what `out` has of others is removed.
   */
  readonly environments?: readonly string[];
  /** Passed on to tk; without targets. */
  readonly args?: TankaArguments;
  /** Minor version of Kubernetes to validate against; wins over tankard.yaml. */
  readonly kubernetes?: string;
  /** Findings in this file are not reported; relative to the working directory. */
  readonly baseline?: string;
  /** Only the environments of this part: `out` is exactly these. */
  readonly shard?: Shard;
  /** Writes nothing. @default false */
  readonly check?: boolean;
  /** Writes Secrets with their values. @default false */
  readonly includeSecrets?: boolean;
  /** Writes what was not validated; what keeps tk from rendering stops it nevertheless. @default false */
  readonly skipValidation?: boolean;
  /** Told after each environment how many are done. */
  readonly onEnvironment?: (done: number, total: number) => void;
}

/** What an export did, or would do. */
export interface ExportResult extends ValidateResult {
  /** Absolute path. */
  readonly out: string;
  /** Errors were found, so that nothing was compared or written. */
  readonly stopped: boolean;
  /** In the order of `environments`. */
  readonly exported: readonly {
    readonly path: string;
    readonly name?: string;
    /** Relative to `out`, with `/`. */
    readonly folder: string;
    /** It was known what it renders. */
    readonly reused: boolean;
  }[];
  /** Sorted by path. */
  readonly changes: readonly ExportChange[];
  /** How many files `out` has in the end, without manifests. */
  readonly fileCount: number;
}

/**
 * Renders and validates environments, and writes each object into a file of its own. Everything that is written comes into
 * place at once; when anything is wrong, nothing does.
 *
 * @throws Failure `usage` when `out` holds files of others, another export writes there now, two environments have the same
 *   place, or it cannot be written; else as `validate`.
 */
export async function exportEnvironments(options: ExportOptions): Promise<ExportResult> {
  if ((options.args?.targets ?? []).length > 0)
    throw new Failure('usage', 'cannot export a part of an environment', {
      hint: 'Leave out -t: what it leaves out would be removed from the cluster.',
    });
  const out = exportPlace(options);
  return inExportTurn(out, options, async () => exportTo(out, options));
}

async function exportTo(out: string, options: ExportOptions): Promise<ExportResult> {
  const project = await openProject(options, options.environments?.[0]);
  const { root, config } = project;
  const tree = readExportTree(out);
  const imports = await ensureLibraries({ root, config, ...running(options) });
  const chosen = await environmentsToExport(project, options);
  const { shard } = options;
  const isAll = (options.environments ?? []).length === 0 && shard === undefined;
  const others = isAll || shard !== undefined ? 'remove' : 'keep';
  checkFolders([
    ...chosen.map(({ folder }) => folder),
    ...(others === 'keep' ? otherFolders(tree, chosen) : []),
  ]);
  const gitOps = gitOpsFiles(chosen, config.export, options);
  const known = await openKnownResults(project, { ...options, out, imports });
  const writer = new ExportWriter(tree, { check: options.check === true });
  try {
    const job = { project, chosen, isAll, writer, gitOps, known };
    const result = await validateAndAdd(job, options);
    const stopped = result.failures.length > 0 || result.environments.some(hasError);
    const exported = chosen.map((one) => ({
      ...idOnly(one),
      folder: one.folder,
      reused: known.isReused(one),
    }));
    if (stopped) return { ...result, out, stopped, exported, changes: [], fileCount: 0 };
    const mark = shard && { number: shard.index + 1, count: shard.count };
    const outcome = writer.finish({ others, ...(mark === undefined ? {} : { mark }) });
    await writer.saveSeen();
    await known.save();
    return { ...result, out, stopped, exported, ...outcome };
  } finally {
    writer.discard();
  }
}

function otherFolders(
  { environments }: ExportTree,
  chosen: readonly EnvironmentToExport[],
): string[] {
  const ours = new Set(chosen.map(({ folder }) => folder));
  return [...environments.keys()].filter((folder) => !ours.has(folder));
}

function hasError({ findings }: EnvironmentResult): boolean {
  return findings.some(({ severity }) => severity === 'error');
}

interface ExportRun {
  readonly project: Project;
  readonly chosen: readonly EnvironmentToExport[];
  readonly isAll: boolean;
  readonly writer: ExportWriter;
  readonly gitOps: ReadonlyMap<string, readonly ExportFile[]>;
  readonly known: KnownResults;
}

async function validateAndAdd(
  { project, chosen, isAll, writer, gitOps, known }: ExportRun,
  options: ExportOptions,
): Promise<ValidateResult> {
  const refused: EnvironmentFailure[] = [];
  const unrendered = new Set<string>();
  const result = await validateProject(project, validateOptions(options), {
    chosen,
    isAll,
    skipChecks: options.skipValidation ?? false,
    reuse: async (environment) => {
      const folder = environmentFolder(environment);
      return known.find(environment, async (files) => {
        const objects = files.size === 0 ? [] : (gitOps.get(folder) ?? []);
        const more = objects.map(({ path: file, content }) => [file, sha256(content)] as const);
        return writer.keep({ ...idOnly(environment), folder, files: new Map([...files, ...more]) });
      });
    },
    onRendered: async (environment, rendering) => {
      const folder = environmentFolder(environment);
      if (isBroken(rendering)) {
        unrendered.add(folder);
        return;
      }
      const files = filesOf(folder, rendering, options);
      if (files instanceof Failure) {
        refused.push({ ...idOnly(environment), failure: files });
        return;
      }
      // A controller fails for a folder that is not there, and leaves what it applied before.
      const objects = files.length === 0 ? [] : (gitOps.get(folder) ?? []);
      writer.add({ ...idOnly(environment), folder, files: [...files, ...objects] });
      known.remember(environment, rendering.result, files);
    },
  });
  const accepted = result.environments.filter(
    (environment) => unrendered.has(environmentFolder(environment)) && !hasError(environment),
  );
  const failures = [...result.failures, ...refused, ...accepted.map(notRendered)];
  return { ...result, failures: inOrder(failures, chosen) };
}

/** Environments are rendered together, and end in any order: two runs are to say the same. */
function inOrder(
  failures: readonly EnvironmentFailure[],
  chosen: readonly EnvironmentToExport[],
): EnvironmentFailure[] {
  const places = new Map(chosen.map(({ folder }, index) => [folder, index]));
  const placeOf = (failure: EnvironmentFailure): number =>
    places.get(environmentFolder(failure)) ?? 0;
  return failures.toSorted((one, other) => placeOf(one) - placeOf(other));
}

/** Without the parts of an inline environment's entry that belong to the project. */
function idOnly({ path: folder, name }: ChosenEnvironment): ChosenEnvironment {
  return { path: folder, ...(name === undefined ? {} : { name }) };
}

/** To accept what keeps tk from rendering must not empty the folder of the environment. */
function notRendered(environment: EnvironmentResult): EnvironmentFailure {
  return {
    ...idOnly(environment),
    failure: new Failure('usage', 'it cannot be rendered, though the reason is accepted'),
  };
}

/** @returns a Failure when the environment is unfit for an export. */
function filesOf(
  folder: string,
  { yaml, manifests }: EnvironmentRendering,
  { includeSecrets = false, flux = false }: ExportOptions,
): ExportFile[] | Failure {
  const secrets = includeSecrets ? [] : secretsWithValues(manifests);
  if (secrets.length > 0)
    return new Failure(
      'usage',
      `${secrets.map(showResource).join(', ')}: an export would write the values into Git as they are`,
      { hint: 'Make it a SealedSecret or an ExternalSecret; or say --include-secrets.' },
    );
  const nameless = flux ? manifests.filter(isGenerated) : [];
  if (nameless.length > 0)
    return new Failure(
      'usage',
      `${nameless.map(({ resource }) => showResource(resource)).join(', ')}: without metadata.name, Flux would apply nothing of the environment`,
      {
        hint: 'Flux builds with kustomize, which does not know generateName: give the object a name.',
      },
    );
  try {
    return environmentFiles(yaml, manifests).map(({ path: file, content }) => ({
      path: `${folder}/${file}`,
      content,
    }));
  } catch (failure) {
    if (failure instanceof Failure) return failure;
    throw failure;
  }
}

function validateOptions(options: ExportOptions): ValidateOptions {
  const { cwd, args, kubernetes, baseline, environments, onEnvironment } = options;
  return {
    ...running(options),
    ...(cwd === undefined ? {} : { cwd }),
    ...(args === undefined ? {} : { args }),
    ...(kubernetes === undefined ? {} : { kubernetes }),
    ...(baseline === undefined ? {} : { baseline }),
    ...(environments === undefined ? {} : { environments }),
    ...(onEnvironment === undefined ? {} : { onEnvironment }),
  };
}
