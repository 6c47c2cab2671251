import { dump } from 'js-yaml';
import pMap from 'p-map';
import { openDiscovery } from '../../cluster/discovery.ts';
import { Failure } from '../../finding/failure.ts';
import { isRecord } from '../../manifest/is-record.ts';
import type { Manifest } from '../../manifest/parse-manifests.ts';
import { findClientApplied } from '../../ownership/find-client-applied.ts';
import { diffEnvironment, type LivePair } from '../../tanka/diff.ts';
import { pruneSnapshot } from '../../tanka/prune.ts';
import { liveRenderings } from '../live-renderings.ts';
import type { Deployment, DeploymentDiff, DeploymentDiffOptions } from './deployment.ts';

/** What a run of tk may take. */
interface Limits {
  readonly timeoutMs?: number;
  readonly signal?: AbortSignal;
}

/**
 * Compares a deployment with its cluster; nothing is written.
 *
 * @throws Failure as `Deployment.diff`.
 */
export async function compareDeployment(
  deployment: Deployment,
  { withPrune = false, onlyPrune = false, ...limits }: DeploymentDiffOptions & Limits,
): Promise<DeploymentDiff> {
  checkNames(deployment);
  const looksForExtra = withPrune || onlyPrune;
  if (looksForExtra) checkWhole(deployment);
  const unserved = await unservedManifests(deployment);
  const served = deployment.manifests.filter((manifest) => !unserved.has(manifest));
  const added: LivePair[] = [...unserved].map(({ value }) => ({
    merged: dump(value, { noRefs: true }),
  }));
  const { strategy, connect } = deployment;
  const migrated =
    strategy === 'server' && !onlyPrune
      ? await findClientApplied(await connect(), served)
      : new Set<Manifest>();
  const others = served.filter((manifest) => !migrated.has(manifest));
  const pairs = onlyPrune
    ? []
    : [
        ...(await livePairs(deployment, others, limits)),
        // A dry run on the server does not show which fields go: the client's merge does.
        ...(await livePairs(deployment, [...migrated], { ...limits, strategy: 'native' })),
        ...added,
      ];
  const live = looksForExtra ? await prunable(deployment, served, limits) : [];
  return {
    ...liveRenderings(pairs),
    extra: liveRenderings(live.map((yaml) => ({ live: yaml, merged: '' }))).before,
    served,
    isUnchanged: migrated.size === 0 && pairs.every((pair) => pair.live === pair.merged),
  };
}

/** tk would delete all that is left out. */
function checkWhole({ id, isPartial }: Deployment): void {
  if (!isPartial) return;
  throw new Failure('usage', `${id}: with -t it is not known what is no longer rendered`, {
    hint: 'Leave out -t: all that it leaves out would be deleted.',
  });
}

/** kubectl's own message names neither the object nor the reason. */
function checkNames({ id, manifests }: Deployment): void {
  const nameless = manifests.find(
    ({ value: { metadata } }) => !isRecord(metadata) || !metadata['name'],
  );
  if (nameless === undefined) return;
  const { kind, name } = nameless.resource;
  throw new Failure(
    'usage',
    `${id}: ${kind} ${name || '(no name)'} has no metadata.name, so that it cannot be applied`,
    {
      hint: 'Give it a name: what generateName makes has another name each time, which kubectl can create, but not apply.',
    },
  );
}

async function livePairs(
  { id, tk, withSnapshot }: Deployment,
  served: readonly Manifest[],
  limits: Limits & { readonly strategy?: 'native' },
): Promise<LivePair[]> {
  if (served.length === 0) return [];
  return withSnapshot(served, ({ root, environment }) =>
    diffEnvironment({ ...limits, tk, root, environment, id }),
  );
}

/** What `tk prune` would delete, as YAML. */
async function prunable(
  { id, tk, withSnapshot }: Deployment,
  served: readonly Manifest[],
  limits: Limits,
): Promise<readonly string[]> {
  const { live } = await withSnapshot(served, (snapshot) =>
    pruneSnapshot({
      ...limits,
      tk,
      snapshot,
      purpose: `looking for what is to be pruned of ${id}`,
      approve: () => Promise.resolve(false),
    }),
  );
  return live;
}

/**
 * The manifests of kinds that the cluster does not have yet, since the environment brings their CustomResourceDefinitions: kubectl
 * would fail for all objects because of them.
 *
 * @throws Failure `cluster` when the cluster lacks a kind that the environment does not bring.
 */
async function unservedManifests({
  id,
  target,
  manifests,
  connect,
}: Deployment): Promise<ReadonlySet<Manifest>> {
  const discovery = openDiscovery(await connect());
  const kinds = new Map(manifests.map((one) => [kindKey(one), one]));
  const missing = await pMap(
    kinds,
    async ([key, { resource }]) =>
      (await discovery.find(resource.apiVersion, resource.kind)) === undefined ? key : [],
    { concurrency: 8 },
  );
  const unserved = new Set(missing.flat());
  const brought = new Set(manifests.flatMap(definedKinds));
  const unknown = [...unserved].filter((key) => !brought.has(key));
  if (unknown.length > 0)
    throw new Failure(
      'cluster',
      `${id}: the cluster ${target.context} has no ${unknown.join(', ')}`,
      {
        hint: 'Install the CustomResourceDefinition first, or render it in the same environment: it is applied before what needs it.',
      },
    );
  return new Set(manifests.filter((one) => unserved.has(kindKey(one))));
}

function kindKey({ resource }: Manifest): string {
  return `${resource.kind} (${resource.apiVersion})`;
}

/** The kinds that a CustomResourceDefinition brings, as `kindKey`. */
function definedKinds({ resource, value }: Manifest): string[] {
  const { spec } = value;
  if (resource.kind !== 'CustomResourceDefinition' || !isRecord(spec)) return [];
  const { group, names, versions } = spec;
  if (!isRecord(names) || !Array.isArray(versions)) return [];
  return versions.flatMap((version: unknown) =>
    isRecord(version) && version['served'] === true
      ? [`${String(names['kind'])} (${String(group)}/${String(version['name'])})`]
      : [],
  );
}
