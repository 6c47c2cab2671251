import { noField, noParameter } from '../says.ts';
import type { Variant } from '../variant.ts';

const ingress: Variant = {
  name: 'networking: an Ingress and a NetworkPolicy',
  inK8sLibsonnet: true,
  files: {
    'main.jsonnet': `local k = import 'k.libsonnet';
local ingress = k.networking.v1.ingress;
local policy = k.networking.v1.networkPolicy;

{
  ingress:
    ingress.new('web')
    + ingress.spec.withIngressClassName('nginx')
    + ingress.spec.withTls([{ hosts: ['shop.example.com'], secretName: 'shop' }])
    + ingress.spec.withRules([
      {
        host: 'shop.example.com',
        http: {
          paths: [{
            path: '/',
            pathType: 'Prefix',
            backend: { service: { name: 'web', port: { name: 'http' } } },
          }],
        },
      },
    ]),
  policy:
    policy.new('web')
    + policy.spec.podSelector.withMatchLabels({ name: 'web' })
    + policy.spec.withPolicyTypes(['Ingress'])
    + policy.spec.withIngress([
      k.networking.v1.networkPolicyIngressRule.withFrom([{ namespaceSelector: {} }])
      + k.networking.v1.networkPolicyIngressRule.withPorts([{ port: 8080, protocol: 'TCP' }]),
    ]),
}
`,
  },
  mistakes: {
    'misspelt function': [
      { from: 'withIngressClassName(', to: 'withIngressClass(', ...noField('withIngressClass') },
    ],
    'misspelt group, version or kind': [
      {
        from: 'k.networking.v1.ingress;',
        to: 'k.networking.v1beta1.ingress;',
        ...noField('ingress'),
      },
      {
        from: 'k.networking.v1.ingress;',
        to: 'k.extensions.v1beta1.ingress;',
        ...noField('extensions'),
      },
    ],
    'misspelt nested group': [
      {
        from: 'policy.spec.podSelector.',
        to: 'policy.spec.podselector.',
        ...noField('podselector'),
      },
    ],
    'misspelt enum value': [
      {
        from: `pathType: 'Prefix'`,
        to: `pathType: 'prefix'`,
        evaluation:
          'ingress.spec.withRules: rules[0].http.paths[0].pathType must be "Exact", "ImplementationSpecific" or "Prefix", got string "prefix"',
      },
      {
        from: `['Ingress']`,
        to: `['ingress']`,
        evaluation:
          'networkPolicy.spec.withPolicyTypes: policyTypes[0] must be "Egress" or "Ingress", got string "ingress"',
      },
    ],
    'misspelt field of an item': [
      {
        from: `secretName: 'shop'`,
        to: `secret: 'shop'`,
        evaluation: 'ingress.spec.withTls: tls[0] has no field "secret"; it has hosts, secretName',
      },
      {
        from: 'namespaceSelector:',
        to: 'namespaceselector:',
        evaluation:
          'networkPolicyIngressRule.withFrom: from[0] has no field "namespaceselector"; did you mean "namespaceSelector"?',
      },
    ],
    'field at the wrong level': [
      {
        from: `backend: { service: { name: 'web', port: { name: 'http' } } },`,
        to: `service: { name: 'web', port: { name: 'http' } },`,
        evaluation:
          'ingress.spec.withRules: rules[0].http.paths[0] has no field "service"; it has backend, path, pathType',
      },
    ],
    'missing field of an item': [
      {
        from: `            pathType: 'Prefix',
`,
        to: '',
        at: 'paths: [{',
        evaluation: 'ingress.spec.withRules: rules[0].http.paths[0] needs the field "pathType"',
      },
      {
        from: `backend: { service: { name: 'web', port: { name: 'http' } } },`,
        to: '',
        at: 'paths: [{',
        evaluation: 'ingress.spec.withRules: rules[0].http.paths[0] needs the field "backend"',
      },
    ],
    'deep inside an item': [
      {
        from: `port: { name: 'http' }`,
        to: 'port: 80',
        evaluation:
          'ingress.spec.withRules: rules[0].http.paths[0].backend.service.port must be an object, got number',
      },
      {
        from: `port: { name: 'http' }`,
        to: `portName: 'http'`,
        evaluation:
          'ingress.spec.withRules: rules[0].http.paths[0].backend.service has no field "portName"; it has name, port',
      },
      {
        from: `port: { name: 'http' }`,
        to: `port: { number: 'http' }`,
        evaluation:
          'ingress.spec.withRules: rules[0].http.paths[0].backend.service.port.number must be an integer, got string "http"',
      },
    ],
    'wrong kind of value': [
      {
        from: `hosts: ['shop.example.com']`,
        to: `hosts: 'shop.example.com'`,
        evaluation: 'ingress.spec.withTls: tls[0].hosts must be an array, got string',
      },
    ],
    'number for a string': [
      {
        from: `withIngressClassName('nginx')`,
        to: 'withIngressClassName(1)',
        evaluation:
          'ingress.spec.withIngressClassName: ingressClassName must be a string, got number 1',
      },
    ],
    'wrong name of an argument': [
      {
        from: `withPolicyTypes(['Ingress'])`,
        to: `withPolicyTypes(types=['Ingress'])`,
        ...noParameter('types'),
      },
    ],
    'scalar for an object': [
      {
        from: 'withFrom([{ namespaceSelector: {} }])',
        to: `withFrom(['all'])`,
        evaluation: 'networkPolicyIngressRule.withFrom: from[0] must be an object, got string',
      },
    ],
    'null for a value': [
      {
        from: `withIngressClassName('nginx')`,
        to: 'withIngressClassName(null)',
        evaluation:
          'ingress.spec.withIngressClassName: ingressClassName must be a string, got null',
      },
    ],
  },
};

export const NETWORKING: readonly Variant[] = [ingress];
