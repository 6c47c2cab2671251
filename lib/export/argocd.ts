import { Failure } from '../finding/failure.ts';
import { matchesEnvironment } from '../finding/matches-environment.ts';
import type { ExportFile } from './export-file.ts';
import {
  checkFolderIsFree,
  type GitOpsEnvironment,
  objectFile,
  objectName,
  sourcePath,
} from './gitops-environment.ts';

/** `export.argocd` of tankard.yaml; every key may be missing. */
export interface ArgoCdSettings {
  readonly repoURL?: string;
  readonly targetRevision?: string;
  /** Where the output folder is in the repository. */
  readonly path?: string;
  readonly project?: string;
  /** Of the Applications. */
  readonly namespace?: string;
  /** Clusters other than `spec.apiServer`; the first entry that matches counts. */
  readonly destinations?: readonly ArgoCdDestination[];
  readonly syncPolicy?: ArgoCdSyncPolicy;
}

/** A cluster as Argo CD knows it: by its address or its name, one of the two. */
interface ArgoCdDestination {
  /** Paths of environments, with `/`; `FOLDER/**` for all below a folder. */
  readonly environments: readonly string[];
  readonly server?: string;
  readonly name?: string;
}

/** As in an Application. */
interface ArgoCdSyncPolicy {
  readonly automated?: { readonly prune?: boolean; readonly selfHeal?: boolean };
  readonly syncOptions?: readonly string[];
}

type Destination = { readonly server: string } | { readonly name: string };

const FOLDER = 'argocd';

/**
 * The Applications of Argo CD: one for each environment. Without `syncPolicy` they are synced by hand, as is Argo CD's own
 * default. There is no finalizer: to delete an Application leaves what it deployed.
 *
 * @throws Failure `usage` when a setting is missing that has no default, or the cluster of an environment is not known.
 */
export function argoCdFiles(
  environments: readonly GitOpsEnvironment[],
  settings: ArgoCdSettings = {},
): ExportFile[] {
  const source = {
    repoURL: required(settings, 'repoURL', 'the URL of the repository that Argo CD reads'),
    path: required(
      settings,
      'path',
      'where the output folder is in that repository, such as deploy; "." for its root',
    ),
  };
  checkCredentials(source.repoURL);
  checkDestinationSettings(settings);
  checkFolderIsFree(FOLDER, environments);
  const destinations = environments.map((environment) => destinationOf(environment, settings));
  checkDestinations(environments.filter((_, index) => destinations[index] === undefined));
  return environments.flatMap((environment, index) => {
    const destination = destinations[index];
    if (destination === undefined) return [];
    const object = application(environment, { ...settings, ...source }, destination);
    return [objectFile(`${FOLDER}/${objectName(environment.id)}.yaml`, object)];
  });
}

function application(
  environment: GitOpsEnvironment,
  settings: ArgoCdSettings & { readonly repoURL: string; readonly path: string },
  destination: Destination,
): object {
  const { repoURL, targetRevision, syncPolicy } = settings;
  return {
    apiVersion: 'argoproj.io/v1alpha1',
    kind: 'Application',
    metadata: { name: objectName(environment.id), namespace: settings.namespace ?? 'argocd' },
    spec: {
      project: settings.project ?? 'default',
      source: {
        repoURL,
        targetRevision: targetRevision ?? 'HEAD',
        path: sourcePath(settings.path, 'export.argocd.path', environment),
        directory: { recurse: true },
      },
      destination: { ...destination, namespace: environment.namespace },
      ...(syncPolicy === undefined ? {} : { syncPolicy }),
    },
  };
}

function destinationOf(
  environment: GitOpsEnvironment,
  { destinations = [] }: ArgoCdSettings,
): Destination | undefined {
  const found = destinations.find(({ environments }) =>
    environments.some(
      (pattern) => pattern === environment.id || matchesEnvironment(pattern, environment.path),
    ),
  );
  if (found?.name !== undefined) return { name: found.name };
  const server = found?.server ?? environment.apiServer;
  return server === undefined ? undefined : { server: address(server) };
}

/** As Argo CD keeps addresses, without a slash at the end; and with a scheme, which tk adds too. */
function address(server: string): string {
  return `${server.includes('://') ? '' : 'https://'}${server}`.replace(/\/+$/, '');
}

function required(settings: ArgoCdSettings, key: 'repoURL' | 'path', what: string): string {
  const value = settings[key];
  if (value !== undefined) return value;
  throw new Failure('usage', `--argocd: tankard.yaml lacks the key export.argocd.${key}`, {
    hint: `It says ${what}.`,
  });
}

function checkCredentials(repoURL: string): void {
  const url = URL.canParse(repoURL) ? new URL(repoURL) : undefined;
  if (url === undefined || url.password === '') return;
  throw new Failure(
    'usage',
    '--argocd: export.argocd.repoURL of tankard.yaml has a password in it',
    {
      hint: 'It would be in every Application. Give it to Argo CD in a Secret of the repository: argo-cd.readthedocs.io, "Private Repositories".',
    },
  );
}

/** Argo CD refuses an Application with both, and one with neither. */
function checkDestinationSettings({ destinations = [] }: ArgoCdSettings): void {
  const wrong = destinations.findIndex(
    ({ name, server }) => (name === undefined) === (server === undefined),
  );
  if (wrong === -1) return;
  throw new Failure(
    'usage',
    `tankard.yaml: export.argocd.destinations[${wrong}] must have one of name and server`,
    { hint: 'It is the name or the address of a cluster, as `argocd cluster list` shows them.' },
  );
}

function checkDestinations(missing: readonly GitOpsEnvironment[]): void {
  if (missing.length === 0) return;
  const names = missing.map(({ id }) => id);
  const shown = names.length > 5 ? [...names.slice(0, 5), `${names.length - 5} more`] : names;
  throw new Failure('usage', `--argocd: no cluster is known for ${shown.join(', ')}`, {
    hint: 'Argo CD does not know contexts: give them spec.apiServer, or an entry in export.argocd.destinations of tankard.yaml.',
  });
}
