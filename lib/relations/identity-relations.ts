import type { Manifest } from '../manifest/parse-manifests.ts';
import { isRecord } from '../manifest/is-record.ts';
import { oncePer } from '../validate/rendered/once-per.ts';
import { recordAt } from '../validate/rendered/pods.ts';
import { textAt } from '../validate/rendered/values-at.ts';
import {
  associationsByServiceAccount,
  associationsOf,
  type Association,
} from '../validate/rules/identity/shared/associations.ts';
import { kopsClusters, kopsPermissions } from '../validate/rules/identity/shared/kops.ts';
import {
  annotationOf,
  CLIENT_ID,
  GOOGLE_ACCOUNT,
  ROLE_ARN,
} from '../validate/rules/identity/shared/service-account.ts';
import { entryField, webhookEntries } from '../validate/rules/identity/shared/webhook-config.ts';
import { storeServiceAccountsOf } from '../validate/rules/secrets/store-service-accounts.ts';
import { objectOf } from './data-nodes.ts';
import type { GraphBuilder } from './graph-builder.ts';
import type { RelationNode } from './relation-graph.ts';

/** Relates workloads to their ServiceAccounts, and those to what they are in a cloud. */
export function addIdentities(graph: GraphBuilder): void {
  const isNamed = addAssociations(graph);
  for (const account of graph.objects.of('', 'ServiceAccount')) addAnnotations(graph, account);
  for (const { manifest, namespace, serviceAccountName: name } of graph.objects.pods) {
    const account = accountNode(graph, namespace, name);
    // Every namespace has `default`; it is worth a line only where something is said of it.
    if (account.kind === 'made' && !isNamed.has(account.id)) continue;
    graph.relate(graph.rendered(manifest), 'runs as', account);
  }
  for (const { on, name, namespace, isCluster } of storeServiceAccountsOf(graph.objects)) {
    const where = namespace ?? (isCluster ? undefined : on.resource.namespace);
    if (where !== undefined)
      graph.relate(graph.rendered(on), 'authenticates as', accountNode(graph, where, name));
  }
}

const associationsIn = oncePer(associationsByServiceAccount);

/** The node of a ServiceAccount; `default` is in every namespace. */
export function accountNode(graph: GraphBuilder, namespace: string, name: string): RelationNode {
  const otherwise = name === 'default' ? 'made' : 'missing';
  return graph.object(objectOf('ServiceAccount', { namespace, name }), otherwise);
}

/**
 * An association wins over the annotation of a role, which is then not read, and the annotation over the ConfigMap of the
 * webhook. Source: amazon-eks-pod-identity-webhook v0.6.17, pkg/handler/handler.go and pkg/cache/cache.go.
 */
function addAnnotations(graph: GraphBuilder, account: Manifest): void {
  const node = graph.rendered(account);
  const { namespace = '', name } = account.resource;
  const association = associationsIn(graph.objects).get(`${namespace}/${name}`);
  const role = association === undefined ? annotationOf(account, ROLE_ARN) : undefined;
  if (role !== undefined) graph.relate(node, 'assumes', graph.identity('IAM role', role));
  const google = annotationOf(account, GOOGLE_ACCOUNT);
  if (google !== undefined)
    graph.relate(node, 'impersonates', graph.identity('Google service account', google));
  const client = annotationOf(account, CLIENT_ID);
  if (client !== undefined)
    graph.relate(node, 'federates with', graph.identity('Microsoft Entra application', client));
}

/**
 * Relates ServiceAccounts to roles that other objects give them.
 *
 * @returns the ids of these ServiceAccounts.
 */
function addAssociations(graph: GraphBuilder): ReadonlySet<string> {
  const named = new Set<string>();
  for (const association of associationsOf(graph.objects)) {
    const account = addAssociation(graph, association);
    if (account !== undefined) named.add(account.id);
  }
  for (const account of [...addWebhookEntries(graph), ...addKopsPermissions(graph)])
    named.add(account.id);
  return named;
}

function addAssociation(
  graph: GraphBuilder,
  { manifest, namespace, serviceAccount, roleArn }: Association,
): RelationNode | undefined {
  const node = graph.rendered(manifest);
  const role = roleArn === undefined ? roleObject(graph, manifest) : undefined;
  const given = roleArn === undefined ? role : graph.identity('IAM role', roleArn);
  if (given !== undefined) graph.relate(node, 'binds', given);
  const target = textAt(manifest.value, ['spec', 'targetRoleARN']);
  if (given !== undefined && target !== undefined)
    graph.relate(given, 'assumes', graph.identity('IAM role', target));
  if (namespace === undefined || serviceAccount === undefined) return undefined;
  const account = accountNode(graph, namespace, serviceAccount);
  graph.relate(node, 'binds', account);
  if (given !== undefined) graph.relate(account, 'assumes', given);
  return account;
}

/** The Role of ACK's controller for IAM that an association names instead of an ARN. */
function roleObject(graph: GraphBuilder, { value, resource }: Manifest): RelationNode | undefined {
  const reference = recordAt(value, ['spec', 'roleRef', 'from']);
  const name = textAt(reference, ['name']);
  if (name === undefined) return undefined;
  const namespace = textAt(reference, ['namespace']) ?? resource.namespace ?? '';
  const role = { apiVersion: 'iam.services.k8s.aws/v1alpha1', kind: 'Role', namespace, name };
  return graph.object(role, 'missing');
}

/** Entries of the ConfigMap of kOps' pod identity webhook. */
function addWebhookEntries(graph: GraphBuilder): RelationNode[] {
  const entries = webhookEntries(graph.objects);
  const keys = new Set(entries.map(({ key }) => key));
  return entries.flatMap(({ manifest, key, value }) => {
    const arn = isRecord(value) ? entryField(value, 'RoleARN') : undefined;
    const role =
      typeof arn === 'string' && arn !== '' ? graph.identity('IAM role', arn) : undefined;
    const node = graph.rendered(manifest);
    if (role !== undefined) graph.relate(node, 'binds', role);
    const accounts = accountsOf(graph, key, keys);
    for (const account of accounts) {
      graph.relate(node, 'binds', account);
      if (role !== undefined && !hasOwnRole(graph, account)) graph.relate(account, 'assumes', role);
    }
    return accounts;
  });
}

/** `NAMESPACE/SERVICEACCOUNT`, or a star for each namespace without an entry of its own. */
function accountsOf(graph: GraphBuilder, key: string, keys: ReadonlySet<string>): RelationNode[] {
  const [, namespace, name] = /^([^/]+)\/([^/]+)$/.exec(key) ?? [];
  if (namespace === undefined || name === undefined) return [];
  if (!namespace.includes('*')) return [accountNode(graph, namespace, name)];
  return graph.objects
    .of('', 'ServiceAccount')
    .filter(({ resource }) => namespace === '*' && resource.name === name)
    .filter(({ resource }) => !keys.has(`${resource.namespace ?? ''}/${name}`))
    .map((account) => graph.rendered(account));
}

function hasOwnRole(graph: GraphBuilder, { resource }: RelationNode): boolean {
  const { namespace = '', name = '' } = resource ?? {};
  const account = graph.objects.find('', 'ServiceAccount', { namespace, name });
  return (
    associationsIn(graph.objects).has(`${namespace}/${name}`) ||
    (account !== undefined && annotationOf(account, ROLE_ARN) !== undefined)
  );
}

/** kOps makes the roles itself, with names that only it can tell in the end. */
function addKopsPermissions(graph: GraphBuilder): RelationNode[] {
  return kopsClusters(graph.objects).flatMap((cluster) =>
    kopsPermissions(cluster).flatMap(({ item }) => {
      const [namespace, name] = [textAt(item, ['namespace']), textAt(item, ['name'])];
      if (namespace === undefined || name === undefined || namespace.includes('*')) return [];
      const account = accountNode(graph, namespace, name);
      graph.relate(graph.rendered(cluster), 'makes a role for', account);
      return [account];
    }),
  );
}
