import { readFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import { cacheDirectory } from '../../lib/disk/cache.ts';
import { packageRoot } from '../../lib/disk/package-root.ts';
import type { Finding } from '../../lib/finding/finding.ts';
import { parseManifests } from '../../lib/manifest/parse-manifests.ts';
import { DEFAULT_KUBERNETES, openUpstream } from '../../lib/sources/upstream.ts';
import { validateManifests } from '../../lib/validate/validate-manifests.ts';

const directory = cacheDirectory('schemas');

async function versionFindings(yaml: string, kubernetes: string): Promise<Finding[]> {
  const upstream = await openUpstream({ directory, kubernetes });
  const options = { upstream, allowedUnknownKinds: new Set<string>() };
  const { findings } = await validateManifests(parseManifests(yaml), options);
  return findings.filter(({ code }) => code.startsWith('api/') || code === 'schema/unknown-kind');
}

function object(apiVersion: string, kind: string): string {
  return JSON.stringify({ apiVersion, kind, metadata: { name: 'a', namespace: 'a' } });
}

test.each([
  ['apps/v1beta1', 'Deployment', '1.16', 'apps/v1'],
  ['extensions/v1beta1', 'Ingress', '1.22', 'networking.k8s.io/v1'],
  ['networking.k8s.io/v1beta1', 'Ingress', '1.22', 'networking.k8s.io/v1'],
  ['rbac.authorization.k8s.io/v1beta1', 'Role', '1.22', 'rbac.authorization.k8s.io/v1'],
  ['policy/v1beta1', 'PodDisruptionBudget', '1.25', 'policy/v1'],
  ['batch/v1beta1', 'CronJob', '1.25', 'batch/v1'],
  ['autoscaling/v2beta2', 'HorizontalPodAutoscaler', '1.26', 'autoscaling/v2'],
])(
  '%s %s is not served any more, and what is instead is named',
  async (apiVersion, kind, since, instead) => {
    expect(await versionFindings(object(apiVersion, kind), '1.36')).toMatchObject([
      {
        code: 'api/removed',
        severity: 'error',
        path: ['apiVersion'],
        value: apiVersion,
        message: `${kind} in ${apiVersion} is not served from Kubernetes ${since} on`,
        expected: instead,
      },
    ]);
  },
);

test('a version that is deprecated is a warning as long as it is served', async () => {
  const flow = object('flowcontrol.apiserver.k8s.io/v1beta3', 'FlowSchema');
  expect(await versionFindings(flow, '1.31')).toMatchObject([
    { code: 'api/deprecated', severity: 'warning', expected: 'flowcontrol.apiserver.k8s.io/v1' },
  ]);
  expect(await versionFindings(flow, '1.36')).toMatchObject([{ code: 'api/removed' }]);
  expect(await versionFindings(object('apps/v1', 'Deployment'), '1.36')).toEqual([]);
}, 300_000);

test('of a CRD the served versions are named when an older one is used', async () => {
  expect(
    await versionFindings(object('external-secrets.io/v1beta1', 'ExternalSecret'), '1.36'),
  ).toMatchObject([
    {
      code: 'api/removed',
      message: expect.stringContaining(
        'is not served in external-secrets.io/v1beta1 by github.com/',
      ) as string,
      expected: 'external-secrets.io/v1',
    },
  ]);
  // It may be newer than the schemas.
  expect(
    await versionFindings(object('external-secrets.io/v2', 'ExternalSecret'), '1.36'),
  ).toMatchObject([{ code: 'schema/unknown-kind' }]);
});

test('the table of lifecycles is as new as the newest Kubernetes', () => {
  const file = path.join(packageRoot(), 'lib/gen/api-lifecycle.ts');
  const [firstLine = ''] = readFileSync(file, 'utf8').split('\n');
  const minor = DEFAULT_KUBERNETES.split('.')[1];
  expect(firstLine, 'run `npx tsx scripts/update-api-lifecycle.ts`').toContain(
    `k8s.io/api v0.${minor}.`,
  );
});
