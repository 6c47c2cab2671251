import { beforeAll, describe, expect, test } from 'vitest';
import type { Upstream } from '../../lib/sources/upstream.ts';
import { validateManifests } from '../../lib/validate/validate-manifests.ts';
import { editedManifest, KINDS, validManifest } from './manifests.ts';
import { sharedUpstream } from './shared-upstream.ts';

const options = { allowedUnknownKinds: new Set<string>(), isPartial: true };
let upstream: Upstream;

beforeAll(async () => {
  upstream = await sharedUpstream();
}, 300_000);

describe('valid manifests', () => {
  test.each(KINDS)(
    '%s',
    async (kind) => {
      const result = await validateManifests([validManifest(kind)], {
        upstream,
        ...options,
      });
      expect(result).toEqual({
        findings: [],
        validated: 1,
        unknownKinds: [],
        uncheckedRules: [],
      });
    },
    60_000,
  );
});

/** kind, path, value, code, path of the finding when it is another, part of what it says. */
type Row = [string, string, unknown, string, string, RegExp];

const UNKNOWN = 'schema/unknown-field';
const MISSING = 'schema/missing-field';
const TYPE = 'schema/wrong-type';
const VALUE = 'schema/wrong-value';
const POD = 'spec.template.spec';

const MISTAKES: Row[] = [
  ['Deployment', 'spec.replica', 3, UNKNOWN, '', /Did you mean "replicas"/],
  ['Deployment', 'spec.replicas', '3', TYPE, '', /an integer, found the string "3"/],
  ['Deployment', 'spec.replicas', 1.5, TYPE, '', /an integer, found the number 1.5/],
  ['Deployment', 'spec.replicas', 2 ** 31, VALUE, '', /at most 2147483647/],
  ['Deployment', 'spec.selector', undefined, MISSING, '', /"selector" is missing/],
  ['Deployment', 'spec.selector', null, MISSING, '', /"selector" is null/],
  ['Deployment', 'spec.selector', 'web', TYPE, '', /an object, found the string "web"/],
  ['Deployment', 'metadata.lables', {}, UNKNOWN, '', /"labels"/],
  ['Deployment', 'metadata.labels.app', 1, TYPE, '', /a string/],
  ['Deployment', 'spec.strategy.type', 'Rolling', VALUE, '', /"Recreate" or "RollingUpdate"/],
  ['Deployment', 'spec.strategy.rollingUpdate.maxSurge', true, TYPE, '', /integer or a string/],
  ['Deployment', `${POD}.containers`, {}, TYPE, '', /a list, found an object/],
  ['Deployment', `${POD}.containers.0.name`, undefined, MISSING, '', /"name"/],
  ['Deployment', `${POD}.containers.0.ports.0.containerPort`, '80', TYPE, '', /integer/],
  ['Deployment', `${POD}.containers.0.env.0.value`, true, TYPE, '', /a string, found true/],
  ['Deployment', `${POD}.containers.0.resources.requests.cpu`, '100 m', VALUE, '', /quantity/],
  ['Deployment', `${POD}.containers.0.livenessProbe.httpGet.port`, [], TYPE, '', /a list/],
  ['Deployment', `${POD}.containers.0.imagePullPolicy`, 'always', VALUE, '', /"Always"\?/],
  ['Deployment', `${POD}.restartPolicy`, 'always', VALUE, '', /"Always"\?/],
  ['Deployment', `${POD}.volumes.0.emptyDirectory`, {}, UNKNOWN, '', /emptyDirectory/],
  ['Service', 'spec.type', 'ClusterIp', VALUE, '', /Did you mean "ClusterIP"/],
  ['Service', 'spec.ports.0.port', undefined, MISSING, '', /"port"/],
  ['Service', 'spec.ports.0.targetPort', false, TYPE, '', /found false/],
  ['Service', 'spec.port', 80, UNKNOWN, '', /"ports"/],
  ['ServiceAccount', 'imagePullSecrets', ['x'], TYPE, 'imagePullSecrets.0', /an object/],
  ['ServiceAccount', 'automountServiceAccountToken', 'false', TYPE, '', /true or false/],
  ['ServiceAccount', 'metadata/annotations/a', 1, TYPE, '', /a string/],
  ['Secret', 'data.password', 'hunter2!', VALUE, '', /base64/],
  ['Secret', 'stringdata', {}, UNKNOWN, '', /"stringData"/],
  ['RoleBinding', 'roleRef.name', undefined, MISSING, '', /"name"/],
  ['Gateway', 'spec.servers.0.tls.mode', 'SIMPEL', VALUE, '', /"SIMPLE"\?/],
  ['Gateway', 'spec.servers.0.port.number', '443', TYPE, '', /integer/],
  ['Gateway', 'spec.servers.0.hosts', undefined, MISSING, '', /"hosts"/],
  ['ExternalSecret', 'spec.data.0.remoteRef', [], TYPE, '', /an object, found a list/],
  ['Gateway', 'spec.server', [], UNKNOWN, '', /"servers"/],
  [
    'VirtualService',
    'spec.http.0.match.0.uri.exact',
    '/a',
    VALUE,
    'spec.http.0.match.0.uri',
    /"exact" and "prefix" exclude each other/,
  ],
  ['SealedSecret', 'spec.encryptedData', undefined, MISSING, '', /"encryptedData"/],
  ['SealedSecret', 'spec.encryptedData.password', 1, TYPE, '', /a string/],
  ['SealedSecret', 'spec.templates', {}, UNKNOWN, '', /"template"/],
  ['Certificate', 'spec.secretName', undefined, MISSING, '', /"secretName"/],
  ['Certificate', 'spec.privateKey.algorithm', 'EC', VALUE, '', /"RSA", "ECDSA" or "Ed25519"/],
  ['Certificate', 'spec.dnsName', 'a', UNKNOWN, '', /"dnsNames"/],
  ['Certificate', 'spec.issuerRef.name', 1, TYPE, '', /a string/],
  ['ExternalSecret', 'spec.target.creationPolicy', 'owner', VALUE, '', /"Owner"\?/],
  ['ExternalSecret', 'spec.data.0.remoteRef.key', undefined, MISSING, '', /"key"/],
  ['ExternalSecret', 'spec.data.0.secretKey', '', VALUE, '', /at least 1 character/],
  ['ExternalSecret', 'spec.data.0.secretKey', 'a b', VALUE, '', /matches \^\[-\._a-zA-Z0-9\]\+\$/],
  ['ExternalSecret', 'metadata.finalizer', [], UNKNOWN, '', /"finalizers"/],
];

describe('one mistake gives one finding that says what and where', () => {
  test.each(MISTAKES)('%s %s = %j: %s', async (...row) => {
    const [kind, path, value, code, findingPath, words] = row;
    const manifest = editedManifest(kind, path, value);
    const { findings } = await validateManifests([manifest], { upstream, ...options });
    expect(findings.map((finding) => finding.code)).toEqual([code]);
    const [finding] = findings;
    const separator = path.includes('/') ? '/' : '.';
    expect(finding?.path?.join(separator)).toBe(findingPath === '' ? path : findingPath);
    expect([finding?.message, finding?.expected, finding?.hint].join(' | ')).toMatch(words);
    expect(finding?.resource).toEqual(manifest.resource);
  });
});

describe('what the API server accepts', () => {
  test.each([
    ['Deployment', 'spec.replicas', null],
    ['Deployment', 'metadata.creationTimestamp', null],
    ['Deployment', `${POD}.containers.0.resources.limits.cpu`, 0.5],
    ['Deployment', `${POD}.containers.0.resources.limits.memory`, '2e9'],
    ['Service', 'spec.ports.0.targetPort', 8080],
    ['SealedSecret', 'spec.template.metadata.creationTimestamp', null],
    ['SealedSecret', 'spec.template.metadata.anything', { at: ['all'] }],
  ])('%s %s = %j', async (kind, path, value) => {
    const manifest = editedManifest(kind, path, value);
    const { findings } = await validateManifests([manifest], { upstream, ...options });
    expect(findings).toEqual([]);
  });
});

test.each([
  ['Secret', 'data.password', 'hunter2!', 'expected text in base64, found a string'],
  ['Secret', 'data', 'hunter2', 'expected an object, found a string'],
  ['Secret', 'stringdata', { password: 'hunter2' }, 'unknown field "stringdata"'],
  ['SealedSecret', 'spec.template.stringData', { a: 'hunter2' }, 'unknown field "stringData"'],
  [
    'Deployment',
    `${POD}.containers.0.env`,
    { name: 'DB_PASSWORD', value: 'hunter2' },
    'expected a list, found an object',
  ],
])('no part of a finding has the secret in %s %s', async (kind, path, value, message) => {
  const manifest = editedManifest(kind, path, value);
  const { findings } = await validateManifests([manifest], { upstream, ...options });
  expect(findings.map((finding) => finding.message)).toEqual([message]);
  expect(JSON.stringify(findings)).not.toContain('hunter2');
});

test('several mistakes are sorted by path', async () => {
  const manifest = editedManifest('Service', 'spec', {
    typ: 'x',
    ports: [{ port: 'a' }, { protocol: 'TCP' }],
  });
  const { findings } = await validateManifests([manifest], { upstream, ...options });
  expect(findings.map(({ path }) => path?.join('.'))).toEqual([
    'spec.ports.0.port',
    'spec.ports.1.port',
    'spec.typ',
  ]);
});

test.each([
  ['the schema and a rule', { port: 'x', bad: 1 }, ['99901', '49850']],
  ['a rule', { port: 0 }, ['99898']],
])(
  'many mistakes that %s finds are capped, counted and do not take quadratic time',
  async (...row) => {
    const [, port, unlisted] = row;
    const ports = Array.from({ length: 50_000 }, () => port);
    const manifest = editedManifest('Service', 'spec.ports', ports);
    const start = process.cpuUsage();
    const { findings } = await validateManifests([manifest], { upstream, ...options });
    const { user, system } = process.cpuUsage(start);
    const rests = findings.filter(({ path }) => path === undefined);
    expect(rests.map(({ message }) => message)).toEqual(
      unlisted.map((count) => `${count} more mistakes in this object, not listed here`),
    );
    expect(findings.length).toBeLessThanOrEqual(202);
    // Of CPU, in microseconds; it takes a tenth.
    expect(user + system).toBeLessThan(10_000_000);
  },
  60_000,
);
