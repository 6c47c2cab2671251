import path from 'node:path';
import pMap from 'p-map';
import { type ClusterConnection, connectCluster } from '../../cluster/cluster-connection.ts';
import type { EnvironmentResult } from '../../finding/environment-result.ts';
import { readEnvironmentObject } from '../../tanka/environment-object.ts';
import type { EnvironmentPlace } from '../../tanka/find-environment.ts';
import { writeSnapshot } from '../../tanka/snapshot.ts';
import { type ChosenEnvironment, chosenEnvironments } from '../chosen-environments.ts';
import { openProject, type Project } from '../project.ts';
import {
  type EnvironmentRendering,
  validateProject,
  type ValidateOptions,
  type ValidateResult,
} from '../validate.ts';
import { chooseTarget, keepsServer } from './choose-target.ts';
import { compareDeployment } from './compare-deployment.ts';
import type { Deployment } from './deployment.ts';

/** Which environments go to their clusters. */
export interface DeployOptions extends ValidateOptions {
  /** Paths of environments, relative to `cwd`, or to the project root. */
  readonly environments: readonly string[];
  /** The context of the kubeconfig, where several match. */
  readonly context?: string;
  /** Wins over `spec.applyStrategy`. */
  readonly applyStrategy?: 'client' | 'server';
  /** Goes on in spite of errors in what was rendered. @default false */
  readonly skipValidation?: boolean;
  /** Told what was found, and how many errors are gone over, before anything is sent to a cluster. */
  readonly onValidated?: (result: ValidateResult, skippedErrors: number) => void;
}

/** Environments that were validated, and can go to their clusters. */
export interface Opened {
  readonly result: ValidateResult;
  /** In the order asked for; empty when `stopped`. */
  readonly deployments: readonly Deployment[];
  /** There are errors: nothing may be sent to a cluster. */
  readonly stopped: boolean;
}

/**
 * Renders and validates environments, all of them first, and finds the cluster of each. Nothing is sent to a cluster.
 *
 * @throws Failure as `validate`, the first of an environment that could not be rendered, and as `chooseTarget`.
 */
export async function openDeployments(options: DeployOptions): Promise<Opened> {
  const project = await openProject(options, options.environments[0]);
  const rendered = new Map<string, EnvironmentRendering>();
  const chosen = await chosenEnvironments(project, options);
  const result = await validateProject(project, options, {
    chosen,
    onRendered: (environment, one) => {
      rendered.set(keyOf(environment), one);
      return Promise.resolve();
    },
  });
  const [failed] = result.failures;
  if (failed !== undefined) throw failed.failure;
  const errors = result.environments
    .flatMap(({ findings }) => findings)
    .filter(({ severity }) => severity === 'error').length;
  const isBroken = result.environments.some((one) => !isRendered(one));
  const stopped = errors > 0 && (options.skipValidation !== true || isBroken);
  if (stopped) {
    options.onValidated?.(result, 0);
    return { result, stopped, deployments: [] };
  }
  const deployments = await pMap(
    result.environments,
    // Their order is that of the environments. Paths do not tell: two entrypoints may lie in one folder.
    (one, index) => openDeployment(project, one, rendered.get(keyOf(chosen[index])), options),
    { concurrency: 4 },
  );
  options.onValidated?.(result, errors);
  return { result, stopped, deployments };
}

function keyOf(environment: ChosenEnvironment | undefined): string {
  return JSON.stringify([environment?.path, environment?.name]);
}

/** What does not render cannot be applied, whatever is skipped. */
function isRendered({ manifests, findings }: EnvironmentResult): boolean {
  return manifests > 0 || findings.every(({ severity }) => severity !== 'error');
}

/** Another entrypoint than main.jsonnet is another set of objects. */
function idOf({ path: folder, name }: EnvironmentResult, { main }: EnvironmentPlace): string {
  const file = path.basename(main);
  const id = file === 'main.jsonnet' ? folder : path.posix.join(folder, file);
  return name === undefined ? id : `${id}#${name}`;
}

async function openDeployment(
  project: Project,
  result: EnvironmentResult,
  rendered: EnvironmentRendering | undefined,
  options: DeployOptions,
): Promise<Deployment> {
  if (rendered === undefined)
    throw new Error(`${result.path} was validated without being rendered`);
  const { root, tk, config } = project;
  const { place, manifests } = rendered;
  const limits = {
    ...(config.timeoutMs === undefined ? {} : { timeoutMs: config.timeoutMs }),
    ...(options.signal === undefined ? {} : { signal: options.signal }),
  };
  const object = await readEnvironmentObject({
    tk,
    root,
    place,
    ...(options.args === undefined ? {} : { args: options.args }),
    ...limits,
  });
  const id = idOf(result, place);
  const target = await chooseTarget(id, object, options);
  const strategy =
    options.applyStrategy ?? (object.spec['applyStrategy'] === 'server' ? 'server' : 'client');
  const spec = { ...object.spec, applyStrategy: strategy };
  let connection: Promise<ClusterConnection> | undefined;
  const deployment: Deployment = {
    id,
    root,
    tk,
    ...(config.timeoutMs === undefined ? {} : { timeoutMs: config.timeoutMs }),
    target,
    strategy,
    injectsLabels: object.spec['injectLabels'] === true,
    isPartial: (options.args?.targets ?? []).length > 0,
    manifests,
    result,
    connect: () =>
      (connection ??= connectCluster({
        context: target.context,
        ...(options.signal === undefined ? {} : { signal: options.signal }),
      })),
    diff: (which = {}) => compareDeployment(deployment, { ...limits, ...which }),
    withSnapshot: async (part, use) => {
      const snapshot = await writeSnapshot({
        root,
        place,
        object: { ...object, spec },
        manifests: part.map(({ value }) => value),
        ...(keepsServer(object.spec) ? {} : { context: target.context }),
      });
      try {
        return await use(snapshot);
      } finally {
        await snapshot.remove();
      }
    },
  };
  return deployment;
}
