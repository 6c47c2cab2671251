import type { Api, ApiResource } from '../lower-api.ts';
import type { Node } from '../node.ts';
import { camelLower, fieldNames, freeName } from './names.ts';

/** One typed library: which objects it has, and where. `membersOf` tells what functions an object has. */
export interface Library {
  /** Name of its folder, and of its import: `NAME/main.libsonnet`. */
  readonly name: string;
  readonly api: Api;
  readonly groups: readonly LibraryGroup[];
}

/** An API group, such as `apps` or `networking.istio.io`. */
export interface LibraryGroup {
  /** Its field in the library: `networking`. */
  readonly field: string;
  /** Its name in apiVersion, empty for the core group; for Kubernetes' own parts that have none, as the field. */
  readonly group: string;
  readonly versions: readonly LibraryVersion[];
}

/** A version of an API group. */
export interface LibraryVersion {
  readonly field: string;
  readonly objects: readonly LibraryObject[];
}

/** A kind, or a part of kinds that has a definition of its own, such as Container. */
export interface LibraryObject {
  /** Its field in the version: `deployment`. */
  readonly field: string;
  /** Where it is in the library: `apps.v1.deployment`. */
  readonly id: string;
  /** As the API calls it: `Deployment`, `Container`. */
  readonly kind: string;
  /** apiVersion and scope; undefined for a part of other kinds. */
  readonly resource: ResourceIdentity | undefined;
  /** The name of its definition; undefined for a CRD. */
  readonly definition: string | undefined;
  readonly node: Node;
}

/** What is constant in the objects of a kind. */
export interface ResourceIdentity {
  readonly apiVersion: string;
  readonly kind: string;
  readonly namespaced: boolean;
}

interface Entry {
  /** The full name of the group: `networking.istio.io`; `core` for the core group. */
  readonly group: string;
  /** The field it would like to have. */
  readonly label: string;
  readonly version: string;
  readonly kind: string;
  readonly resource: ResourceIdentity | undefined;
  readonly definition: string | undefined;
  readonly node: Node;
}

/**
 * Arranges what a source publishes as k8s-libsonnet does: group, version, object. A group has its first label as
 * its field (`networking` for `networking.istio.io`); groups that share it are told apart by their full names, except
 * for Kubernetes' own, which keep it.
 */
export function buildLibrary(name: string, api: Api): Library {
  const entries = [...definitionEntries(api), ...customEntries(api)];
  const fields = groupFields(entries);
  const groups = [...groupBy(entries, (entry) => fields.get(groupKey(entry)) ?? entry.label)].sort(
    byName,
  );
  return {
    name,
    api,
    groups: groups.map(([field, own]) => ({
      field,
      group: own.find((entry) => entry.resource !== undefined)?.group ?? field,
      versions: versionsOf(field, own),
    })),
  };
}

function versionsOf(group: string, entries: readonly Entry[]): LibraryVersion[] {
  const versions = [...groupBy(entries, (entry) => entry.version)].sort(byName);
  const fields = fieldNames(versions.map(([version]) => version));
  return versions.map(([version, kinds]) => {
    const field = fields.get(version) ?? version;
    return { field, objects: objectsOf(`${group}.${field}`, kinds) };
  });
}

function objectsOf(prefix: string, entries: readonly Entry[]): LibraryObject[] {
  const fields = fieldNames(entries.map(({ kind }) => kind));
  return entries
    .map(({ kind, resource, definition, node }) => {
      const field = fields.get(kind) ?? kind;
      return { field, id: `${prefix}.${field}`, kind, resource, definition, node };
    })
    .sort((a, b) => (a.field < b.field ? -1 : 1));
}

/** Source: jsonnet-libs/k8s libs/k8s/config.jsonnet, prefix; apiextensions is ours. */
const KUBERNETES_DEFINITION =
  /^io\.k8s\.(?:api|(?:kube-aggregator|apimachinery|apiextensions-apiserver)\.pkg\.apis)\.(\w+)\.(\w+)\.(\w+)$/;

const LIST_META = 'io.k8s.apimachinery.pkg.apis.meta.v1.ListMeta';

function definitionEntries(api: Api): Entry[] {
  const own = api.resources.filter(({ definition }) => isKubernetes(definition));
  // CRDs borrow the definition of their metadata.
  if (own.length === 0) return [];
  const resources = new Map(own.map((resource) => [resource.definition ?? '', resource] as const));
  return Object.entries(api.definitions).flatMap(([definition, node]): Entry[] => {
    const [, label, version, kind] = KUBERNETES_DEFINITION.exec(definition) ?? [];
    if (label === undefined || version === undefined || kind === undefined) return [];
    if (isList(node)) return [];
    const resource = resources.get(definition);
    const identity = resource === undefined ? undefined : identityOf(resource);
    const group = resource === undefined ? label : resource.group || 'core';
    return [{ group, label, version, kind, resource: identity, definition, node }];
  });
}

/** A list of objects, as an API server answers; nobody writes one. */
function isList(node: Node): boolean {
  if (node.type !== 'object') return false;
  const { metadata } = node.properties;
  return metadata?.type === 'ref' && metadata.name === LIST_META;
}

function customEntries(api: Api): Entry[] {
  return api.resources
    .filter(({ definition }) => definition === undefined || !KUBERNETES_DEFINITION.test(definition))
    .map((resource) => ({
      group: resource.group,
      label: camelLower(resource.group.split('.')[0] ?? ''),
      version: resource.version,
      kind: resource.kind,
      resource: identityOf(resource),
      definition: resource.definition,
      node: resource.node,
    }));
}

function identityOf({ group, version, kind, namespaced }: ApiResource): ResourceIdentity {
  return { apiVersion: group === '' ? version : `${group}/${version}`, kind, namespaced };
}

/** Kubernetes' own definitions of one label are one group; all others are told apart by their full name. */
function groupKey({ group, label, definition }: Entry): string {
  return isKubernetes(definition) ? `k8s ${label}` : group;
}

function isKubernetes(definition: string | undefined): boolean {
  return definition !== undefined && KUBERNETES_DEFINITION.test(definition);
}

function groupFields(entries: readonly Entry[]): Map<string, string> {
  const keys = new Map<string, Set<string>>();
  for (const entry of entries)
    keys.set(entry.label, (keys.get(entry.label) ?? new Set()).add(groupKey(entry)));
  const fields = new Map<string, string>();
  const taken = new Set<string>();
  const ordered = [...entries].sort((a, b) => (groupKey(a) < groupKey(b) ? -1 : 1));
  for (const entry of ordered) {
    const key = groupKey(entry);
    if (fields.has(key)) continue;
    const clashes = (keys.get(entry.label)?.size ?? 0) > 1 && !isKubernetes(entry.definition);
    fields.set(key, freeName(clashes ? camelLower(entry.group) : entry.label, taken));
  }
  return fields;
}

function groupBy<Item>(items: readonly Item[], key: (item: Item) => string): Map<string, Item[]> {
  const groups = new Map<string, Item[]>();
  for (const item of items) {
    const group = groups.get(key(item));
    if (group === undefined) groups.set(key(item), [item]);
    else group.push(item);
  }
  return groups;
}

function byName([a]: readonly [string, unknown], [b]: readonly [string, unknown]): number {
  return a < b ? -1 : 1;
}
