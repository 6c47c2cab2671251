import type { RenderedObjects } from '../../rendered/rendered-objects.ts';
import type { Rule, RuleFinding } from '../rule.ts';
import { hasForm } from './support/checks.ts';
import { subdomainFault } from './support/forms.ts';
import { ownPods } from './support/own-pods.ts';
import { Place } from './support/place.ts';
import { parseQuantity } from './support/quantity.ts';

const MODES = ['ReadWriteOnce', 'ReadOnlyMany', 'ReadWriteMany', 'ReadWriteOncePod'];

/**
 * Claims of storage: of their own, of a StatefulSet, of an ephemeral volume.
 * Source: k8s.io/kubernetes v1.36.3 pkg/apis/core/validation, ValidatePersistentVolumeClaimSpec.
 */
export const volumeClaim: Rule = {
  code: 'workloads/volume-claim',
  *check(objects) {
    for (const spec of claims(objects)) {
      yield* accessModeFaults(spec.at('accessModes'));
      yield* sizeFaults(spec.in('resources', 'requests', 'storage'));
      yield* hasForm(spec.at('storageClassName'), 'storageClassName', subdomainFault);
    }
  },
};

function* claims(objects: RenderedObjects): Iterable<Place> {
  for (const manifest of objects.of('', 'PersistentVolumeClaim'))
    yield Place.of(manifest, ['spec']);
  for (const manifest of objects.of('apps', 'StatefulSet'))
    for (const template of Place.of(manifest, ['spec', 'volumeClaimTemplates']).items)
      yield template.at('spec');
  for (const { spec } of ownPods(objects))
    for (const volume of spec.at('volumes').items)
      if (volume.has('ephemeral')) yield volume.in('ephemeral', 'volumeClaimTemplate', 'spec');
}

/**
 * The access modes of a claim or a volume.
 *
 * @param modes nothing is there when the object names none.
 */
export function* accessModeFaults(modes: Place): Iterable<RuleFinding> {
  const texts = modes.texts;
  if (!modes.isSet || (Array.isArray(modes.value) && modes.value.length === 0))
    yield modes.missing('accessModes names no mode', { expected: MODES.join(', ') });
  const once = texts.find((mode) => mode.text === 'ReadWriteOncePod');
  if (once !== undefined && texts.some((mode) => mode.text !== 'ReadWriteOncePod'))
    yield once.wrong('ReadWriteOncePod excludes every other access mode');
}

function* sizeFaults(storage: Place): Iterable<RuleFinding> {
  if (!storage.isSet)
    yield storage.missing('the claim does not say how much storage it wants', {
      hint: 'Set resources.requests.storage, such as 10Gi.',
    });
  const size = parseQuantity(storage.value);
  if (size !== undefined && size <= 0n)
    yield storage.wrong(
      `the claim wants ${String(storage.value)} of storage, and must want more than 0`,
    );
}
