import type { Json } from '../../../../lib/model/node.ts';
import { type Case, type DefectClass, edited, label, type Valid } from '../corpus.ts';

const KEYS = [
  'a b',
  'Upper',
  '-a',
  'a-',
  'example.com/a',
  'Example.com/a',
  'example.com/',
  '/a',
  'a/b/c',
  'x'.repeat(63),
  'x'.repeat(64),
  'é',
  '',
];
const VALUES = ['a b', 'A_b.c', '-a', 'a-', 'x'.repeat(63), 'x'.repeat(64), '', 'a/b', 'a:b', 'é'];

/** Keys and values of labels, of the object and of the Pods that it makes. */
export const labels: DefectClass = {
  name: 'label',
  cases: (valid) => [
    ...spread(valid, KEYS, (one, key, at) => ({
      name: `${label(one)}: label key ${key.slice(0, 20)} (${key.length}) at ${at.join('.')}`,
      value: edited(one, [...at, 'labels', key], 'x'),
    })),
    ...spread(valid, VALUES, (one, text, at) => ({
      name: `${label(one)}: label value ${text.slice(0, 20)} (${text.length}) at ${at.join('.')}`,
      value: edited(one, [...at, 'labels', 'some'], text),
    })),
  ],
};

/** Keys of annotations, and how much there may be of them. */
export const annotations: DefectClass = {
  name: 'annotation',
  cases: (valid) => [
    ...spread(valid, KEYS, (one, key, at) => ({
      name: `${label(one)}: annotation key ${key.slice(0, 20)} (${key.length}) at ${at.join('.')}`,
      value: edited(one, [...at, 'annotations', key], 'x y'),
    })),
    ...[262_143, 262_144].flatMap((size) =>
      valid.slice(0, 2).map((one) => ({
        name: `${label(one)}: an annotation of ${size} bytes`,
        value: edited(one, ['metadata', 'annotations'], { a: 'x'.repeat(size) }),
      })),
    ),
    {
      name: 'an annotation of 262143 letters that are more bytes',
      value: edited(valid[0] as Valid, ['metadata', 'annotations'], { a: 'é'.repeat(140_000) }),
    },
  ],
};

const FINALIZERS: readonly Json[] = [
  ['wait'],
  ['example.com/wait'],
  ['example.com/a/b'],
  ['Example.com/wait'],
  ['orphan'],
  ['orphan', 'foregroundDeletion'],
  ['a b'],
];
const OWNER = { apiVersion: 'v1', kind: 'ConfigMap', name: 'a', uid: 'b' };
const OWNERS: readonly Json[] = [
  [OWNER],
  [{ ...OWNER, uid: '' }],
  [{ ...OWNER, name: '' }],
  [{ apiVersion: 'v1', kind: 'ConfigMap', name: 'a' }],
  [
    { ...OWNER, controller: true },
    { ...OWNER, name: 'c', controller: true },
  ],
  [{ ...OWNER, extra: 1 }],
];

/** Finalizers and owners. */
export const finalizersAndOwners: DefectClass = {
  name: 'finalizer or owner',
  cases: (valid) =>
    [...FINALIZERS, ...FINALIZERS, ...OWNERS, ...OWNERS].map((list, index) => {
      const one = valid[(index * 7) % valid.length] as Valid;
      const field = index < 2 * FINALIZERS.length ? 'finalizers' : 'ownerReferences';
      return {
        name: `${label(one)}: ${field} ${JSON.stringify(list)}`,
        value: edited(one, ['metadata', field], list),
      };
    }),
};

/** Each text at another manifest, and at the Pod template of some. */
function spread(
  valid: readonly Valid[],
  texts: readonly string[],
  make: (one: Valid, text: string, at: readonly string[]) => Case,
): Case[] {
  const workloads = valid.filter(({ kind }) =>
    /^(?:Deployment|StatefulSet|DaemonSet)$/.test(kind.kind),
  );
  return texts.flatMap((text, index) => {
    const one = valid[(index * 5 + 3) % valid.length] as Valid;
    const workload = workloads[index % workloads.length] as Valid;
    return [make(one, text, ['metadata']), make(workload, text, ['spec', 'template', 'metadata'])];
  });
}
