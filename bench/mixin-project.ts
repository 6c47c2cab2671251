import { mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { ROOT } from '../scripts/steps.ts';
import { SPEC } from './spec.ts';

/** Four objects, one of each family, made with the mixins. */
const MIXINS = `local tankard = import 'tankard/main.libsonnet';
local irsa = tankard.irsa;
local gateway = tankard.istioGateway;
local reflector = tankard.reflector;
[
  [
    irsa.serviceAccount.new('sa-' + i, 'external-secrets', 'arn:aws:iam::054000737513:role/k8s-main/ExternalSecrets')
    + irsa.serviceAccount.withTokenExpiration(3600),
    irsa.smokeTestPod.new('awscli-' + i, 'external-secrets', 'sa-' + i),
    gateway.gateway.new('gw-' + i, 'wordpress', gateway.server.tlsWithRedirect(['example.com', '*.example.com'], 'wild-cert')),
    { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'c-' + i, namespace: 'kube-system' }, data: { a: 'b' } }
    + reflector.source.mirroredTo([reflector.namespace.prefixed('wordpress-')]),
  ]
  for i in std.range(1, COUNT)
]
`;

/** The same objects, written out. */
const RAW = `[
  [
    { apiVersion: 'v1', kind: 'ServiceAccount', metadata: { name: 'sa-' + i, namespace: 'external-secrets', annotations: {
      'eks.amazonaws.com/role-arn': 'arn:aws:iam::054000737513:role/k8s-main/ExternalSecrets',
      'eks.amazonaws.com/token-expiration': '3600',
    } } },
    { apiVersion: 'v1', kind: 'Pod', metadata: { name: 'awscli-' + i, namespace: 'external-secrets', labels: { app: 'awscli-' + i } }, spec: {
      containers: [{ name: 'awscli-' + i, image: 'amazon/aws-cli', command: ['sleep', '604800'], imagePullPolicy: 'IfNotPresent' }],
      restartPolicy: 'Always',
      serviceAccountName: 'sa-' + i,
    } },
    { apiVersion: 'networking.istio.io/v1', kind: 'Gateway', metadata: { name: 'gw-' + i, namespace: 'wordpress' }, spec: {
      selector: { istio: 'ingressgateway' },
      servers: [
        { port: { name: 'https', number: 443, protocol: 'HTTPS' }, hosts: ['example.com', '*.example.com'], tls: { mode: 'SIMPLE', credentialName: 'wild-cert' } },
        { port: { name: 'http', number: 80, protocol: 'HTTP' }, hosts: ['example.com', '*.example.com'], tls: { httpsRedirect: true } },
      ],
    } },
    { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'c-' + i, namespace: 'kube-system', annotations: {
      'reflector.v1.k8s.emberstack.com/reflection-allowed': 'true',
      'reflector.v1.k8s.emberstack.com/reflection-allowed-namespaces': 'wordpress-.*',
      'reflector.v1.k8s.emberstack.com/reflection-auto-enabled': 'true',
      'reflector.v1.k8s.emberstack.com/reflection-auto-namespaces': 'wordpress-.*',
    } }, data: { a: 'b' } },
  ]
  for i in std.range(1, COUNT)
]
`;

/**
 * Writes a Tanka project with two environments that render the same objects: `mixins-N` and `raw-N`.
 *
 * @param root empty folder, absolute.
 * @param counts how many times four objects, for each pair of environments.
 */
export function writeMixinProject(root: string, counts: readonly number[]): void {
  writeFileSync(path.join(root, 'jsonnetfile.json'), '{"version":1,"dependencies":[]}');
  mkdirSync(path.join(root, 'vendor'));
  symlinkSync(path.join(ROOT, 'jsonnet', 'tankard'), path.join(root, 'vendor', 'tankard'));
  for (const count of counts)
    for (const [name, source] of [
      ['mixins', MIXINS],
      ['raw', RAW],
    ] as const) {
      const directory = path.join(root, 'environments', `${name}-${count}`);
      mkdirSync(directory, { recursive: true });
      writeFileSync(path.join(directory, 'spec.json'), SPEC);
      writeFileSync(path.join(directory, 'main.jsonnet'), source.replace('COUNT', String(count)));
    }
}
