import { expect, it } from 'vitest';
import type { ResourceId } from '../../../lib/finding/finding.ts';
import { unwritten } from '../../../lib/workflow/deploy/unwritten.ts';

function configMap(namespace: string, name: string): ResourceId {
  return { apiVersion: 'v1', kind: 'ConfigMap', namespace, name };
}

function service(apiVersion: string): ResourceId {
  return { apiVersion, kind: 'Service', namespace: 'a', name: 'web' };
}

/** What of the resources is missing when kubectl says that these were created. */
function missing(resources: readonly ResourceId[], ...objects: string[]): ResourceId[] {
  return unwritten(
    resources,
    objects.map((object) => ({ object, outcome: 'created' })),
  );
}

it('tells objects of two namespaces apart by their order', () => {
  const [first, second, third] = [
    configMap('a', 'x'),
    configMap('a', 'y'),
    configMap('b', 'x'),
  ] as const;
  const all = [first, second, third];
  expect(missing(all, 'configmap/x', 'configmap/y', 'configmap/x')).toEqual([]);
  expect(missing(all, 'configmap/y', 'configmap/x')).toEqual([first]);
  expect(missing(all, 'configmap/x', 'configmap/y')).toEqual([third]);
  expect(missing(all)).toEqual(all);
});

it('takes those of one kind, namespace and name in any order, as tk does: with a Service of Kubernetes and one of Knative', () => {
  const [own, knative, after] = [
    service('v1'),
    service('serving.knative.dev/v1'),
    { apiVersion: 'apps/v1', kind: 'Deployment', namespace: 'a', name: 'web' },
  ] as const;
  const all = [own, knative, after];
  const [first, second, third] = [
    'service/web',
    'service.serving.knative.dev/web',
    'deployment.apps/web',
  ] as const;
  expect(missing(all, first, second, third)).toEqual([]);
  expect(missing(all, second, first, third)).toEqual([]);
  expect(missing(all, second, third)).toEqual([own]);
  expect(missing(all, first, third)).toEqual([knative]);
  expect(missing(all, second, first)).toEqual([after]);
});

it('takes an object that is rendered twice as two', () => {
  const all = [configMap('a', 'x'), configMap('a', 'x'), configMap('a', 'y')];
  expect(missing(all, 'configmap/x', 'configmap/x', 'configmap/y')).toEqual([]);
  expect(missing(all, 'configmap/x', 'configmap/y')).toHaveLength(1);
});
