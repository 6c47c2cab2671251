import { beforeAll, expect, test } from 'vitest';
import { parseManifests } from '../../lib/manifest/parse-manifests.ts';
import type { Upstream } from '../../lib/sources/upstream.ts';
import { validateManifests, type ValidationResult } from '../../lib/validate/validate-manifests.ts';
import { editedManifest, validManifest } from './manifests.ts';
import { sharedUpstream } from './shared-upstream.ts';

let upstream: Upstream;
beforeAll(async () => {
  upstream = await sharedUpstream();
}, 300_000);

function validate(yaml: string, allowed: string[] = []): Promise<ValidationResult> {
  return validateManifests(parseManifests(yaml), {
    upstream,
    allowedUnknownKinds: new Set(allowed),
  });
}

test.each([
  ['v1', 'Deployment', 'apiVersion', 'Deployment is known in apps/v1.'],
  ['apps/v1', 'Deploymnet', 'kind', 'Did you mean Deployment?'],
  ['v1', 'configmap', 'kind', 'Did you mean ConfigMap?'],
  ['example.com/v1', 'Widget', 'kind', 'list "example.com/v1/Widget" under unknownKinds'],
  ['apps/v1', 'Service', 'apiVersion', 'Service is known in v1.'],
  ['certmanager.k8s.io/v1alpha1', 'Issuer', 'apiVersion', 'is known in cert-manager.io/v1.'],
  ['cert-manger.io/v1', 'Certificate', 'apiVersion', 'Certificate is known in cert-manager.io/v1.'],
  [
    'gateway.networking.k8s.io/v1',
    'VirtualService',
    'apiVersion',
    'is known in networking.istio.io',
  ],
  ['networking.istio.io/v2', 'Gatewy', 'kind', 'Did you mean Gateway?'],
])('the unknown kind %s %s is an error at %s', async (apiVersion, kind, field, hint) => {
  const result = await validate(`{apiVersion: ${apiVersion}, kind: ${kind}, metadata: {name: a}}`);
  expect(result).toMatchObject({
    findings: [{ code: 'schema/unknown-kind', severity: 'error', path: [field] }],
    validated: 0,
    unknownKinds: [{ apiVersion, kind, count: 1, allowed: false }],
  });
  expect(result.findings[0]?.hint).toContain(hint);
});

test.each([
  ['serving.knative.dev/v1', 'Service'],
  ['serving.knative.dev/v1', 'service'],
  ['networking.x-k8s.io/v1alpha1', 'Gateway'],
  ['apps.kruise.io/v1alpha1', 'DaemonSet'],
  ['batch.volcano.sh/v1alpha1', 'Job'],
])('%s %s is another group’s kind, so only unknownKinds is named', async (apiVersion, kind) => {
  const { findings } = await validate(
    `{apiVersion: ${apiVersion}, kind: ${kind}, metadata: {name: a}}`,
  );
  const hint = `Check the spelling; or give Tankard its CRD (\`tankard import\`), or list "${apiVersion}/${kind}" under unknownKinds in tankard.yaml.`;
  expect(findings).toMatchObject([{ code: 'schema/unknown-kind', path: ['kind'], hint }]);
  expect(findings[0]).not.toHaveProperty('expected');
});

test('an unknown kind that is allowed is counted and not called valid', async () => {
  const widget = '---\n{apiVersion: example.com/v1, kind: Widget, metadata: {name: NAME}}\n';
  const yaml = widget.replace('NAME', 'a') + widget.replace('NAME', 'b');
  expect(await validate(yaml, ['example.com/v1/Widget'])).toEqual({
    findings: [],
    validated: 0,
    unknownKinds: [{ apiVersion: 'example.com/v1', kind: 'Widget', count: 2, allowed: true }],
    uncheckedRules: [],
  });
});

test('an object that is rendered twice is reported once, whatever the version of its API', async () => {
  const gateway = validManifest('Gateway');
  const other = editedManifest('Gateway', 'apiVersion', 'networking.istio.io/v1beta1');
  const apiVersion = 'networking.istio.io/v1beta1';
  const manifests = [
    gateway,
    { ...other, index: 1, resource: { ...other.resource, apiVersion } },
    { ...validManifest('Service'), index: 2 },
  ];
  const { findings } = await validateManifests(manifests, {
    upstream,
    allowedUnknownKinds: new Set(),
    isPartial: true,
  });
  expect(findings).toMatchObject([
    {
      code: 'manifest/duplicate',
      message: 'Gateway web in the namespace shop is rendered twice, as manifests 1 and 2',
      path: ['metadata', 'name'],
      resource: { apiVersion },
    },
  ]);
});

test('objects of other namespaces, and of generated names, are no duplicates', async () => {
  const account =
    '---\n{apiVersion: v1, kind: ServiceAccount, metadata: {name: a, namespace: NS}}\n';
  const generated = '---\n{apiVersion: v1, kind: ServiceAccount, metadata: {generateName: a-}}\n';
  const yaml = account.replace('NS', 'x') + account.replace('NS', 'z') + generated + generated;
  expect((await validate(yaml)).findings).toEqual([]);
});

test('a cluster-scoped object with a namespace is told of the annotation', async () => {
  const yaml = `
apiVersion: cert-manager.io/v1
kind: ClusterIssuer
metadata: {name: a, namespace: shop}
spec: {selfSigned: {}}
`;
  const { findings } = await validate(yaml);
  expect(findings).toMatchObject([
    { code: 'manifest/namespace', severity: 'warning', value: 'shop', fault: 'key' },
  ]);
  expect(findings[0]?.hint).toContain('tanka.dev/namespaced: "false"');
});

test('an empty namespace is reported', async () => {
  const { findings } = await validate(
    '{apiVersion: v1, kind: ServiceAccount, metadata: {name: a, namespace: ""}}',
  );
  expect(findings).toMatchObject([
    { code: 'manifest/namespace', severity: 'error', fault: 'value', value: '' },
  ]);
});

test.each([
  ['{name: ""}', 'name', 'the name is empty'],
  ['{name: "", generateName: ""}', 'name', 'the name is empty'],
  ['{generateName: ""}', 'generateName', 'the generateName is empty, and there is no name'],
])('the metadata %s has no name', async (metadata, field, message) => {
  const { findings } = await validate(
    `{apiVersion: v1, kind: ServiceAccount, metadata: ${metadata}}`,
  );
  expect(findings).toMatchObject([
    {
      code: 'schema/missing-field',
      severity: 'error',
      path: ['metadata', field],
      fault: 'value',
      value: '',
      message,
    },
  ]);
});

test('an empty name is right beside a generateName, from which the API server makes one', async () => {
  const metadata = '{name: "", generateName: a-}';
  const yaml = `{apiVersion: v1, kind: ServiceAccount, metadata: ${metadata}}`;
  expect((await validate(yaml)).findings).toEqual([]);
});

test('a manifest is not changed by being validated', async () => {
  const manifest = editedManifest('Deployment', 'spec.paused', null);
  const copy = structuredClone(manifest);
  await validateManifests([manifest], {
    upstream,
    allowedUnknownKinds: new Set(),
    isPartial: true,
  });
  expect(manifest).toEqual(copy);
});
