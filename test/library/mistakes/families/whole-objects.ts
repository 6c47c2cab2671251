import { missing, noField } from '../says.ts';
import type { Variant } from '../variant.ts';

const objects: Variant = {
  name: 'whole objects: fromObject, and helpers that take objects',
  inK8sLibsonnet: false,
  files: {
    'main.jsonnet': `local certManager = import 'cert-manager/main.libsonnet';
local k = import 'k.libsonnet';
local statefulSet = k.apps.v1.statefulSet;
local container = k.core.v1.container;

{
  job: k.batch.v1.job.fromObject({
    apiVersion: 'batch/v1',
    kind: 'Job',
    metadata: { name: 'once' },
    spec: {
      template: {
        spec: { restartPolicy: 'Never', containers: [{ name: 'once', image: 'shop:4' }] },
      },
    },
  }),
  issuer: certManager.certManager.v1.issuer.fromObject({
    apiVersion: 'cert-manager.io/v1',
    kind: 'Issuer',
    metadata: { name: 'own' },
    spec: { ca: { secretName: 'ca' } },
  }),
  database:
    statefulSet.new('db', 1, [container.new('db', 'postgres:18')], [
      {
        metadata: { name: 'data' },
        spec: { accessModes: ['ReadWriteOnce'], resources: { requests: { storage: '1Gi' } } },
      },
    ])
    + statefulSet.spec.withServiceName('db')
    + statefulSet.mapContainers(function(one) one + container.withImagePullPolicy('Always')),
  agent:
    k.apps.v1.daemonSet.new('agent', [container.new('agent', 'agent:1')])
    + k.apps.v1.daemonSet.hostVolumeMount('logs', '/var/log', '/logs', true),
}
`,
  },
  mistakes: {
    'misspelt function': [
      { from: 'v1.job.fromObject', to: 'v1.job.fromObjects', ...noField('fromObjects') },
      {
        from: 'one + container.withImagePullPolicy',
        to: 'one + container.withPullPolicy',
        ...noField('withPullPolicy'),
      },
    ],
    'missing argument': [
      { from: `'/var/log', '/logs', true`, to: `'/var/log'`, ...missing('path') },
    ],
    'misspelt group, version or kind': [
      {
        from: `apiVersion: 'batch/v1'`,
        to: `apiVersion: 'batch/v1beta1'`,
        evaluation:
          'job.fromObject: object must have the apiVersion "batch/v1", got string "batch/v1beta1"',
      },
      {
        from: `kind: 'Issuer'`,
        to: `kind: 'ClusterIssuer'`,
        evaluation:
          'issuer.fromObject: object must have the kind "Issuer", got string "ClusterIssuer"',
      },
    ],
    'misspelt field of an item': [
      {
        from: `{ name: 'once', image: 'shop:4' }`,
        to: `{ name: 'once', img: 'shop:4' }`,
        evaluation:
          'job.fromObject: object.spec.template.spec.containers[0] has no field "img"; did you mean "image"?',
      },
      {
        from: `ca: { secretName: 'ca' }`,
        to: `ca: { secret: 'ca' }`,
        evaluation:
          'issuer.fromObject: object.spec.ca has no field "secret"; it has crlDistributionPoints, issuingCertificateURLs, ocspServers, secretName',
      },
      {
        from: `accessModes: ['ReadWriteOnce']`,
        to: `accessMode: ['ReadWriteOnce']`,
        evaluation:
          'statefulSet.spec.withVolumeClaimTemplates: volumeClaimTemplates[0].spec has no field "accessMode"; did you mean "accessModes"?',
      },
    ],
    'field at the wrong level': [
      {
        from: `spec: { restartPolicy: 'Never', containers`,
        to: `restartPolicy: 'Never', spec: { containers`,
        evaluation:
          'job.fromObject: object.spec.template has no field "restartPolicy"; it has metadata, spec',
      },
    ],
    'misspelt enum value': [
      {
        from: `'Always'`,
        to: `'always'`,
        evaluation:
          'container.withImagePullPolicy: imagePullPolicy must be "Always", "IfNotPresent" or "Never", got string "always"',
      },
    ],
    'wrong argument of a helper': [
      {
        from: `'/logs', true`,
        to: `'/logs', 'true'`,
        evaluation: 'daemonSet.hostVolumeMount: readOnly must be true or false, got string "true"',
      },
      {
        from: `function(one) one + container.withImagePullPolicy('Always')`,
        to: `function(one) container.withImagePullPolicy('Always')`,
        validation: 'the required field "name" is missing',
        consequence: 'the container has no image',
      },
      {
        from: `function(one) one + container`,
        to: `function() container`,
        evaluation: 'statefulSet.mapContainers: f must be a function of a container, got function',
      },
    ],
    'missing field of an item': [
      {
        from: `{ name: 'once', image: 'shop:4' }`,
        to: `{ image: 'shop:4' }`,
        evaluation:
          'job.fromObject: object.spec.template.spec.containers[0] needs the field "name"',
      },
    ],
  },
};

export const WHOLE_OBJECTS: readonly Variant[] = [objects];
