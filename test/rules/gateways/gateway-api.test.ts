import { describe, expect, test } from 'vitest';
import { codesIn, object, secret, service, API, REFLECTED } from './short-yaml.ts';

describe('Gateway API', () => {
  const gateways = (listeners: string) =>
    object(
      API,
      'Gateway',
      'edge/public',
      `spec: {gatewayClassName: istio, listeners: [${listeners}]}`,
    );
  const route = (spec: string, place = 'edge/shop', kind = 'HTTPRoute') =>
    object(API, kind, place, `spec: {${spec}}`);
  const plain = '{name: http, port: 80, protocol: HTTP}';
  const open = (namespaces: string) =>
    `{name: http, port: 80, protocol: HTTP, allowedRoutes: {namespaces: ${namespaces}}}`;
  const parent = 'parentRefs: [{name: public, namespace: edge}]';
  const labelled = object('v1', 'Namespace', '/shop', '').replace(
    '{name: shop}',
    '{name: shop, labels: {team: a}}',
  );
  test.each([
    [
      'a route of a mesh',
      service('shop/a') + route('parentRefs: [{group: "", kind: Service, name: a}]', 'shop/a'),
      [],
    ],
    [
      'a namespace that the selector takes',
      labelled +
        gateways(open('{from: Selector, selector: {matchLabels: {team: a}}}')) +
        route(parent, 'shop/a'),
      [],
    ],
    [
      'a namespace that the selector does not take',
      labelled +
        gateways(
          open(
            '{from: Selector, selector: {matchExpressions: [{key: team, operator: NotIn, values: [a]}]}}',
          ),
        ) +
        route(parent, 'shop/a'),
      ['gateways/listener-namespace'],
    ],
    [
      'a namespace by its name',
      labelled +
        gateways(
          open('{from: Selector, selector: {matchLabels: {kubernetes.io/metadata.name: shop}}}'),
        ) +
        route(parent, 'shop/a'),
      [],
    ],
    [
      'a namespace whose labels are not rendered',
      gateways(open('{from: Selector, selector: {matchLabels: {team: a}}}')) +
        route(parent, 'shop/a'),
      [],
    ],
    [
      'one listener of two that takes the namespace',
      gateways(
        `${plain}, {name: b, port: 81, protocol: HTTP, allowedRoutes: {namespaces: {from: All}}}`,
      ) + route(parent, 'shop/a'),
      [],
    ],
    [
      'a route by port',
      gateways(plain) + route('parentRefs: [{name: public, port: 8080}]'),
      ['gateways/parent-listener'],
    ],
    [
      'a TLSRoute on a listener of HTTP',
      gateways(plain) + route(parent, 'edge/a', 'TLSRoute'),
      ['gateways/listener-kind'],
    ],
    [
      'a protocol of its own',
      gateways('{name: a, port: 80, protocol: example.com/own}') + route(parent),
      [],
    ],
    [
      'kinds that are narrowed',
      gateways('{name: a, port: 80, protocol: HTTP, allowedRoutes: {kinds: [{kind: GRPCRoute}]}}') +
        route(parent),
      ['gateways/listener-kind'],
    ],
    [
      'a wildcard within a listener’s',
      gateways('{name: a, port: 80, protocol: HTTP, hostname: "*.example.com"}') +
        route(`${parent}, hostnames: ["*.shop.example.com"]`),
      [],
    ],
    [
      'a hostname of one of two Gateways, the other not rendered',
      gateways('{name: a, port: 80, protocol: HTTP, hostname: a.example.com}') +
        route('parentRefs: [{name: public}, {name: other}], hostnames: [b.example.com]'),
      ['gateways/parent-missing'],
    ],
    [
      'a backend of another kind',
      gateways(plain) +
        route(`${parent}, rules: [{backendRefs: [{group: example.com, kind: Bucket, name: a}]}]`),
      [],
    ],
    [
      'a mirror that is not there',
      gateways(plain) +
        route(
          `${parent}, rules: [{filters: [{type: RequestMirror, requestMirror: {backendRef: {name: a, port: 80}}}]}]`,
        ),
      ['gateways/backend-missing'],
    ],
    [
      'a backend elsewhere, not rendered',
      gateways(plain) +
        route(`${parent}, rules: [{backendRefs: [{name: a, namespace: shop, port: 80}]}]`),
      ['gateways/reference-grant'],
    ],
    [
      'a certificate elsewhere with a grant for its name',
      gateways(
        '{name: a, port: 443, protocol: HTTPS, tls: {certificateRefs: [{name: a, namespace: shop}]}}',
      ) +
        secret('shop/a') +
        object(
          API,
          'ReferenceGrant',
          'shop/a',
          `spec: {from: [{group: gateway.networking.k8s.io, kind: Gateway, namespace: edge}], to: [{group: '', kind: Secret, name: a}]}`,
        ),
      [],
    ],
    [
      'a certificate elsewhere with a grant for another',
      gateways(
        '{name: a, port: 443, protocol: HTTPS, tls: {certificateRefs: [{name: a, namespace: shop}]}}',
      ) +
        secret('shop/a') +
        object(
          API,
          'ReferenceGrant',
          'shop/a',
          `spec: {from: [{group: gateway.networking.k8s.io, kind: Gateway, namespace: edge}], to: [{group: '', kind: Secret, name: b}]}`,
        ),
      ['gateways/reference-grant'],
    ],
    [
      'a certificate that is copied there',
      gateways('{name: a, port: 443, protocol: HTTPS, tls: {certificateRefs: [{name: a}]}}') +
        secret('shop/a', { annotations: REFLECTED('edge') }),
      [],
    ],
    [
      'a redirect to another host',
      gateways('{name: a, port: 443, protocol: HTTPS}') +
        route(
          `${parent}, rules: [{filters: [{type: RequestRedirect, requestRedirect: {scheme: https, hostname: b.example.com}}]}]`,
        ),
      [],
    ],
    [
      'a redirect to another port',
      gateways('{name: a, port: 443, protocol: HTTPS}') +
        route(
          `${parent}, rules: [{filters: [{type: RequestRedirect, requestRedirect: {scheme: https, port: 8443}}]}]`,
        ),
      [],
    ],
    [
      'TCP and UDP on one port',
      gateways('{name: a, port: 53, protocol: TCP}, {name: b, port: 53, protocol: UDP}'),
      [],
    ],
  ])('%s', async (_, yaml, codes) => {
    expect(await codesIn(yaml)).toEqual(codes);
  });
});
