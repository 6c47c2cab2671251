import { beforeAll, describe, expect, test } from 'vitest';
import { cacheDirectory } from '../../lib/disk/cache.ts';
import type { Finding } from '../../lib/finding/finding.ts';
import { parseManifests } from '../../lib/manifest/parse-manifests.ts';
import { openUpstream, type Upstream } from '../../lib/sources/upstream.ts';
import { metadataFindings } from '../../lib/validate/metadata/metadata-findings.ts';
import { sharedUpstream } from './shared-upstream.ts';

const directory = cacheDirectory('schemas');
let upstream: Upstream;

beforeAll(async () => {
  upstream = await sharedUpstream();
}, 300_000);

/** What is found in an object of a kind with this metadata and more. */
function found(
  apiVersion: string,
  kind: string,
  metadata: object,
  { more = {}, schemas = upstream }: { more?: object; schemas?: Upstream } = {},
): Finding[] {
  const [manifest] = parseManifests(JSON.stringify({ apiVersion, kind, metadata, ...more }));
  const known = schemas.kind(apiVersion, kind);
  if (manifest === undefined || known === undefined) throw new Error(`no ${kind}`);
  return metadataFindings(manifest, known);
}

function messages(findings: readonly Finding[]): string[] {
  return findings.map(
    ({ code, severity, path = [], message }) => `${code} ${severity} ${path.join('.')}: ${message}`,
  );
}

describe('names', () => {
  test.each([
    ['v1', 'ConfigMap', 'a.b', true],
    ['v1', 'ConfigMap', 'A', false],
    ['v1', 'ConfigMap', 'a_b', false],
    ['v1', 'ConfigMap', 'x'.repeat(253), true],
    ['v1', 'ConfigMap', 'x'.repeat(254), false],
    ['v1', 'Namespace', 'a.b', false],
    ['v1', 'Service', 'a.b', false],
    ['apps/v1', 'StatefulSet', 'a.b', false],
    ['batch/v1', 'CronJob', 'x'.repeat(52), true],
    ['batch/v1', 'CronJob', 'x'.repeat(53), false],
    ['rbac.authorization.k8s.io/v1', 'Role', 'system:A', true],
    ['rbac.authorization.k8s.io/v1', 'Role', 'a/b', false],
    ['rbac.authorization.k8s.io/v1', 'Role', '..', false],
    ['networking.istio.io/v1', 'Gateway', 'A', false],
  ])('%s %s %s: %s', (apiVersion, kind, name, isGood) => {
    const codes = found(apiVersion, kind, { name }).map(({ code }) => code);
    expect(codes).toEqual(isGood ? [] : ['manifest/name']);
  });

  test('of a Service begin with a letter before Kubernetes 1.36', async () => {
    const schemas = await openUpstream({ directory, kubernetes: '1.35' });
    const name = '1a';
    expect(found('v1', 'Service', { name })).toEqual([]);
    expect(found('v1', 'Service', { name }, { schemas })).toHaveLength(1);
  });

  test('of a CRD and an APIService are what their specs say', () => {
    const more = { spec: { group: 'example.com', names: { plural: 'gadgets' } } };
    const apiVersion = 'apiextensions.k8s.io/v1';
    const kind = 'CustomResourceDefinition';
    expect(found(apiVersion, kind, { name: 'gadgets.example.com' }, { more })).toEqual([]);
    expect(found(apiVersion, kind, { name: 'gadget.example.com' }, { more })).toMatchObject([
      { code: 'manifest/name', path: ['metadata', 'name'], expected: 'gadgets.example.com' },
    ]);
  });

  test('that are generated follow the same rules, but may end in a dash', () => {
    expect(found('v1', 'Pod', { generateName: 'web-' })).toEqual([]);
    expect(messages(found('v1', 'Pod', { generateName: 'Web-' }))).toEqual([
      expect.stringMatching(/^manifest\/name error metadata.generateName: /),
    ]);
  });

  test('are there', () => {
    expect(messages(found('v1', 'Pod', {}))).toEqual([
      'schema/missing-field error metadata.name: the object has no name',
    ]);
    expect(found('v1', 'Pod', { name: '' })).toMatchObject([{ fault: 'value' }]);
    expect(found('authentication.k8s.io/v1', 'TokenReview', {})).toEqual([]);
  });

  test('of namespaces are labels; what has none is not looked at', () => {
    expect(found('v1', 'Pod', { name: 'a', namespace: 'a.b' })).toHaveLength(1);
    expect(found('v1', 'Node', { name: 'a', namespace: 'a.b' })).toEqual([]);
  });
});

describe('labels and annotations', () => {
  test('of an object and of its Pods', () => {
    const labels = {
      'a b': 'x',
      ok: 'a b',
      'example.com/a': '',
      'Example.com/a': 'x',
      'a/b/c': 'x',
    };
    const template = {
      metadata: { labels: { app: 'a/b' }, annotations: { 'a b': 'anything, really' } },
    };
    const more = { spec: { template } };
    expect(messages(found('apps/v1', 'Deployment', { name: 'a', labels }, { more }))).toEqual([
      expect.stringContaining('metadata.labels.a b: the label key "a b" may have only'),
      expect.stringContaining('metadata.labels.ok: the label value "a b" may have only'),
      expect.stringContaining('a prefix before the "/" that may have only lower case letters'),
      expect.stringContaining('the label key "a/b/c" has more than one "/"'),
      expect.stringContaining('spec.template.metadata.labels.app: the label value "a/b"'),
      expect.stringContaining('spec.template.metadata.annotations.a b: the annotation key "a b"'),
    ]);
  });

  test('annotation keys may have large letters in the domain', () => {
    expect(found('v1', 'Pod', { name: 'a', annotations: { 'Example.com/A': 'x' } })).toEqual([]);
  });

  test('annotations have at most 256 KiB', () => {
    const sized = (size: number): object => ({ name: 'a', annotations: { k: 'x'.repeat(size) } });
    expect(found('v1', 'Pod', sized(256 * 1024 - 1))).toEqual([]);
    expect(messages(found('v1', 'Pod', sized(256 * 1024)))).toEqual([
      'manifest/metadata error metadata.annotations: the annotations have 262145 bytes, of which 262144 are allowed',
    ]);
  });

  test('a label that looks like a credential is not repeated', () => {
    const token = `ghp_${'a1B2'.repeat(9)}/`;
    const text = JSON.stringify(found('v1', 'Pod', { name: 'a', labels: { token } }));
    expect(text).toContain('manifest/metadata');
    expect(text).not.toContain(token);
  });
});

test('finalizers of built-in kinds have a domain, those of custom resources need none', () => {
  const metadata = { name: 'a', finalizers: ['wait'] };
  expect(found('v1', 'Pod', metadata)).toMatchObject([{ code: 'manifest/metadata' }]);
  expect(found('networking.istio.io/v1', 'Gateway', metadata)).toEqual([]);
  expect(found('v1', 'Pod', { name: 'a', finalizers: ['orphan'] })).toEqual([]);
});

test('owners are whole, and one of them is the controller', () => {
  const owner = { apiVersion: 'v1', kind: 'ConfigMap', name: 'a', uid: 'b', controller: true };
  const ownerReferences = [owner, { ...owner, uid: '' }];
  expect(messages(found('v1', 'Pod', { name: 'a', ownerReferences }))).toEqual([
    'manifest/metadata error metadata.ownerReferences.1.uid: the uid of the owner is empty',
    'manifest/metadata error metadata.ownerReferences.1.controller: more than one owner is the controller',
  ]);
});

test('what only the API server writes is a warning; what generators leave empty is none', () => {
  const metadata = {
    name: 'a',
    uid: 'f3e1b1d0',
    resourceVersion: '12',
    creationTimestamp: null,
    managedFields: [],
  };
  const more = { status: { replicas: 1 } };
  expect(messages(found('apps/v1', 'Deployment', metadata, { more }))).toEqual([
    'manifest/server-field warning metadata.uid: metadata.uid is written by the API server',
    'manifest/server-field warning metadata.resourceVersion: metadata.resourceVersion is written by the API server',
    'manifest/server-field warning status: the status is written by controllers',
  ]);
  expect(
    found('apps/v1', 'Deployment', { name: 'a' }, { more: { status: { loadBalancer: {} } } }),
  ).toEqual([]);
});
