import type { Manifest } from '../../../manifest/parse-manifests.ts';
import { recordOf } from '../../rendered/pods.ts';
import type { RenderedObjects } from '../../rendered/rendered-objects.ts';
import type { Rule, RuleFinding } from '../rule.ts';
import {
  arePlainLabels,
  isPlainSelector,
  labelFaults,
  selectorFaults,
} from './support/label-selector.ts';
import { type OwnPod, ownPods } from './support/own-pods.ts';
import { Place } from './support/place.ts';

/**
 * A label selector that is none: an operator without its values, a key or a value that no label can have.
 * Source: k8s.io/apimachinery v0.36.3 pkg/apis/meta/v1/validation.
 */
export const labelSelector: Rule = {
  code: 'workloads/label-selector',
  *check(objects) {
    for (const [group, kind] of KINDS)
      for (const manifest of objects.of(group, kind))
        if (!isPlainSelector(specOf(manifest)['selector']))
          yield* selectorFaults(Place.of(manifest, ['spec', 'selector']));
    for (const selector of policySelectors(objects)) yield* selectorFaults(selector);
    for (const pod of ownPods(objects)) if (hasSelectors(pod)) yield* podFaults(pod);
    for (const manifest of objects.of('', 'Service'))
      if (!arePlainLabels(specOf(manifest)['selector']))
        yield* labelFaults(Place.of(manifest, ['spec', 'selector']));
  },
};

function specOf({ value }: Manifest): Readonly<Record<string, unknown>> {
  return recordOf(value['spec']);
}

function hasSelectors({ fields }: OwnPod): boolean {
  const { nodeSelector, topologySpreadConstraints, affinity } = fields;
  return (nodeSelector ?? topologySpreadConstraints ?? affinity) !== undefined;
}

function* podFaults({ spec }: OwnPod): Iterable<RuleFinding> {
  yield* labelFaults(spec.at('nodeSelector'));
  for (const selector of podSelectors(spec)) yield* selectorFaults(selector);
}

/** Kinds whose `spec.selector` is a LabelSelector. */
const KINDS = [
  ['apps', 'Deployment'],
  ['apps', 'StatefulSet'],
  ['apps', 'DaemonSet'],
  ['apps', 'ReplicaSet'],
  ['batch', 'Job'],
  ['policy', 'PodDisruptionBudget'],
  ['', 'PersistentVolumeClaim'],
] as const;

function* policySelectors(objects: RenderedObjects): Iterable<Place> {
  for (const manifest of objects.of('networking.k8s.io', 'NetworkPolicy')) {
    const spec = Place.of(manifest, ['spec']);
    yield spec.at('podSelector');
    for (const [rules, peers] of [
      ['ingress', 'from'],
      ['egress', 'to'],
    ] as const)
      for (const rule of spec.at(rules).items)
        for (const peer of rule.at(peers).items)
          yield* [peer.at('podSelector'), peer.at('namespaceSelector')];
  }
}

function* podSelectors(spec: Place): Iterable<Place> {
  for (const constraint of spec.at('topologySpreadConstraints').items)
    yield constraint.at('labelSelector');
  for (const kind of ['podAffinity', 'podAntiAffinity']) {
    const affinity = spec.in('affinity', kind);
    for (const term of affinity.at('requiredDuringSchedulingIgnoredDuringExecution').items)
      yield* [term.at('labelSelector'), term.at('namespaceSelector')];
    for (const weighted of affinity.at('preferredDuringSchedulingIgnoredDuringExecution').items) {
      const term = weighted.at('podAffinityTerm');
      yield* [term.at('labelSelector'), term.at('namespaceSelector')];
    }
  }
}
