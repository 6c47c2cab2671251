import type { Rule, RuleFinding } from '../rule.ts';
import { hasForm } from './support/checks.ts';
import { subdomainFault } from './support/forms.ts';
import { kindRule } from './support/own-pods.ts';
import type { Place } from './support/place.ts';
import { parseQuantity } from './support/quantity.ts';
import { accessModeFaults } from './volume-claim.ts';

/** What is no source. */
const OTHER = new Set([
  'accessModes',
  'capacity',
  'claimRef',
  'mountOptions',
  'nodeAffinity',
  'persistentVolumeReclaimPolicy',
  'storageClassName',
  'volumeAttributesClassName',
  'volumeMode',
]);

/**
 * Volumes that are written by hand.
 * Source: k8s.io/kubernetes v1.36.3 pkg/apis/core/validation, ValidatePersistentVolumeSpec.
 */
export const persistentVolume: Rule = kindRule(
  'workloads/persistent-volume',
  ['/PersistentVolume'],
  function* (object) {
    const spec = object.at('spec');
    yield* accessModeFaults(spec.at('accessModes'));
    yield* capacityFaults(spec.at('capacity'));
    const sources = Object.keys(spec.fields).filter(
      (field) => !OTHER.has(field) && spec.has(field),
    );
    if (sources.length === 0) yield spec.wrong('the volume has no source, such as csi or nfs');
    if (sources.length > 1)
      yield spec
        .at(sources[1] ?? '')
        .extra(`the volume has ${sources.join(' and ')}, and may have only one source`);
    if (spec.has('local') && !spec.has('nodeAffinity'))
      yield spec
        .at('nodeAffinity')
        .missing('a local volume needs nodeAffinity, which says where it is');
    yield* hasForm(spec.at('storageClassName'), 'storageClassName', subdomainFault);
    const path = spec.in('hostPath', 'path');
    if (path.text?.split('/').includes('..') === true)
      yield path.wrong('the path on the host has ".."');
  },
);

function* capacityFaults(capacity: Place): Iterable<RuleFinding> {
  const storage = capacity.at('storage');
  if (!storage.isSet)
    yield (capacity.isSet ? storage : capacity).missing('the volume does not say its capacity', {
      hint: 'Set capacity.storage, such as 10Gi.',
    });
  const size = parseQuantity(storage.value);
  if (size !== undefined && size <= 0n) yield storage.wrong('the capacity must be more than 0');
  for (const { key, place } of capacity.members)
    if (key !== 'storage') yield place.extra(`a volume has no capacity of ${key}`);
}
