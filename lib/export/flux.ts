import { Failure } from '../finding/failure.ts';
import type { ExportFile } from './export-file.ts';
import {
  checkFolderIsFree,
  type GitOpsEnvironment,
  nameWithHash,
  objectFile,
  objectName,
  sourcePath,
} from './gitops-environment.ts';

/** `export.flux` of tankard.yaml; every key may be missing. */
export interface FluxSettings {
  /** Where the output folder is in the source. */
  readonly path?: string;
  readonly source?: {
    readonly kind?: string;
    readonly name?: string;
    readonly namespace?: string;
  };
  /** Of the Kustomizations. */
  readonly namespace?: string;
  readonly interval?: string;
  readonly retryInterval?: string;
  readonly timeout?: string;
  readonly prune?: boolean;
  readonly wait?: boolean;
}

/** Name of the GitRepository that `flux bootstrap` makes, and of its namespace. Source: fluxcd.io, "flux bootstrap". */
const BOOTSTRAPPED = 'flux-system';
const FOLDER = 'flux';
/** For environments that name no cluster. */
const ANY_CLUSTER = 'any-cluster';

/**
 * The Kustomizations of Flux: one for each environment, in a folder for each cluster, since a Kustomization applies to the
 * cluster that it is in, and must not come to another.
 *
 * There is no kustomization.yaml among the objects of an environment. kustomize-controller makes the same in memory when it is
 * missing (github.com/fluxcd/pkg/kustomize, `findOrGenerateKustomization`: all .yaml and .yml files, however deep); Argo CD
 * fails on one in a plain directory; and it would be a list that each added object changes.
 *
 * @throws Failure `usage` when a setting is missing that has no default.
 */
export function fluxFiles(
  environments: readonly GitOpsEnvironment[],
  settings: FluxSettings = {},
): ExportFile[] {
  const { path } = settings;
  if (path === undefined)
    throw new Failure('usage', '--flux: tankard.yaml lacks the key export.flux.path', {
      hint: 'It says where the output folder is in the repository that Flux reads, such as deploy; "." for its root.',
    });
  checkFolderIsFree(FOLDER, environments);
  return environments.map((environment) =>
    objectFile(
      `${FOLDER}/${clusterFolder(environment)}/${objectName(environment.id)}.yaml`,
      kustomization(environment, { ...settings, path }),
    ),
  );
}

/** The defaults are those of "Recommended settings" in docs/spec/v1/kustomizations.md of fluxcd/kustomize-controller v1.10.1. */
function kustomization(
  environment: GitOpsEnvironment,
  settings: FluxSettings & { readonly path: string },
): object {
  const { kind = 'GitRepository', name = BOOTSTRAPPED, namespace } = settings.source ?? {};
  return {
    apiVersion: 'kustomize.toolkit.fluxcd.io/v1',
    kind: 'Kustomization',
    metadata: {
      name: objectName(environment.id),
      namespace: settings.namespace ?? BOOTSTRAPPED,
    },
    spec: {
      interval: settings.interval ?? '1h',
      retryInterval: settings.retryInterval ?? '2m',
      timeout: settings.timeout ?? '3m',
      path: `./${sourcePath(settings.path, 'export.flux.path', environment)}`,
      prune: settings.prune ?? true,
      wait: settings.wait ?? true,
      sourceRef: { kind, name, ...(namespace === undefined ? {} : { namespace }) },
    },
  };
}

function clusterFolder({ apiServer, contextNames = [] }: GitOpsEnvironment): string {
  if (apiServer !== undefined) return addressFolder(apiServer);
  if (contextNames.length === 0) return ANY_CLUSTER;
  const [only = '', ...others] = contextNames;
  return others.length === 0 && objectName(only) === only
    ? only
    : nameWithHash(contextNames.join(' '));
}

function addressFolder(apiServer: string): string {
  const address = apiServer.toLowerCase().replace(/^https:\/\/|\/+$/g, '');
  return /^[a-z0-9][a-z0-9.-]*(?::\d+)?$/.test(address)
    ? address.replace(':', '_')
    : nameWithHash(address);
}
