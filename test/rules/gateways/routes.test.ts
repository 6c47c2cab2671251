import { describe, expect, test } from 'vitest';
import { parseManifests } from '../../../lib/manifest/parse-manifests.ts';
import { RenderedObjects } from '../../../lib/validate/rendered/rendered-objects.ts';
import { ruleFindings } from '../../../lib/validate/rules/index.ts';
import {
  codesIn,
  object,
  gateway,
  https,
  http,
  routes,
  service,
  ISTIO,
  API,
  FILES,
  SIMPLE,
  OK,
} from './short-yaml.ts';

describe('a VirtualService', () => {
  const bound = (spec: string) =>
    gateway(http('"*.example.com"')) + routes(`gateways: [shop], ${spec}`);
  const host = 'hosts: [shop.example.com]';
  const to = (destination: string) => `${host}, http: [{route: [{destination: {${destination}}}]}]`;
  test.each([
    [
      'for the mesh',
      service('shop/shop') +
        routes('hosts: [shop], http: [{route: [{destination: {host: shop}}]}]'),
      [],
    ],
    [
      'for a Gateway of Gateway API',
      object(API, 'Gateway', 'shop/shop', 'spec: {listeners: [{name: a}]}') +
        routes(`gateways: [shop], ${host}, ${OK}`),
      [],
    ],
    [
      'of a host that only other namespaces may use',
      gateway(http('web/shop.example.com')) + routes(`gateways: [shop], ${host}, ${OK}`),
      ['gateways/route-host-unserved'],
    ],
    [
      'of a host of the Gateway’s own namespace',
      gateway(http('./shop.example.com')) + routes(`gateways: [shop], ${host}, ${OK}`),
      [],
    ],
    [
      'with a host for the mesh too',
      gateway(http()) +
        service('shop/shop') +
        routes(`gateways: [shop, mesh], hosts: [shop, shop.example.com], ${OK}`),
      [],
    ],
    [
      'with hosts for the mesh alone',
      gateway(http()) + routes(`gateways: [shop, mesh], hosts: [shop], ${OK}`),
      ['gateways/route-host-unserved'],
    ],
    [
      'of one Gateway of two that is not rendered',
      gateway(http()) + routes(`gateways: [shop, edge/b], hosts: [b.example.com], ${OK}`),
      ['gateways/route-gateway-missing'],
    ],
    [
      'with the old name of a Gateway',
      gateway(http()) + routes(`gateways: [shop.shop.svc.cluster.local], ${host}, ${OK}`),
      ['gateways/gateway-reference'],
    ],
    ['with one destination without a weight', service('shop/a') + bound(to('host: a')), []],
    ['to a host outside', bound(to('host: api.example.org')), []],
    [
      'to a Service of a namespace that is not rendered',
      bound(to('host: api.backend.svc.cluster.local')),
      [],
    ],
    [
      'to a Service of another namespace',
      service('backend/api') + bound(to('host: api.backend.svc.cluster.local, port: {number: 80}')),
      [],
    ],
    [
      'to a Service with .svc alone',
      service('backend/api') + bound(to('host: api.backend.svc')),
      ['gateways/destination-host'],
    ],
    [
      'to a ServiceEntry',
      object(ISTIO, 'ServiceEntry', 'shop/a', 'spec: {hosts: [api.shop.svc.cluster.local]}') +
        bound(to('host: api.shop.svc.cluster.local')),
      [],
    ],
    [
      'to one of two ports',
      service('shop/a', '80 81') + bound(to('host: a')),
      ['gateways/destination-port-required'],
    ],
    ['with a delegate', bound(`${host}, http: [{delegate: {name: a}}]`) + routes(OK, 'shop/a'), []],
    [
      'with a catch-all last',
      bound(
        `${host}, http: [{match: [{port: 80}], directResponse: {status: 200}}, {directResponse: {status: 200}}]`,
      ),
      [],
    ],
    [
      'with two names for one match',
      bound(
        `${host}, http: [{match: [{name: a, port: 80}], directResponse: {status: 200}}, {match: [{name: b, port: 80}], directResponse: {status: 200}}]`,
      ),
      ['gateways/match-duplicate'],
    ],
    [
      'without a header, whatever its value',
      bound(
        `${host}, http: [{match: [{withoutHeaders: {a: {regex: "*"}}}], directResponse: {status: 200}}]`,
      ),
      [],
    ],
    [
      'with a possessive repeat',
      bound(`${host}, http: [{match: [{uri: {regex: "a++"}}], directResponse: {status: 200}}]`),
      ['gateways/route-regex'],
    ],
    [
      'with an expression of 1025 bytes',
      bound(
        `${host}, http: [{match: [{uri: {regex: ${'a'.repeat(1025)}}}], directResponse: {status: 200}}]`,
      ),
      ['gateways/route-regex'],
    ],
    [
      'with named groups',
      bound(
        `${host}, http: [{match: [{uri: {regex: "/(?P<id>[0-9]+)"}}], directResponse: {status: 200}}]`,
      ),
      [],
    ],
    [
      'with http rules for one of two servers',
      gateway(`${https('{mode: PASSTHROUGH}')}, ${http()}`) +
        routes(`gateways: [shop], ${host}, ${OK}`),
      [],
    ],
    [
      'with tls rules for HTTPS that ends there',
      service('shop/a') +
        gateway(https(`{${FILES}}`)) +
        routes(
          `gateways: [shop], ${host}, tls: [{match: [{sniHosts: [shop.example.com]}], route: [{destination: {host: a}}]}]`,
        ),
      ['gateways/route-protocol'],
    ],
    [
      'with tcp rules for TLS that ends there',
      service('shop/a') +
        gateway(https(`{${FILES}}`).replace('HTTPS', 'TLS')) +
        routes(`gateways: [shop], ${host}, tcp: [{route: [{destination: {host: a}}]}]`),
      [],
    ],
    [
      'with a subset of a rule of the short name',
      service('shop/a') +
        object(ISTIO, 'DestinationRule', 'shop/a', 'spec: {host: a, subsets: [{name: v1}]}') +
        bound(to('host: a.shop.svc.cluster.local, subset: v1')),
      [],
    ],
    [
      'with a subset that its rule lacks',
      service('shop/a') +
        object(ISTIO, 'DestinationRule', 'shop/a', 'spec: {host: a, subsets: [{name: v1}]}') +
        bound(to('host: a, subset: v2')),
      ['gateways/subset-missing'],
    ],
    [
      'of a host that another exports to other namespaces',
      routes(`hosts: [a.example.com], exportTo: [a], ${OK}`) +
        routes(`hosts: [a.example.com], exportTo: ['.'], ${OK}`, 'shop/b'),
      [],
    ],
  ])('%s', async (_, yaml, codes) => {
    expect(await codesIn(yaml)).toEqual(codes);
  });
});

const DESTINATION_RULES = (spec: string) =>
  object(ISTIO, 'DestinationRule', 'shop/shop', `spec: {${spec}}`);
test.each([
  ['TLS to a host outside', 'host: api.example.org, trafficPolicy: {tls: {mode: SIMPLE}}', []],
  [
    'TLS that is not checked on purpose',
    'host: shop, trafficPolicy: {tls: {mode: SIMPLE, insecureSkipVerify: true}}',
    [],
  ],
  [
    'TLS of one port',
    'host: shop, trafficPolicy: {portLevelSettings: [{port: {number: 80}, tls: {mode: SIMPLE}}]}',
    ['gateways/destination-rule-tls'],
  ],
  ['a wildcard host', 'host: "*.local", trafficPolicy: {tls: {mode: ISTIO_MUTUAL}}', []],
  [
    'subsets of Pods that are not rendered',
    'host: shop, subsets: [{name: a, labels: {version: a}}]',
    [],
  ],
])('a DestinationRule with %s', async (_, spec, codes) => {
  expect(
    await codesIn(service('shop/shop', '80', '{app: shop}') + DESTINATION_RULES(spec)),
  ).toEqual(codes);
});

test('nothing is said of what is not there when only some manifests were rendered', async () => {
  const objects = new RenderedObjects(
    parseManifests(
      gateway(https(SIMPLE)) +
        routes(
          `gateways: [other], hosts: [shop.example.com], http: [{route: [{destination: {host: a, subset: b}}]}]`,
        ),
    ),
  );
  expect(await ruleFindings(objects, { isPartial: true })).toEqual([]);
});
