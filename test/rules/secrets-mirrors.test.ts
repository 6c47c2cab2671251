import { describe, expect, test } from 'vitest';
import { findingsIn } from './findings-in.ts';
import {
  codesIn,
  secret,
  configMap,
  namespace,
  custom,
  PREFIX,
  reflector,
  mirrored,
} from './secrets-manifests.ts';

describe('patterns of Reflector', () => {
  test.each([
    ['team-.*', 'team-.*', []],
    ['team-.*', '.*', []],
    ['team-a', 'team-[a-z]', []],
    ['team-.*', 'team-a', []],
    ['.*-prod', 'team-.*', []],
    ['team-.+', 'team-', ['secrets/mirror-outside-allowed']],
    ['team-.*', 'shop-.*', ['secrets/mirror-outside-allowed']],
    ['team-a', 'team-b', ['secrets/mirror-outside-allowed']],
    ['team-a,shop', 'team-a', ['secrets/mirror-outside-allowed']],
    ['team-(a|b)', 'shop-(a|b)', []],
    ['^team-.*$', 'team-.*', []],
  ])('%s in what %s allows', async (auto, allowed, expected) => {
    expect(await codesIn(secret('registry', {}, mirrored(auto, allowed)))).toEqual(expected);
  });

  test.each([
    ['team-[0-9]+', []],
    ['team(-[a-z]+)?', []],
    ['(?i)team', []],
    ['team-\\d{2}', []],
    ['[(]team', []],
    ['team-[0-9', ['secrets/mirror-pattern']],
    ['team-(a', ['secrets/mirror-pattern']],
    ['team-[a,b]', ['secrets/mirror-pattern']],
    ['team-a{1,3}', ['secrets/mirror-pattern']],
    ['team|team-a', ['secrets/mirror-alternative']],
    ['team|team-.*', ['secrets/mirror-alternative']],
    ['team-a|team', []],
    ['team-.*|team-a', []],
    ['(?:team|team-a)', []],
  ])('%s', async (pattern, expected) => {
    expect(await codesIn(secret('registry', {}, mirrored(pattern)))).toEqual(expected);
  });

  test('of what is no Secret of Kubernetes is read where the Secret gets it', async () => {
    const certificate = custom('cert-manager.io/v1', 'Certificate', 'blog', {
      secretName: 'blog',
      dnsNames: ['blog.example.com'],
      issuerRef: { name: 'internal' },
      secretTemplate: mirrored('team-[0-9'),
    });
    const issuer = custom('cert-manager.io/v1', 'Issuer', 'internal', { selfSigned: {} });
    const found = await findingsIn(
      `${JSON.stringify(certificate)}\n---\n${JSON.stringify(issuer)}`,
    );
    expect(found.map(({ path: place }) => place)).toEqual([
      ['spec', 'secretTemplate', 'annotations', `${PREFIX}reflection-auto-namespaces`],
    ]);
  });
});

describe('namespaces that Reflector reaches', () => {
  const AUTO = mirrored('team-.*');
  test.each<[string, object[], string[]]>([
    ['no Namespace is rendered', [secret('registry', {}, AUTO)], []],
    ['one that matches', [namespace('team-a'), secret('registry', {}, AUTO)], []],
    [
      'one that does not',
      [namespace('shop'), namespace('taem-a'), secret('registry', {}, AUTO)],
      ['secrets/mirror-reaches-nothing'],
    ],
    ['only that of the source', [namespace('shop'), secret('registry', {}, AUTO)], []],
  ])('%s', async (_, manifests, expected) => {
    expect(await codesIn(...manifests)).toEqual(expected);
  });

  test('nothing is said of what is not there when only a part is rendered', async () => {
    const yaml = [namespace('taem-a'), secret('registry', {}, AUTO)].map((one) =>
      JSON.stringify(one),
    );
    expect(await findingsIn(yaml.join('\n---\n'), { isPartial: true })).toEqual([]);
  });
});

describe('mirrors', () => {
  const mirror = (reflects: string): object =>
    secret('copy', { stringData: {} }, reflector({ reflects }));
  const source = (annotations: Readonly<Record<string, string>>): object =>
    secret('registry', {}, reflector(annotations, { namespace: 'platform' }));
  test.each<[string, object[], string[]]>([
    ['a source that allows all', [source({ 'reflection-allowed': 'True ' })], []],
    [
      'a source without annotations',
      [secret('registry', {}, { namespace: 'platform' })],
      ['secrets/mirror-source-closed'],
    ],
    [
      'a source that allows others',
      [source({ 'reflection-allowed': 'true', 'reflection-allowed-namespaces': 'team-.*' })],
      ['secrets/mirror-source-closed'],
    ],
    [
      'a source that allows by labels',
      [
        source({
          'reflection-allowed': 'true',
          'reflection-allowed-namespaces-selector': 'team=web',
        }),
      ],
      [],
    ],
    ['no source', [], ['secrets/mirror-source-missing']],
  ])('%s', async (_, manifests, expected) => {
    expect(await codesIn(...manifests, mirror('platform/registry'))).toEqual(expected);
  });

  test.each<[string, string, object, string[]]>([
    ['where a mirror lands', 'shop', {}, ['secrets/mirror-collision']],
    ['where none lands', 'team', {}, []],
    ['that is the mirror itself', 'shop', reflector({ reflects: 'platform/registry' }), []],
  ])('a Secret of the same name %s', async (_, auto, metadata, expected) => {
    const annotated = secret('registry', {}, { ...mirrored(auto), namespace: 'platform' });
    expect(await codesIn(annotated, secret('registry', {}, metadata))).toEqual(expected);
  });

  test('a ConfigMap of the same name is no mirror of a Secret', async () => {
    const annotated = secret('registry', {}, { ...mirrored('shop'), namespace: 'platform' });
    expect(await codesIn(annotated, configMap('registry', {}))).toEqual([]);
  });
});

test.each<[Readonly<Record<string, string>>, string[]]>([
  [{ 'reflection-allowed-namespaces': ' , ' }, ['secrets/mirror-everywhere']],
  [{ 'reflection-allowed-namespaces': '', 'reflection-allowed-namespaces-selector': 'a=b' }, []],
  [{}, []],
  [{ 'reflection-allowed': 'false', 'reflection-allowed-namespaces': '' }, []],
  [
    {
      'reflection-auto-enabled': 'true',
      'reflection-auto-namespaces': '',
      'reflection-allowed-namespaces': 'team-.*',
    },
    [],
  ],
])('an empty list: %j', async (annotations, expected) => {
  const metadata = reflector({ 'reflection-allowed': 'true', ...annotations });
  expect(await codesIn(secret('registry', {}, metadata))).toEqual(expected);
});
