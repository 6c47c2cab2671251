import { readFileSync, readdirSync } from 'node:fs';
import path from 'node:path';
import { loadAll } from 'js-yaml';
import { describe, expect, test } from 'vitest';
import { isRecord } from '../../lib/manifest/is-record.ts';
import type { Manifest } from '../../lib/manifest/parse-manifests.ts';
import { RenderedObjects } from '../../lib/validate/rendered/rendered-objects.ts';
import { SECRETS_RULES } from '../../lib/validate/rules/secrets/index.ts';
import { ROOT } from '../cli/tankard.ts';
import { findingsIn } from './findings-in.ts';
import {
  codesIn,
  messagesIn,
  secret,
  configMap,
  mirrored,
  pod,
  ingress,
  BLOG,
  custom,
} from './secrets-manifests.ts';

describe('references', () => {
  const env = (source: object): object => ({ env: [{ name: 'A', valueFrom: source }] });
  const key = (name: string, rest: object = {}): object =>
    env({ secretKeyRef: { name, key: 'password', ...rest } });
  const issuer = { 'cert-manager.io/cluster-issuer': 'letsencrypt' };
  test.each<[string, object[], string[]]>([
    ['a Secret', [secret('a'), pod({}, key('a'))], []],
    ['none', [pod({}, key('a'))], ['secrets/missing']],
    ['none, but optional', [pod({}, key('a', { optional: true }))], []],
    [
      'one of another namespace',
      [secret('a', {}, { namespace: 'b' }), pod({}, key('a'))],
      ['secrets/missing'],
    ],
    [
      'one that is mirrored',
      [secret('a', {}, { ...mirrored('shop'), namespace: 'b' }), pod({}, key('a'))],
      [],
    ],
    [
      'another key',
      [secret('a', { stringData: { b: '' } }), pod({}, key('a'))],
      ['secrets/missing-key'],
    ],
    [
      'another key, but optional',
      [secret('a', { stringData: { b: '' } }), pod({}, key('a', { optional: true }))],
      [],
    ],
    [
      'a volume',
      [pod({ volumes: [{ name: 'a', secret: { secretName: 'a' } }] })],
      ['secrets/missing'],
    ],
    [
      'items of a volume',
      [
        secret('a'),
        pod({
          volumes: [{ name: 'a', secret: { secretName: 'a', items: [{ key: 'b', path: 'b' }] } }],
        }),
      ],
      ['secrets/missing-key'],
    ],
    [
      'a projected volume',
      [
        pod({
          volumes: [
            {
              name: 'a',
              projected: { sources: [{ secret: { name: 'a' } }, { configMap: { name: 'b' } }] },
            },
          ],
        }),
      ],
      ['secrets/missing', 'secrets/config-map-missing'],
    ],
    [
      'envFrom',
      [pod({}, { envFrom: [{ secretRef: { name: 'a' } }, { configMapRef: { name: 'b' } }] })],
      ['secrets/missing', 'secrets/config-map-missing'],
    ],
    [
      'the certificate of the cluster',
      [pod({}, env({ configMapKeyRef: { name: 'kube-root-ca.crt', key: 'ca.crt' } }))],
      [],
    ],
    [
      'a key of binaryData',
      [
        { ...configMap('b', {}), binaryData: { logo: 'eA==' } },
        pod({}, env({ configMapKeyRef: { name: 'b', key: 'logo' } })),
      ],
      [],
    ],
    [
      'a pull secret of another kind',
      [secret('a'), pod({ imagePullSecrets: [{ name: 'a' }] })],
      ['secrets/pull-secret-type'],
    ],
    ['the Secret of an Ingress', [BLOG, ingress({ secretName: 'a' })], ['secrets/missing']],
    [
      'one without a certificate',
      [BLOG, secret('a'), ingress({ secretName: 'a' })],
      ['secrets/missing-key'],
    ],
    [
      'one that cert-manager makes for the Ingress',
      [BLOG, ingress({ secretName: 'a' }, issuer)],
      ['secrets/issuer-missing'],
    ],
  ])('%s', async (_, manifests, expected) => {
    expect((await codesIn(...manifests)).toSorted()).toEqual(expected.toSorted());
  });

  test('say how a ClusterIssuer is named only where an Issuer is', async () => {
    const issuersIn = async (...manifests: object[]) => {
      const found = await findingsIn(manifests.map((one) => JSON.stringify(one)).join('\n---\n'));
      return found.filter(({ code }) => code === 'secrets/issuer-missing');
    };
    const named = (annotations: object): object => ingress({ secretName: 'a' }, annotations);
    const [cluster] = await issuersIn(BLOG, named(issuer));
    expect(cluster?.hint).toBe(
      'When the cluster or another environment has it, accept this finding.',
    );
    const [own] = await issuersIn(BLOG, named({ 'cert-manager.io/issuer': 'letsencrypt' }));
    expect(own?.hint).toContain('for a ClusterIssuer, write cert-manager.io/cluster-issuer.');
  });

  test('say both namespaces', async () => {
    const [said] = await messagesIn(secret('a', {}, { namespace: 'b' }), pod({}, key('a')));
    expect(said).toBe(
      'no Secret a is rendered in the namespace shop, but in b, from which nothing copies it here',
    );
  });
});

describe('two objects for one Secret', () => {
  const external = (target: object): object =>
    custom('external-secrets.io/v1', 'ExternalSecret', 'a', {
      secretStoreRef: { name: 'aws' },
      target,
      data: [{ secretKey: 'password', remoteRef: { key: 'a' } }],
    });
  const store = custom('external-secrets.io/v1', 'SecretStore', 'aws', {
    provider: { aws: { service: 'SecretsManager', region: 'eu-central-1' } },
  });
  const managed = { annotations: { 'sealedsecrets.bitnami.com/managed': 'true' } };
  test.each<[object, object, string[]]>([
    [secret('a'), external({}), ['secrets/two-makers']],
    [secret('b'), external({ name: 'b' }), ['secrets/two-makers']],
    [secret('a'), external({ name: 'b' }), []],
    [secret('a'), external({ creationPolicy: 'Merge' }), []],
    [secret('a'), external({ creationPolicy: 'None' }), []],
    [secret('a', {}, managed), external({}), []],
    [secret('a', {}, { namespace: 'b' }), external({}), []],
  ])('%j and %j', async (one, other, expected) => {
    expect(await codesIn(store, one, other)).toEqual(expected);
  });
});

describe('Certificates', () => {
  const ISSUER = custom('cert-manager.io/v1', 'Issuer', 'internal', { selfSigned: {} });
  const NAMES = { dnsNames: ['blog.example.com'] };
  test.each<[object, string[]]>([
    [{ dnsNames: ['*.example.com', 'localhost', 'a_b.example.com'] }, []],
    [{ ipAddresses: ['10.0.0.1'] }, []],
    [{ uris: ['spiffe://cluster.local/ns/a'] }, []],
    [{}, ['secrets/certificate-names']],
    [{ dnsNames: ['a.example.com:443'] }, ['secrets/certificate-names']],
    [{ dnsNames: ['a.*.example.com'] }, ['secrets/certificate-names']],
    [{ ...NAMES, commonName: 'x'.repeat(64) }, []],
    [{ ...NAMES, commonName: 'x'.repeat(65) }, ['secrets/certificate-names']],
    [{ ...NAMES, duration: '2160h', renewBefore: '360h' }, []],
    [{ ...NAMES, renewBefore: '2160h' }, ['secrets/certificate-duration']],
    [{ ...NAMES, duration: '1h30m', renewBefore: '30m0s' }, []],
    [{ ...NAMES, duration: '30m' }, ['secrets/certificate-duration']],
    [{ ...NAMES, duration: '1 h' }, ['secrets/certificate-duration']],
    [{ ...NAMES, privateKey: { size: 4096 } }, []],
    [{ ...NAMES, privateKey: { size: 1024 } }, ['secrets/certificate-key-size']],
    [{ ...NAMES, privateKey: { algorithm: 'Ed25519', size: 1 } }, []],
  ])('%j', async (spec, expected) => {
    const certificate = custom('cert-manager.io/v1', 'Certificate', 'blog', {
      secretName: 'blog',
      issuerRef: { name: 'internal' },
      ...spec,
    });
    expect(await codesIn(ISSUER, certificate)).toEqual(expected);
  });

  test('an issuer of another project is none of ours', async () => {
    const certificate = custom('cert-manager.io/v1', 'Certificate', 'blog', {
      secretName: 'blog',
      issuerRef: { name: 'aws', kind: 'AWSPCAIssuer', group: 'awspca.cert-manager.io' },
      ...NAMES,
    });
    expect(await codesIn(certificate)).toEqual([]);
  });
});

describe('templates', () => {
  test.each([
    ['{{ .password }}', []],
    ['{{ .password | b64enc }} {{ index . "user" }}', []],
    ['{{ .pasword }}', ['secrets/template-value-missing']],
    ['{{ printf "%s" .pasword }}', ['secrets/template-value-missing']],
    ['{{ index . "usr" }}', ['secrets/template-value-missing']],
    ['{{ "text with .dots" }} a.b', []],
    ['{{ with .other }}{{ .inner }}{{ end }}', []],
    ['{{ .other | default "x" }}', []],
    ['{{ $x := .password }}{{ $x.y }}', []],
  ])('%s', async (text, expected) => {
    const external = custom('external-secrets.io/v1', 'ExternalSecret', 'database', {
      secretStoreRef: { name: 'aws' },
      target: { template: { data: { text } } },
      data: ['user', 'password'].map((secretKey) => ({ secretKey, remoteRef: { key: 'a' } })),
    });
    const store = custom('external-secrets.io/v1', 'SecretStore', 'aws', {
      provider: { aws: { service: 'SecretsManager', region: 'eu-central-1' } },
    });
    expect(await codesIn(external, store)).toEqual(expected);
  });
});

describe('values of any type', () => {
  const STRANGE = [null, true, 7, '', 'x', [], {}, [null], [[]], { a: null }];
  const pages = path.join(ROOT, 'docs/rules/secrets');

  /** The same value once more for each member that it has, with that member replaced. */
  function* broken(value: unknown): Iterable<unknown> {
    yield* STRANGE;
    if (Array.isArray(value))
      for (const [index, item] of value.entries())
        for (const other of broken(item)) yield value.with(index, other);
    else if (isRecord(value))
      for (const [key, item] of Object.entries(value))
        for (const other of broken(item)) yield { ...value, [key]: other };
  }

  function manifestOf(value: Readonly<Record<string, unknown>>, index: number): Manifest {
    const metadata = value['metadata'];
    const { name, namespace: place } = isRecord(metadata) ? metadata : {};
    const text = (one: unknown): string => (typeof one === 'string' ? one : '');
    const { apiVersion, kind } = value;
    const named = { apiVersion: text(apiVersion), kind: text(kind), name: text(name) };
    return {
      index,
      value,
      resource: typeof place === 'string' ? { ...named, namespace: place } : named,
    };
  }

  test.each(readdirSync(pages))('%s: no rule throws', async (page) => {
    const texts = readFileSync(path.join(pages, page), 'utf8').matchAll(/^```yaml\n(.*?)^```$/gms);
    for (const [, yaml = ''] of texts) {
      const documents = loadAll(yaml).filter(isRecord);
      for (const [index, document] of documents.entries())
        for (const spec of broken(document))
          if (isRecord(spec)) {
            const manifests = documents.with(index, spec).map(manifestOf);
            const objects = new RenderedObjects(manifests);
            for (const rule of SECRETS_RULES) Array.from(await rule.check(objects));
          }
    }
  });
});
