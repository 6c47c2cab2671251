import { describe, expect, test } from 'vitest';
import type { RuleSettings } from '../../../lib/validate/rendered/rendered-objects.ts';
import { findingsIn } from '../findings-in.ts';
import {
  codesIn,
  object,
  gateway,
  https,
  secret,
  workload,
  REFLECTED,
  SIMPLE,
} from './short-yaml.ts';

describe('the Secret of a Gateway', () => {
  const rendered = gateway(https(SIMPLE));

  test('in its own namespace instead of the workload’s is one error that names both', async () => {
    const certificate = `apiVersion: cert-manager.io/v1
kind: Certificate
metadata: {name: shop, namespace: shop}
spec: {secretName: shop-tls, dnsNames: [shop.example.com], issuerRef: {name: internal}}
---
apiVersion: cert-manager.io/v1
kind: Issuer
metadata: {name: internal, namespace: shop}
spec: {selfSigned: {}}
---
`;
    const findings = await findingsIn(certificate + rendered);
    expect(findings).toMatchObject([
      {
        code: 'gateways/credential-namespace',
        severity: 'error',
        resource: { kind: 'Gateway', name: 'shop' },
        path: ['spec', 'servers', 0, 'tls', 'credentialName'],
        value: 'shop-tls',
      },
    ]);
    expect(findings[0]?.message).toMatch(/namespace istio-system.* in shop$/);
  });

  const internal = gateway(https(SIMPLE), 'shop/shop', '{istio: internal}');
  const settings = {
    gateways: [{ selector: { app: 'gw', istio: 'internal' }, namespace: 'edge' }],
  };
  test.each<[string, string, string[], RuleSettings?]>([
    ['there', secret('istio-system/shop-tls') + rendered, []],
    [
      'copied there',
      secret('shop/shop-tls', { annotations: REFLECTED('istio-.*') }) + rendered,
      [],
    ],
    [
      'copied elsewhere',
      secret('shop/shop-tls', { annotations: REFLECTED('web') }) + rendered,
      ['gateways/credential-namespace'],
    ],
    ['nowhere', rendered, ['gateways/credential-missing']],
    ['somewhere, the workload unknown', secret('shop/shop-tls') + internal, []],
    ['nowhere, the workload unknown', internal, ['gateways/credential-missing']],
    [
      'not where the settings say',
      secret('shop/shop-tls') + internal,
      ['gateways/credential-namespace'],
      settings,
    ],
    ['where the settings say', secret('edge/shop-tls') + internal, [], settings],
    [
      'not with the rendered workload',
      workload('web/gw', '{istio: ingressgateway, app: gw}') +
        secret('istio-system/shop-tls') +
        rendered,
      ['gateways/credential-namespace'],
    ],
    [
      'with the rendered workload, whatever the settings say',
      workload('web/gw', '{istio: internal}') + secret('web/shop-tls') + internal,
      [],
      settings,
    ],
    [
      'with a namespace that is not said',
      secret('/shop-tls').replace(', namespace: ', '') + rendered,
      [],
    ],
    ['without a selector', secret('shop/shop-tls') + gateway(https(SIMPLE), 'shop/shop', '{}'), []],
    ['not used, since TLS is passed through', gateway(https('{mode: PASSTHROUGH}')), []],
    ['the mesh’s own', gateway(https('{mode: SIMPLE, credentialName: "builtin://"}')), []],
    [
      'named with the right namespace',
      secret('istio-system/shop-tls') +
        gateway(https('{mode: SIMPLE, credentialName: kubernetes://istio-system/shop-tls}')),
      ['gateways/credential-form'],
    ],
    [
      'named in a list',
      secret('istio-system/a') + gateway(https('{mode: SIMPLE, credentialNames: [a, b]}')),
      ['gateways/credential-missing'],
    ],
  ])('is %s', async (_, yaml, codes, rules) => {
    expect(await codesIn(yaml, rules)).toEqual(codes);
  });

  const mutual = (more = '') => gateway(https(`{mode: MUTUAL, credentialName: shop-tls${more}}`));
  test.each([
    ['has no CA', secret('istio-system/shop-tls') + mutual(), ['gateways/client-ca']],
    [
      'has one',
      secret('istio-system/shop-tls', { keys: '{cert: a, key: b, cacert: c}' }) + mutual(),
      [],
    ],
    [
      'has one beside it',
      secret('istio-system/shop-tls') +
        secret('shop/shop-tls-cacert', { annotations: REFLECTED('') }) +
        mutual(),
      [],
    ],
    [
      'has a CA in a ConfigMap',
      secret('istio-system/shop-tls') +
        object('v1', 'ConfigMap', 'shop/ca', 'data: {ca.crt: a}') +
        mutual(', caCertCredentialName: configmap://shop/ca'),
      [],
    ],
    [
      'has a CA in a ConfigMap that is not there',
      secret('istio-system/shop-tls') + mutual(', caCertCredentialName: configmap://shop/ca'),
      ['gateways/credential-missing'],
    ],
    [
      'has keys from a store that does not say them',
      object(
        'external-secrets.io/v1',
        'ExternalSecret',
        'istio-system/shop-tls',
        'spec: {dataFrom: [{extract: {key: a}}]}',
      ) + mutual(),
      [],
    ],
    [
      'has other keys',
      secret('istio-system/shop-tls', { keys: '{tls.pem: a}' }) + gateway(https(SIMPLE)),
      ['gateways/credential-keys'],
    ],
  ])('%s', async (_, yaml, codes) => {
    expect(await codesIn(yaml)).toEqual(codes);
  });
});
