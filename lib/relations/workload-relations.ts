import { isRecord } from '../manifest/is-record.ts';
import type { Manifest } from '../manifest/parse-manifests.ts';
import { objectsAt } from '../validate/rendered/items.ts';
import { recordAt } from '../validate/rendered/pods.ts';
import { textAt } from '../validate/rendered/values-at.ts';
import { isDefaultRole } from '../validate/rules/workloads/role-missing.ts';
import type { GraphBuilder } from './graph-builder.ts';
import { accountNode } from './identity-relations.ts';

/** Relates workloads to what selects and scales them, and ServiceAccounts to what they may do in the cluster. */
export function addWorkloads(graph: GraphBuilder): void {
  const { objects } = graph;
  for (const service of objects.of('', 'Service'))
    addSelected(graph, service, { label: 'selects', selector: ['spec', 'selector'] });
  for (const budget of objects.of('policy', 'PodDisruptionBudget'))
    addSelected(graph, budget, { label: 'protects', ...matchLabels('selector') });
  for (const policy of objects.of('networking.k8s.io', 'NetworkPolicy'))
    addSelected(graph, policy, { label: 'applies to', ...matchLabels('podSelector') });
  for (const scaler of objects.of('autoscaling', 'HorizontalPodAutoscaler'))
    addScaled(graph, scaler);
  for (const kind of ['RoleBinding', 'ClusterRoleBinding'])
    for (const binding of objects.of(RBAC, kind)) addBinding(graph, binding);
}

/** What a selector of labels stands for, and where it stands. */
interface Selection {
  readonly label: string;
  readonly selector: readonly string[];
  /** Members of the selector that narrow it further; with them, it is left out. */
  readonly narrowing?: readonly string[];
}

function matchLabels(selector: string): Pick<Selection, 'selector' | 'narrowing'> {
  return {
    selector: ['spec', selector, 'matchLabels'],
    narrowing: ['spec', selector, 'matchExpressions'],
  };
}

/** An empty selector takes none, or all Pods of the namespace, which is no relation to one of them. */
function addSelected(
  graph: GraphBuilder,
  on: Manifest,
  { label, selector, narrowing }: Selection,
): void {
  const labels = recordAt(on.value, selector);
  if (Object.keys(labels).length === 0) return;
  if (narrowing !== undefined && objectsAt(on.value, narrowing).length > 0) return;
  for (const pod of graph.objects.podsMatching(labels, on.resource.namespace ?? ''))
    graph.relate(graph.rendered(on), label, graph.rendered(pod.manifest));
}

function addScaled(graph: GraphBuilder, scaler: Manifest): void {
  const target = recordAt(scaler.value, ['spec', 'scaleTargetRef']);
  const [apiVersion, kind, name] = ['apiVersion', 'kind', 'name'].map((key) =>
    textAt(target, [key]),
  );
  if (apiVersion === undefined || kind === undefined || name === undefined) return;
  const { namespace = '' } = scaler.resource;
  const node = graph.object({ apiVersion, kind, namespace, name }, 'missing');
  graph.relate(graph.rendered(scaler), 'scales', node);
}

const RBAC = 'rbac.authorization.k8s.io';

function addBinding(graph: GraphBuilder, binding: Manifest): void {
  const node = graph.rendered(binding);
  const { value, resource } = binding;
  for (const { value: subject } of objectsAt(value, ['subjects'])) {
    const name = textAt(subject, ['name']);
    if (subject['kind'] !== 'ServiceAccount' || name === undefined) continue;
    const namespace = textAt(subject, ['namespace']) ?? resource.namespace ?? '';
    graph.relate(node, 'grants rights to', accountNode(graph, namespace, name));
  }
  const role = isRecord(value['roleRef']) ? value['roleRef'] : {};
  const [kind, name] = [textAt(role, ['kind']), textAt(role, ['name'])];
  if (name === undefined || (kind !== 'Role' && kind !== 'ClusterRole')) return;
  const { apiVersion, namespace = '' } = resource;
  graph.relate(
    node,
    'refers to',
    kind === 'Role'
      ? graph.object({ apiVersion, kind, namespace, name }, 'missing')
      : graph.clusterObject({ apiVersion, kind, name }, isDefaultRole(name) ? 'made' : 'missing'),
  );
}
