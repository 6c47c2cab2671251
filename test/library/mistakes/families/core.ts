import { missing, noField, tooMany } from '../says.ts';
import type { Variant } from '../variant.ts';

const objects: Variant = {
  name: 'core: a Service and what it needs',
  inK8sLibsonnet: true,
  files: {
    'main.jsonnet': `local k = import 'k.libsonnet';
local service = k.core.v1.service;
local claim = k.core.v1.persistentVolumeClaim;

{
  service:
    service.new('web', { name: 'web' }, [
      k.core.v1.servicePort.newNamed('http', 80, 'http'),
      { name: 'metrics', port: 9090, targetPort: 'metrics', protocol: 'TCP' },
    ])
    + service.metadata.withNamespace('shop')
    + service.spec.withType('ClusterIP')
    + service.spec.withSessionAffinity('ClientIP')
    + service.spec.sessionAffinityConfig.clientIP.withTimeoutSeconds(600),
  config:
    k.core.v1.configMap.new('web-config', { 'web.conf': 'listen 8080;' })
    + k.core.v1.configMap.withImmutable(true),
  secret:
    k.core.v1.secret.new('web', { token: std.base64('change-me') })
    + k.core.v1.secret.withStringDataMixin({ user: 'web' }),
  account:
    k.core.v1.serviceAccount.new('web')
    + k.core.v1.serviceAccount.withImagePullSecrets([{ name: 'registry' }]),
  claim:
    claim.new('data')
    + claim.spec.withAccessModes(['ReadWriteOnce'])
    + claim.spec.resources.withRequests({ storage: '10Gi' }),
}
`,
  },
  mistakes: {
    'misspelt function': [
      { from: 'servicePort.newNamed(', to: 'servicePort.newNameed(', ...noField('newNameed') },
      { from: 'spec.withAccessModes(', to: 'spec.withAccessMode(', ...noField('withAccessMode') },
      { from: 'withStringDataMixin(', to: 'withStringMixin(', ...noField('withStringMixin') },
    ],
    'misspelt group, version or kind': [
      {
        from: 'k.core.v1.serviceAccount.new',
        to: 'k.core.v1.serviceaccount.new',
        ...noField('serviceaccount'),
      },
      {
        from: 'k.core.v1.persistentVolumeClaim',
        to: 'k.core.v2.persistentVolumeClaim',
        ...noField('v2'),
      },
    ],
    'misspelt nested group': [
      {
        from: 'sessionAffinityConfig.clientIP.',
        to: 'sessionAffinityConfig.clientIp.',
        ...noField('clientIp'),
      },
      { from: 'claim.spec.resources.', to: 'claim.spec.resource.', ...noField('resource') },
    ],
    'missing argument': [
      { from: `'web', { token: std.base64('change-me') }`, to: `'web'`, ...missing('data') },
      {
        from: `newNamed('http', 80, 'http')`,
        to: `newNamed('http', 80)`,
        ...missing('targetPort'),
      },
    ],
    'too many arguments': [
      { from: `claim.new('data')`, to: `claim.new('data', '10Gi')`, ...tooMany(1) },
    ],
    'string for a number': [
      {
        from: 'port: 9090',
        to: `port: '9090'`,
        evaluation: 'service.new: ports[1].port must be an integer, got string "9090"',
      },
      {
        from: `newNamed('http', 80, 'http')`,
        to: `newNamed('http', '80', 'http')`,
        evaluation: 'servicePort.newNamed: port must be an integer, got string "80"',
      },
      {
        from: 'withTimeoutSeconds(600)',
        to: `withTimeoutSeconds('10m')`,
        evaluation:
          'service.spec.sessionAffinityConfig.clientIP.withTimeoutSeconds: timeoutSeconds must be an integer, got string "10m"',
      },
    ],
    'number for a string': [
      {
        from: `{ user: 'web' }`,
        to: '{ user: 1000 }',
        evaluation: 'secret.withStringDataMixin: stringData.user must be a string, got number',
      },
    ],
    'wrong kind of value': [
      {
        from: 'withImmutable(true)',
        to: `withImmutable('yes')`,
        evaluation: 'configMap.withImmutable: immutable must be true or false, got string "yes"',
      },
      {
        from: `targetPort: 'metrics'`,
        to: 'targetPort: true',
        evaluation:
          'service.new: ports[1].targetPort must be an integer or a string, got boolean true',
      },
      {
        from: `withRequests({ storage: '10Gi' })`,
        to: `withRequests([{ storage: '10Gi' }])`,
        evaluation: 'spec.resources.withRequests: requests must be an object, got array',
      },
    ],
    'scalar for an object': [
      {
        from: `[{ name: 'registry' }]`,
        to: `'registry'`,
        evaluation:
          'serviceAccount.withImagePullSecrets: imagePullSecrets must be an object or an array of them, got string',
      },
      {
        from: `withRequests({ storage: '10Gi' })`,
        to: `withRequests('10Gi')`,
        evaluation: 'spec.resources.withRequests: requests must be an object, got string',
      },
    ],
    'misspelt enum value': [
      {
        from: `'ClusterIP'`,
        to: `'ClusterIp'`,
        evaluation:
          'service.spec.withType: type must be "ClusterIP", "ExternalName", "LoadBalancer" or "NodePort", got string "ClusterIp"',
      },
      {
        from: `protocol: 'TCP'`,
        to: `protocol: 'tcp'`,
        evaluation:
          'service.new: ports[1].protocol must be "SCTP", "TCP" or "UDP", got string "tcp"',
      },
      {
        from: `'ReadWriteOnce'`,
        to: `'ReadWriteonce'`,
        evaluation:
          'spec.withAccessModes: accessModes[0] must be "ReadOnlyMany", "ReadWriteMany", "ReadWriteOnce" or "ReadWriteOncePod", got string "ReadWriteonce"',
      },
    ],
    'misspelt field of an item': [
      {
        from: `targetPort: 'metrics'`,
        to: `targetport: 'metrics'`,
        evaluation: 'service.new: ports[1] has no field "targetport"; did you mean "targetPort"?',
      },
      {
        from: `[{ name: 'registry' }]`,
        to: `[{ secretName: 'registry' }]`,
        evaluation:
          'serviceAccount.withImagePullSecrets: imagePullSecrets[0] has no field "secretName"; it has name',
      },
    ],
    'missing field of an item': [
      {
        from: 'port: 9090, targetPort',
        to: 'targetPort',
        evaluation: 'service.new: ports[1] needs the field "port"',
      },
    ],
    'wrong value in a map': [
      {
        from: `{ 'web.conf': 'listen 8080;' }`,
        to: `{ 'web.conf': { listen: 8080 } }`,
        evaluation: 'configMap.new: data["web.conf"] must be a string, got object',
      },
      {
        from: `{ token: std.base64('change-me') }`,
        to: `{ token: 'change-me' }`,
        evaluation: 'secret.new: data.token must be base64, got string (not shown)',
      },
      {
        from: `new('web', { name: 'web' }, [`,
        to: `new('web', { name: ['web'] }, [`,
        evaluation: 'service.new: selector.name must be a string, got array',
      },
    ],
    'wrong quantity': [
      {
        from: `storage: '10Gi'`,
        to: `storage: '10GB'`,
        evaluation:
          'spec.resources.withRequests: requests.storage must be a quantity such as "500m" or "2Gi", got string "10GB"',
      },
    ],
    'out of range': [
      {
        from: 'port: 9090',
        to: 'port: 0',
        validation: 'the port is 0, and must be 1 to 65535',
      },
    ],
    'wrong argument of a helper': [
      {
        from: `new('web', { name: 'web' }, [`,
        to: `new('web', 'web', [`,
        evaluation: 'service.new: selector must be an object, got string',
      },
      {
        from: `new('web-config', { 'web.conf': 'listen 8080;' })`,
        to: `new('web-config', 'listen 8080;')`,
        evaluation: 'configMap.new: data must be an object, got string',
      },
    ],
    'null for a value': [
      {
        from: `new('web', { name: 'web' }, [`,
        to: `new(null, { name: 'web' }, [`,
        evaluation: 'service.new: name must be a string, got null',
      },
    ],
    'same item twice': [
      {
        from: `port: 9090, targetPort: 'metrics'`,
        to: `port: 80, targetPort: 'metrics'`,
        validation: 'the item has the same port and protocol as item 0 of the list',
      },
    ],
    'field at the wrong level': [
      {
        from: `{ name: 'metrics', port: 9090, targetPort: 'metrics', protocol: 'TCP' }`,
        to: `{ metadata: { name: 'metrics' }, port: 9090 }`,
        evaluation:
          'service.new: ports[1] has no field "metadata"; it has appProtocol, name, nodePort, port, protocol, targetPort',
      },
    ],
  },
};

export const CORE: readonly Variant[] = [objects];
