import { readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { ROOT } from '../cli/tankard.ts';
import {
  codesIn,
  messagesIn,
  secret,
  configMap,
  pod,
  ingress,
  BLOG,
  custom,
  reflector,
} from './secrets-manifests.ts';

describe('types of Secrets', () => {
  test.each<[string | undefined, object, string[]]>([
    ['kubernetes.io/tls', { 'tls.crt': '', 'tls.key': '' }, []],
    ['kubernetes.io/tls', { 'tls.crt': '' }, ['secrets/type-keys']],
    ['kubernetes.io/basic-auth', { password: 'x' }, []],
    ['kubernetes.io/basic-auth', { user: 'x' }, ['secrets/type-keys']],
    ['kubernetes.io/ssh-auth', { 'ssh-privatekey': 'x' }, []],
    ['kubernetes.io/ssh-auth', { 'ssh-privatekey': '' }, ['secrets/type-keys']],
    ['kubernetes.io/ssh-auth', { id_rsa: 'x' }, ['secrets/type-keys']],
    ['kubernetes.io/dockercfg', { '.dockerconfigjson': '{}' }, ['secrets/type-keys']],
    ['kubernetes.io/tsl', {}, ['secrets/unknown-type']],
    ['kubernetes.io/TLS', {}, ['secrets/unknown-type']],
    ['kubernetes.io/dockerconfig', {}, ['secrets/unknown-type']],
    ['kubernetes.io/rbd', { key: 'x' }, []],
    ['helm.sh/release.v1', { release: 'x' }, []],
    ['example.com/anything', {}, []],
    ['Opaque', { '.dockerconfigjson': '{}' }, ['secrets/docker-type']],
  ])('%s with %j', async (type, stringData, expected) => {
    expect(await codesIn(secret('one', { type, stringData }))).toEqual(expected);
  });

  test('data that nothing names is not asked for its keys', async () => {
    const external = custom('external-secrets.io/v1', 'ExternalSecret', 'blog', {
      secretStoreRef: { name: 'aws', kind: 'SecretStore' },
      target: { template: { type: 'kubernetes.io/tls' } },
      dataFrom: [{ extract: { key: 'blog' } }],
    });
    const store = custom('external-secrets.io/v1', 'SecretStore', 'aws', {
      provider: { aws: { service: 'SecretsManager', region: 'eu-central-1' } },
    });
    expect(await codesIn(external, store)).toEqual([]);
  });

  test('a value in data and the same in stringData', async () => {
    const data = { password: Buffer.from('change-me').toString('base64') };
    expect(await codesIn(secret('one', { data }))).toEqual([]);
    expect(await codesIn(secret('one', { data: { password: 'eA==' } }))).toEqual([
      'secrets/string-data-wins',
    ]);
  });

  test.each([
    [1024 * 1024, []],
    [1024 * 1024 + 1, ['secrets/too-large']],
  ])('%d bytes', async (size, expected) => {
    expect(await codesIn(secret('one', { stringData: { a: 'x'.repeat(size) } }))).toEqual(expected);
    const data = { a: Buffer.alloc(size).toString('base64') };
    expect(await codesIn(secret('one', { stringData: undefined, data }))).toEqual(expected);
  });

  test.each(['..', '..a', 'a/b', 'a b', 'x'.repeat(254)])('the key %s', async (key) => {
    expect(await codesIn(configMap('one', { [key]: '' }))).toEqual(['secrets/data-key']);
  });

  test('a key in data and in binaryData', async () => {
    const both = { ...configMap('one', { a: '' }), binaryData: { a: '' } };
    expect(await codesIn(both)).toEqual(['secrets/data-key']);
  });

  test.each([
    ['token-id', 'ABC123'],
    ['token-secret', 'short'],
    ['expiration', 'tomorrow'],
  ])('a bootstrap token with a wrong %s', async (key, value) => {
    const good = { 'token-id': 'abc123', 'token-secret': '0123456789abcdef' };
    const type = 'bootstrap.kubernetes.io/token';
    const metadata = { namespace: 'kube-system' };
    const token = (stringData: object): object =>
      secret('bootstrap-token-abc123', { type, stringData }, metadata);
    expect(await codesIn(token(good))).toEqual([]);
    expect(await codesIn(token({ ...good, [key]: value }))).toEqual(['secrets/bootstrap-token']);
  });
});

describe('credentials of registries', () => {
  const AUTH = Buffer.from('pull:a:b').toString('base64');
  const config = (value: unknown): object =>
    secret('registry', {
      type: 'kubernetes.io/dockerconfigjson',
      stringData: {
        '.dockerconfigjson': typeof value === 'string' ? value : JSON.stringify(value),
      },
    });
  test.each<[unknown, string[]]>([
    [{ auths: { 'registry.example.com': { auth: AUTH } } }, []],
    [{ auths: { 'registry.example.com': { auth: AUTH.replaceAll('=', '') } } }, []],
    [{ auths: { 'registry.example.com': { username: 'pull', password: '' } } }, []],
    [{ auths: { a: { username: 'pull', password: 'a:b', auth: AUTH } } }, []],
    [{ auths: { a: { username: 'pull', password: 'a', auth: AUTH } } }, ['secrets/docker-auth']],
    [{ auths: { a: { auth: 'cHVsbA==' } } }, ['secrets/docker-auth']],
    [{ auths: { a: {} } }, ['secrets/docker-auth']],
    [{ auths: { a: 'x' } }, ['secrets/docker-config']],
    [{ auths: [] }, ['secrets/docker-config']],
    [{ credHelpers: { a: 'ecr-login' } }, ['secrets/docker-config']],
    ['', ['secrets/docker-config']],
    ['[]', ['secrets/docker-config']],
  ])('%j', async (value, expected) => {
    expect(await codesIn(config(value))).toEqual(expected);
  });

  test.each([
    ['https://index.docker.io/v1/', []],
    ['docker.io', []],
    ['http://registry.example.com:5000', []],
    ['*.dkr.ecr.eu-central-1.amazonaws.com', []],
    ['registry.example.com/team', []],
    ['https://registry.example.com/v2/', []],
    ['https://registry.example.com/v2', ['secrets/docker-registry']],
    ['https://hub.docker.com', ['secrets/docker-registry']],
    ['oci://registry.example.com', ['secrets/docker-registry']],
    ['registry.example.com/web:1', ['secrets/docker-registry']],
    ['user@registry.example.com', ['secrets/docker-registry']],
    ['Registry.example.com', ['secrets/docker-registry']],
    ['*', ['secrets/docker-registry']],
  ])('the registry %s', async (registry, expected) => {
    expect(await codesIn(config({ auths: { [registry]: { auth: AUTH } } }))).toEqual(expected);
  });

  test('a placeholder in a mirror, which Reflector fills', async () => {
    const source = secret(
      'registry',
      {},
      reflector({ 'reflection-allowed': 'true' }, { namespace: 'a' }),
    );
    const type = 'kubernetes.io/dockerconfigjson';
    const mirror = secret(
      'copy',
      { type, stringData: { '.dockerconfigjson': '{}' } },
      reflector({ reflects: 'a/registry' }),
    );
    expect(await codesIn(source, mirror, pod({ imagePullSecrets: [{ name: 'copy' }] }))).toEqual(
      [],
    );
  });

  test('no value comes into a message', async () => {
    const values = { username: 'hidden-user', password: 'hidden-password', auth: AUTH };
    const said = await messagesIn(config({ auths: { 'oci://a': values } }));
    expect(said).toHaveLength(2);
    expect(said.join('\n')).not.toMatch(/hidden|cHVsb/);
    const url = await messagesIn(config({ auths: { 'https://a:hidden@b': values } }));
    expect(url).toHaveLength(2);
    expect(url.join('\n')).not.toMatch(/hidden|cHVsb/);
  });
});

const TLS = path.join(ROOT, 'test/rules/tls');
const pem = (name: string): string => readFileSync(path.join(TLS, name), 'utf8');

function tls(certificate: string, key: string, name = 'blog-cert'): object {
  const type = 'kubernetes.io/tls';
  return secret(name, { type, stringData: { 'tls.crt': certificate, 'tls.key': key } });
}

describe('TLS pairs', () => {
  const LEAF = pem('leaf.crt');
  const KEY = pem('leaf.key');
  const AUTHORITY = pem('ca.crt');
  test.each<[string, object, string[]]>([
    ['the certificate and its authority', tls(LEAF + AUTHORITY, KEY), []],
    ['text before the certificate', tls(`subject=CN = a\n${LEAF}`, KEY), []],
    ['line ends of Windows', tls(LEAF.replaceAll('\n', '\r\n'), KEY), []],
    ['nothing yet', tls('', ''), []],
    ['the authority first', tls(AUTHORITY + LEAF, KEY), ['secrets/tls-pair']],
    ['the authority alone', tls(AUTHORITY, KEY), ['secrets/tls-pair']],
    ['both swapped', tls(KEY, LEAF), ['secrets/tls-certificate']],
    ['an encrypted key', tls(LEAF, pem('encrypted.key')), ['secrets/tls-key']],
    [
      'base64 of base64',
      tls(Buffer.from(LEAF).toString('base64'), KEY),
      ['secrets/tls-certificate'],
    ],
    ['a certificate that is cut off', tls(LEAF.slice(0, -60), KEY), ['secrets/tls-certificate']],
    ['one that has expired', tls(pem('expired.crt'), KEY), ['secrets/tls-validity']],
    ['one for later', tls(pem('later.crt'), KEY), ['secrets/tls-validity']],
  ])('%s', async (_, manifest, expected) => {
    expect(await codesIn(manifest)).toEqual(expected);
  });

  test('in data, as base64', async () => {
    const data = {
      'tls.crt': Buffer.from(AUTHORITY).toString('base64'),
      'tls.key': Buffer.from(KEY).toString('base64'),
    };
    const found = await codesIn(
      secret('a', { type: 'kubernetes.io/tls', data, stringData: undefined }),
    );
    expect(found).toEqual(['secrets/tls-pair']);
  });

  test('the date is said, and nothing of the key', async () => {
    const said = await messagesIn(tls(pem('expired.crt'), KEY));
    expect(said).toEqual(['the certificate in tls.crt expired on 2021-01-01']);
  });

  const certificate = (...dnsNames: string[]): object[] => [
    BLOG,
    custom('cert-manager.io/v1', 'Issuer', 'internal', { selfSigned: {} }),
    custom('cert-manager.io/v1', 'Certificate', 'blog', {
      secretName: 'blog-cert',
      dnsNames,
      issuerRef: { name: 'internal' },
    }),
  ];
  test.each<[string, object[], string[]]>([
    ['blog.example.com', [BLOG, tls(LEAF, KEY)], []],
    ['Blog.example.com', certificate('blog.example.com'), []],
    ['shop.example.com', [BLOG, tls(LEAF, KEY)], ['secrets/tls-hosts']],
    ['a.example.com', certificate('*.example.com'), []],
    ['a.b.example.com', certificate('*.example.com'), ['secrets/tls-hosts']],
    ['example.com', certificate('*.example.com'), ['secrets/tls-hosts']],
    ['example.com', certificate('*.example.com', 'example.com'), []],
  ])('an Ingress for %s (%#)', async (host, manifests, expected) => {
    const served = ingress({ hosts: [host], secretName: 'blog-cert' });
    const found = await codesIn(...manifests, served);
    expect(found.filter((code) => code === 'secrets/tls-hosts')).toEqual(expected);
  });
});

describe('sealed values', () => {
  const value = (keyBytes: number, textBytes: number): string => {
    const bytes = Buffer.alloc(2 + keyBytes + 16 + textBytes);
    bytes.writeUInt16BE(keyBytes);
    return bytes.toString('base64');
  };
  test.each([
    [value(512, 0), []],
    [value(256, 5), []],
    [value(512, 5).slice(0, 600), ['secrets/sealed-value']],
    [value(300, 5), ['secrets/sealed-value']],
    ['', ['secrets/sealed-value']],
    ['{{ password }}', ['secrets/sealed-value']],
  ])('%.20s', async (password, expected) => {
    const sealed = custom('bitnami.com/v1alpha1', 'SealedSecret', 'database', {
      encryptedData: { password },
    });
    expect(await codesIn(sealed)).toEqual(expected);
  });

  const annotated = (own: object, template: object): object => ({
    apiVersion: 'bitnami.com/v1alpha1',
    kind: 'SealedSecret',
    metadata: { name: 'database', namespace: 'shop', annotations: own },
    spec: {
      encryptedData: { password: value(512, 1) },
      template: { metadata: { annotations: template } },
    },
  });
  const CLUSTER = { 'sealedsecrets.bitnami.com/cluster-wide': 'true' };
  const NAMESPACE = { 'sealedsecrets.bitnami.com/namespace-wide': 'true' };
  test.each<[string, object, object, string[]]>([
    ['in both', CLUSTER, CLUSTER, []],
    ['in the SealedSecret alone', NAMESPACE, {}, []],
    ['in the template alone', {}, CLUSTER, ['secrets/sealed-scope']],
    ['another one in the template', NAMESPACE, CLUSTER, ['secrets/sealed-scope']],
    ['the wider one wins', { ...NAMESPACE, ...CLUSTER }, CLUSTER, []],
  ])('a scope %s', async (_, own, template, expected) => {
    expect(await codesIn(annotated(own, template))).toEqual(expected);
  });
});
