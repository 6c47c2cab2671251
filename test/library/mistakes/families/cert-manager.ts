import { CERT_MANAGER_CODE, missing, noField, tooMany } from '../says.ts';
import type { Variant } from '../variant.ts';

const certificate: Variant = {
  name: 'cert-manager: Certificate and Issuer',
  inK8sLibsonnet: false,
  files: {
    'main.jsonnet': `local certManager = import 'cert-manager/main.libsonnet';
local certificate = certManager.certManager.v1.certificate;
local issuer = certManager.certManager.v1.issuer;

{
  certificate:
    certificate.new('shop')
    + certificate.spec.withSecretName('shop-tls')
    + certificate.spec.withDnsNames(['shop.example.com'])
    + certificate.spec.withUsages(['server auth'])
    + certificate.spec.withRevisionHistoryLimit(3)
    + certificate.spec.privateKey.withAlgorithm('ECDSA')
    + certificate.spec.privateKey.withSize(256)
    + certificate.spec.secretTemplate.withLabels({ team: 'shop' })
    + certificate.spec.issuerRef.withName('letsencrypt')
    + certificate.spec.issuerRef.withKind('Issuer'),
  issuer:
    issuer.new('letsencrypt')
    + issuer.spec.acme.withServer('https://acme-v02.api.letsencrypt.org/directory')
    + issuer.spec.acme.withEmail('ops@example.com')
    + issuer.spec.acme.privateKeySecretRef.withName('letsencrypt-account')
    + issuer.spec.acme.withSolvers([
      {
        selector: { dnsZones: ['example.com'] },
        dns01: { route53: { region: 'eu-central-1', hostedZoneID: 'Z123' } },
      },
      { http01: { ingress: { ingressClassName: 'nginx' } } },
    ]),
}
`,
  },
  mistakes: {
    'misspelt function': [
      { from: 'spec.withDnsNames(', to: 'spec.withDNSNames(', ...noField('withDNSNames') },
      { from: 'acme.withServer(', to: 'acme.withServerUrl(', ...noField('withServerUrl') },
    ],
    'misspelt group, version or kind': [
      {
        from: 'certManager.certManager.v1.issuer',
        to: 'certManager.certmanager.v1.issuer',
        ...noField('certmanager'),
      },
      {
        from: 'certManager.certManager.v1.certificate',
        to: 'certManager.certManager.v1alpha2.certificate',
        ...noField('v1alpha2'),
      },
    ],
    'misspelt nested group': [
      { from: 'spec.issuerRef.withName', to: 'spec.issuer.withName', ...noField('issuer') },
      {
        from: 'acme.privateKeySecretRef.',
        to: 'acme.privateKeySecret.',
        ...noField('privateKeySecret'),
      },
    ],
    'missing argument': [{ from: 'withSize(256)', to: 'withSize()', ...missing('size') }],
    'too many arguments': [
      {
        from: `withDnsNames(['shop.example.com'])`,
        to: `withDnsNames('shop.example.com', 'www.example.com')`,
        ...tooMany(1),
      },
    ],
    'string for a number': [
      {
        from: 'withRevisionHistoryLimit(3)',
        to: `withRevisionHistoryLimit('3')`,
        evaluation:
          'certificate.spec.withRevisionHistoryLimit: revisionHistoryLimit must be an integer, got string "3"',
      },
    ],
    'number for a string': [
      {
        from: `withSecretName('shop-tls')`,
        to: 'withSecretName(1)',
        evaluation: 'certificate.spec.withSecretName: secretName must be a string, got number 1',
      },
    ],
    'wrong kind of value': [
      {
        from: `dnsZones: ['example.com']`,
        to: `dnsZones: 'example.com'`,
        evaluation:
          'issuer.spec.acme.withSolvers: solvers[0].selector.dnsZones must be an array, got string',
      },
      {
        from: `withLabels({ team: 'shop' })`,
        to: `withLabels(['team=shop'])`,
        evaluation:
          'certificate.spec.secretTemplate.withLabels: labels must be an object, got array',
      },
    ],
    'scalar for an object': [
      {
        from: `{ http01: { ingress: { ingressClassName: 'nginx' } } }`,
        to: `'http01'`,
        evaluation: 'issuer.spec.acme.withSolvers: solvers[1] must be an object, got string',
      },
    ],
    'misspelt enum value': [
      {
        from: `'ECDSA'`,
        to: `'ecdsa'`,
        evaluation:
          'certificate.spec.privateKey.withAlgorithm: algorithm must be "RSA", "ECDSA" or "Ed25519", got string "ecdsa"',
      },
      {
        from: `['server auth']`,
        to: `['serverAuth']`,
        evaluation:
          'certificate.spec.withUsages: usages[0] must be "signing", "digital signature", "content commitment", "key encipherment", "key agreement", "data encipherment", "cert sign", "crl sign", "encipher only", "decipher only", "any", "server auth", "client auth", "code signing", "email protection", "s/mime", "ipsec end system", "ipsec tunnel", "ipsec user", "timestamping", "ocsp signing", "microsoft sgc" or "netscape sgc", got string "serverAuth"',
      },
    ],
    'misspelt field of an item': [
      {
        from: 'http01:',
        to: 'http1:',
        evaluation:
          'issuer.spec.acme.withSolvers: solvers[1] has no field "http1"; did you mean "http01"?',
      },
      {
        from: 'dnsZones:',
        to: 'dnszones:',
        evaluation:
          'issuer.spec.acme.withSolvers: solvers[0].selector has no field "dnszones"; did you mean "dnsZones"?',
      },
    ],
    'deep inside an item': [
      {
        from: 'hostedZoneID:',
        to: 'hostedZoneId:',
        evaluation:
          'issuer.spec.acme.withSolvers: solvers[0].dns01.route53 has no field "hostedZoneId"; did you mean "hostedZoneID"?',
      },
      {
        from: `ingressClassName: 'nginx'`,
        to: `ingressClassName: ['nginx']`,
        evaluation:
          'issuer.spec.acme.withSolvers: solvers[1].http01.ingress.ingressClassName must be a string, got array',
      },
    ],
    'field at the wrong level': [
      {
        from: `dns01: { route53: { region: 'eu-central-1', hostedZoneID: 'Z123' } }`,
        to: `route53: { region: 'eu-central-1', hostedZoneID: 'Z123' }`,
        evaluation:
          'issuer.spec.acme.withSolvers: solvers[0] has no field "route53"; it has dns01, http01, selector, waitInsteadOfSelfCheck',
      },
      {
        from: `certificate.spec.issuerRef.withKind('Issuer')`,
        to: `certificate.withKind('Issuer')`,
        ...noField('withKind'),
      },
    ],
    'wrong value in a map': [
      {
        from: `{ team: 'shop' }`,
        to: '{ team: true }',
        evaluation:
          'certificate.spec.secretTemplate.withLabels: labels.team must be a string, got boolean true',
      },
    ],
    'out of range': [
      {
        from: 'withRevisionHistoryLimit(3)',
        to: 'withRevisionHistoryLimit(0)',
        open: CERT_MANAGER_CODE,
      },
    ],
    'patch on the wrong object': [
      {
        from: '+ certificate.spec.privateKey.withSize(256)',
        to: '+ issuer.spec.selfSigned.withCrlDistributionPoints([])',
        validation: 'unknown field "selfSigned"',
      },
      {
        from: `+ issuer.spec.acme.withEmail('ops@example.com')`,
        to: `+ issuer.spec.acme.solvers.http01.ingress.withIngressClassName('nginx')`,
        validation: 'unknown field "http01"',
      },
    ],
    'null for a value': [
      {
        from: `withSecretName('shop-tls')`,
        to: 'withSecretName(null)',
        evaluation: 'certificate.spec.withSecretName: secretName must be a string, got null',
      },
    ],
  },
};

export const CERT_MANAGER: readonly Variant[] = [certificate];
