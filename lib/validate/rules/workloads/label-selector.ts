import type { RenderedObjects } from '../../rendered/rendered-objects.ts';
import type { Rule } from '../rule.ts';
import { labelFaults, selectorFaults } from './support/label-selector.ts';
import { ownPods } from './support/own-pods.ts';
import { Place } from './support/place.ts';

/**
 * A label selector that is none: an operator without its values, a key or a value that no label can have.
 * Source: k8s.io/apimachinery v0.36.3 pkg/apis/meta/v1/validation.
 */
export const labelSelector: Rule = {
  code: 'workloads/label-selector',
  *check(objects) {
    for (const selector of selectors(objects)) yield* selectorFaults(selector);
    for (const pod of ownPods(objects)) {
      yield* labelFaults(pod.spec.at('nodeSelector'));
      for (const selector of podSelectors(pod.spec)) yield* selectorFaults(selector);
    }
    for (const manifest of objects.of('', 'Service'))
      yield* labelFaults(Place.of(manifest, ['spec', 'selector']));
  },
};

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

function* selectors(objects: RenderedObjects): Iterable<Place> {
  for (const [group, kind] of KINDS)
    for (const manifest of objects.of(group, kind)) yield Place.of(manifest, ['spec', 'selector']);
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
