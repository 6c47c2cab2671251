import { missing, noField, noParameter, tooMany } from '../says.ts';
import type { Variant } from '../variant.ts';

const routing: Variant = {
  name: 'istio: Gateway, VirtualService, DestinationRule',
  inK8sLibsonnet: false,
  files: {
    'main.jsonnet': `local istio = import 'istio/main.libsonnet';
local gateway = istio.networking.v1.gateway;
local route = istio.networking.v1.virtualService;
local rule = istio.networking.v1.destinationRule;
local server = gateway.spec.servers;

{
  gateway:
    gateway.new('shop')
    + gateway.metadata.withNamespace('shop')
    + gateway.spec.withSelector({ istio: 'ingressgateway' })
    + gateway.spec.withServers([
      server.port.withNumber(443)
      + server.port.withName('https')
      + server.port.withProtocol('HTTPS')
      + server.withHosts(['shop.example.com'])
      + server.tls.withMode('SIMPLE')
      + server.tls.withCredentialName('shop-tls'),
      {
        port: { number: 80, name: 'http', protocol: 'HTTP' },
        hosts: ['shop.example.com'],
        tls: { httpsRedirect: true },
      },
    ]),
  route:
    route.new('shop')
    + route.spec.withHosts(['shop.example.com'])
    + route.spec.withGateways(['shop'])
    + route.spec.withHttp([
      {
        match: [{ uri: { prefix: '/api' } }],
        route: [{ destination: { host: 'api', port: { number: 8080 } }, weight: 90 }],
        timeout: '5s',
        retries: { attempts: 3, perTryTimeout: '2s' },
      },
      route.spec.http.withRoute([{ destination: { host: 'web' } }]),
    ]),
  rule:
    rule.new('api')
    + rule.spec.withHost('api')
    + rule.spec.trafficPolicy.tls.withMode('ISTIO_MUTUAL')
    + rule.spec.trafficPolicy.connectionPool.tcp.withMaxConnections(100)
    + rule.spec.withSubsets([{ name: 'v1', labels: { version: 'v1' } }]),
  external:
    istio.networking.v1.serviceEntry.new('bank')
    + istio.networking.v1.serviceEntry.spec.withHosts(['bank.example.com'])
    + istio.networking.v1.serviceEntry.spec.withPorts([
      { number: 443, name: 'https', protocol: 'TLS' },
      { number: 8443, name: 'tls', protocol: 'TLS' },
    ]),
}
`,
  },
  mistakes: {
    'misspelt function': [
      {
        from: 'server.tls.withCredentialName(',
        to: 'server.tls.withCredentialsName(',
        ...noField('withCredentialsName'),
      },
      { from: 'spec.withGateways(', to: 'spec.withGateway(', ...noField('withGateway') },
      {
        from: 'route.spec.http.withRoute(',
        to: 'route.spec.http.withRoutes(',
        ...noField('withRoutes'),
      },
    ],
    'misspelt group, version or kind': [
      {
        from: 'istio.networking.v1.virtualService',
        to: 'istio.networking.v1.virtualservice',
        ...noField('virtualservice'),
      },
      { from: 'istio.networking.v1.gateway', to: 'istio.networking.v2.gateway', ...noField('v2') },
      {
        from: 'istio.networking.v1.destinationRule',
        to: 'istio.network.v1.destinationRule',
        ...noField('network'),
      },
    ],
    'misspelt nested group': [
      { from: 'gateway.spec.servers;', to: 'gateway.spec.server;', ...noField('server') },
      {
        from: 'trafficPolicy.connectionPool.tcp.',
        to: 'trafficPolicy.connectionPool.TCP.',
        ...noField('TCP'),
      },
    ],
    'missing argument': [
      { from: 'server.port.withNumber(443)', to: 'server.port.withNumber()', ...missing('number') },
      { from: `gateway.new('shop')`, to: 'gateway.new()', ...missing('name') },
    ],
    'too many arguments': [
      {
        from: `server.withHosts(['shop.example.com'])`,
        to: `server.withHosts('shop.example.com', '*.example.com')`,
        ...tooMany(1),
      },
    ],
    'wrong name of an argument': [
      {
        from: `server.tls.withMode('SIMPLE')`,
        to: `server.tls.withMode(tlsMode='SIMPLE')`,
        ...noParameter('tlsMode'),
      },
    ],
    'string for a number': [
      {
        from: 'server.port.withNumber(443)',
        to: `server.port.withNumber('443')`,
        evaluation:
          'gateway.spec.servers.port.withNumber: number must be an integer of at least 0 and of at most 4294967295, got string "443"',
      },
      {
        from: 'attempts: 3',
        to: `attempts: '3'`,
        evaluation:
          'virtualService.spec.withHttp: http[0].retries.attempts must be an integer, got string "3"',
      },
      {
        from: 'weight: 90',
        to: `weight: '90%'`,
        evaluation:
          'virtualService.spec.withHttp: http[0].route[0].weight must be an integer, got string "90%"',
      },
    ],
    'number for a string': [
      {
        from: `timeout: '5s'`,
        to: 'timeout: 5',
        evaluation: 'virtualService.spec.withHttp: http[0].timeout must be a string, got number 5',
      },
    ],
    'wrong kind of value': [
      {
        from: `withSelector({ istio: 'ingressgateway' })`,
        to: `withSelector('istio=ingressgateway')`,
        evaluation: 'gateway.spec.withSelector: selector must be an object, got string',
      },
      {
        from: `match: [{ uri: { prefix: '/api' } }]`,
        to: `match: { uri: { prefix: '/api' } }`,
        evaluation: 'virtualService.spec.withHttp: http[0].match must be an array, got object',
      },
      {
        from: 'httpsRedirect: true',
        to: `httpsRedirect: 'true'`,
        evaluation:
          'gateway.spec.withServers: servers[1].tls.httpsRedirect must be true or false, got string "true"',
      },
    ],
    'scalar for an object': [
      {
        from: `port: { number: 80, name: 'http', protocol: 'HTTP' }`,
        to: 'port: 80',
        evaluation: 'gateway.spec.withServers: servers[1].port must be an object, got number',
      },
      {
        from: `destination: { host: 'web' }`,
        to: `destination: 'web'`,
        evaluation:
          'virtualService.spec.http.withRoute: route[0].destination must be an object, got string',
      },
    ],
    'misspelt enum value': [
      {
        from: `withMode('SIMPLE')`,
        to: `withMode('SIMPEL')`,
        evaluation:
          'gateway.spec.servers.tls.withMode: mode must be "PASSTHROUGH", "SIMPLE", "MUTUAL", "AUTO_PASSTHROUGH", "ISTIO_MUTUAL" or "OPTIONAL_MUTUAL", got string "SIMPEL"',
      },
      {
        from: `'ISTIO_MUTUAL'`,
        to: `'MTLS'`,
        evaluation:
          'destinationRule.spec.trafficPolicy.tls.withMode: mode must be "DISABLE", "SIMPLE", "MUTUAL" or "ISTIO_MUTUAL", got string "MTLS"',
      },
    ],
    'misspelt field of an item': [
      {
        from: 'httpsRedirect: true',
        to: 'httpRedirect: true',
        evaluation:
          'gateway.spec.withServers: servers[1].tls has no field "httpRedirect"; did you mean "httpsRedirect"?',
      },
      {
        from: `hosts: ['shop.example.com'],
        tls`,
        to: `host: ['shop.example.com'],
        tls`,
        evaluation:
          'gateway.spec.withServers: servers[1] has no field "host"; did you mean "hosts"?',
      },
      {
        from: 'retries: {',
        to: 'retry: {',
        evaluation: 'virtualService.spec.withHttp: http[0] has no field "retry"',
      },
    ],
    'field at the wrong level': [
      {
        from: 'tls: { httpsRedirect: true }',
        to: 'httpsRedirect: true',
        evaluation:
          'gateway.spec.withServers: servers[1] has no field "httpsRedirect"; it has bind, defaultEndpoint, hosts, name, port, tls',
      },
      {
        from: 'port: { number: 8080 } }, weight: 90 }',
        to: 'port: { number: 8080 }, weight: 90 } }',
        evaluation:
          'virtualService.spec.withHttp: http[0].route[0].destination has no field "weight"; it has host, port, subset',
      },
    ],
    'missing field of an item': [
      {
        from: `        hosts: ['shop.example.com'],
        tls`,
        to: '        tls',
        at: '      {\n        port: { number: 80',
        evaluation: 'gateway.spec.withServers: servers[1] needs the field "hosts"',
      },
      {
        from: `{ name: 'v1', labels`,
        to: '{ labels',
        evaluation: 'destinationRule.spec.withSubsets: subsets[0] needs the field "name"',
      },
    ],
    'wrong value in a map': [
      {
        from: `{ istio: 'ingressgateway' }`,
        to: `{ istio: ['ingressgateway'] }`,
        evaluation: 'gateway.spec.withSelector: selector.istio must be a string, got array',
      },
      {
        from: `labels: { version: 'v1' }`,
        to: 'labels: { version: 1 }',
        evaluation:
          'destinationRule.spec.withSubsets: subsets[0].labels.version must be a string, got number 1',
      },
    ],
    'deep inside an item': [
      {
        from: 'port: { number: 8080 } }',
        to: 'port: { num: 8080 } }',
        evaluation:
          'virtualService.spec.withHttp: http[0].route[0].destination.port has no field "num"; it has number',
      },
      {
        from: `uri: { prefix: '/api' }`,
        to: `uri: { prefx: '/api' }`,
        evaluation:
          'virtualService.spec.withHttp: http[0].match[0].uri has no field "prefx"; did you mean "prefix"?',
      },
      {
        from: `uri: { prefix: '/api' }`,
        to: `uri: { prefix: '/api', exact: '/api/v1' }`,
        at: '+ route.spec.withHttp([',
        evaluation:
          'virtualService.spec.withHttp: http[0].match[0].uri must have exactly one of exact, prefix, regex',
      },
      {
        from: `uri: { prefix: '/api' }`,
        to: `uri: '/api'`,
        evaluation:
          'virtualService.spec.withHttp: http[0].match[0].uri must be an object, got string',
      },
    ],
    'patch on the wrong object': [
      {
        from: `+ gateway.metadata.withNamespace('shop')`,
        to: `+ gateway.spec.servers.tls.withMode('SIMPLE')`,
        validation: 'unknown field "tls"',
      },
      {
        from: `+ rule.spec.withHost('api')`,
        to: `+ route.spec.withHosts('api')`,
        validation: 'unknown field "hosts"',
      },
      {
        from: `+ route.spec.withGateways(['shop'])`,
        to: `+ route.spec.http.withTimeout('5s')`,
        validation: 'unknown field "timeout"',
      },
    ],
    'same item twice': [
      {
        from: `name: 'tls', protocol`,
        to: `name: 'https', protocol`,
        evaluation: 'serviceEntry.spec.withPorts: ports has two items with the same name',
      },
    ],
    'null for a value': [
      {
        from: `server.tls.withMode('SIMPLE')`,
        to: 'server.tls.withMode(null)',
        evaluation:
          'gateway.spec.servers.tls.withMode: mode must be "PASSTHROUGH", "SIMPLE", "MUTUAL", "AUTO_PASSTHROUGH", "ISTIO_MUTUAL" or "OPTIONAL_MUTUAL", got null',
      },
    ],
    'out of range': [
      {
        from: 'withMaxConnections(100)',
        to: 'withMaxConnections(99999999999)',
        evaluation:
          'destinationRule.spec.trafficPolicy.connectionPool.tcp.withMaxConnections: maxConnections must be an integer of 32 bits, got number 99999999999',
      },
    ],
  },
};

export const ISTIO: readonly Variant[] = [routing];
