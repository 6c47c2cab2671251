import { describe, expect, it } from 'vitest';
import { plain, relationsIn } from './relations-in.ts';

const WORKLOAD = `
apiVersion: apps/v1
kind: Deployment
metadata: { name: web, namespace: shop }
spec: { template: { metadata: { labels: { app: web, tier: front } }, spec: { containers: [] } } }
---`;

function selecting(apiVersion: string, kind: string, spec: string): string {
  return `
apiVersion: ${apiVersion}
kind: ${kind}
metadata: { name: own, namespace: shop }
spec: ${spec}
---`;
}

describe('what selects a workload', () => {
  it.each([
    ['v1', 'Service', '{ selector: { app: web } }', 'selects'],
    ['policy/v1', 'PodDisruptionBudget', '{ selector: { matchLabels: { app: web } } }', 'protects'],
    [
      'networking.k8s.io/v1',
      'NetworkPolicy',
      '{ podSelector: { matchLabels: { tier: front } } }',
      'applies to',
    ],
  ])('%s %s %s', (apiVersion, kind, spec, label) => {
    const on = selecting(apiVersion, kind, spec);
    expect(relationsIn(on + WORKLOAD)).toEqual([
      `${kind} own in shop ${label} Deployment web in shop`,
    ]);
    const elsewhere = WORKLOAD.replace('namespace: shop', 'namespace: blog');
    expect(relationsIn(on + elsewhere)).toEqual([]);
  });

  it.each([
    ['v1', 'Service', '{ selector: {} }'],
    ['v1', 'Service', '{ selector: { app: web, tier: back } }'],
    ['networking.k8s.io/v1', 'NetworkPolicy', '{ podSelector: {} }'],
    [
      'policy/v1',
      'PodDisruptionBudget',
      '{ selector: { matchLabels: { app: web }, matchExpressions: [{ key: a, operator: Exists }] } }',
    ],
  ])('nothing for %s %s %s', (apiVersion, kind, spec) => {
    expect(relationsIn(selecting(apiVersion, kind, spec) + WORKLOAD)).toEqual([]);
  });
});

it('an autoscaler scales its target', () => {
  const scaler = selecting(
    'autoscaling/v2',
    'HorizontalPodAutoscaler',
    '{ scaleTargetRef: { apiVersion: apps/v1, kind: Deployment, name: web } }',
  );
  expect(relationsIn(scaler + WORKLOAD)).toEqual([
    'HorizontalPodAutoscaler own in shop scales Deployment web in shop',
  ]);
  expect(relationsIn(scaler)).toEqual([
    'HorizontalPodAutoscaler own in shop scales Deployment web in shop (not rendered)',
  ]);
});

describe('RBAC', () => {
  const binding = (kind: string, namespace: string, role: string): string => `
apiVersion: rbac.authorization.k8s.io/v1
kind: ${kind}
metadata: { name: read, ${namespace} }
roleRef: { apiGroup: rbac.authorization.k8s.io, ${role} }
subjects: [{ kind: ServiceAccount, name: web, namespace: shop }, { kind: User, name: jane }]
---`;

  it('a RoleBinding and its Role', () => {
    const role = `
apiVersion: rbac.authorization.k8s.io/v1
kind: Role
metadata: { name: reader, namespace: shop }
---`;
    const own = binding('RoleBinding', 'namespace: shop', 'kind: Role, name: reader');
    expect(relationsIn(own + role + plain('ServiceAccount', 'shop', 'web'))).toEqual([
      'RoleBinding read in shop grants rights to ServiceAccount web in shop',
      'RoleBinding read in shop refers to Role reader in shop',
    ]);
  });

  it('a ClusterRoleBinding and what is not rendered', () => {
    expect(
      relationsIn(binding('ClusterRoleBinding', '', 'kind: ClusterRole, name: reader')),
    ).toEqual([
      'ClusterRoleBinding read grants rights to ServiceAccount web in shop (not rendered)',
      'ClusterRoleBinding read refers to ClusterRole reader (not rendered)',
    ]);
  });

  it('a ClusterRole that each cluster has is not missing', () => {
    expect(
      relationsIn(binding('RoleBinding', 'namespace: shop', 'kind: ClusterRole, name: view')),
    ).toContain('RoleBinding read in shop refers to ClusterRole view');
  });
});
