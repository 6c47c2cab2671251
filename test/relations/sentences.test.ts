import { describe, expect, it } from 'vitest';
import { parseManifests } from '../../lib/manifest/parse-manifests.ts';
import { relationsOf } from '../../lib/relations/relations-of.ts';
import { describeNode, nodeOf, sentencesOf } from '../../lib/relations/sentences.ts';
import { NO_SETTINGS } from './relations-in.ts';

const graph = relationsOf(
  parseManifests(`
apiVersion: v1
kind: ServiceAccount
metadata:
  name: web
  namespace: shop
  annotations: { eks.amazonaws.com/role-arn: "arn:aws:iam::111122223333:role/shop" }
imagePullSecrets: [{ name: pull }]
---
apiVersion: v1
kind: Pod
metadata: { name: web, namespace: shop }
spec: { serviceAccountName: web, containers: [] }
---
apiVersion: v1
kind: ConfigMap
metadata: { name: alone, namespace: shop }
`),
  NO_SETTINGS,
);

const ACCOUNT = { apiVersion: 'v1', kind: 'ServiceAccount', namespace: 'shop', name: 'web' };

describe('the relations of one resource', () => {
  it('both directions, without the namespace that they share', () => {
    const { id = '', resource } = nodeOf(graph, ACCOUNT) ?? {};
    const near = resource?.namespace;
    expect(
      sentencesOf(graph, id).map(({ from, label, to, isOutgoing }) => [
        `${describeNode(from, near)} ${label} ${describeNode(to, near)}`,
        isOutgoing,
      ]),
    ).toEqual([
      ['ServiceAccount web assumes IAM role arn:aws:iam::111122223333:role/shop', true],
      ['ServiceAccount web pulls images with Secret pull (not rendered)', true],
      ['Pod web runs as ServiceAccount web', false],
    ]);
  });

  it('what nothing is related to has no node', () => {
    expect(nodeOf(graph, { ...ACCOUNT, kind: 'ConfigMap', name: 'alone' })).toBeUndefined();
    expect(nodeOf(graph, { ...ACCOUNT, namespace: 'blog' })).toBeUndefined();
    expect(nodeOf(graph, { ...ACCOUNT, apiVersion: 'example.com/v1' })).toBeUndefined();
  });

  it('another version of a group is the same resource', () => {
    const route = { kind: 'HorizontalPodAutoscaler', namespace: 'shop', name: 'web' };
    const node = {
      id: 'a',
      kind: 'resource' as const,
      resource: { apiVersion: 'autoscaling/v1', ...route },
    };
    expect(nodeOf({ nodes: [node], edges: [] }, { apiVersion: 'autoscaling/v2', ...route })).toBe(
      node,
    );
  });
});
