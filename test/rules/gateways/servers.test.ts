import { describe, expect, test } from 'vitest';
import {
  codesIn,
  object,
  gateway,
  https,
  http,
  routes,
  workload,
  FILES,
  OK,
} from './short-yaml.ts';

describe('the servers of a Gateway', () => {
  const two = (one: string, other: string) => gateway(`${one}, ${other}`);
  test.each([
    ['a redirect alone', gateway(http('a.example.com', ', tls: {httpsRedirect: true}')), []],
    ['a protocol in small letters', gateway(http().replace('HTTP,', 'http,')), []],
    ['TLS without a mode and without more', gateway(https('{}')), ['gateways/tls-mode-missing']],
    ['TLS whose mode is no text', gateway(https('{mode: 1}')), []],
    ['an IP address as a host', gateway(http('192.0.2.1')), []],
    ['hosts with namespaces', gateway(http('"./a.example.com", "*/*.example.org", "web/*"')), []],
    ['a short host', gateway(http('shop')), ['gateways/server-host']],
    [
      'two hosts on one port',
      two(https(`{${FILES}}`), https(`{${FILES}}`, 'b.example.com', 'b')),
      [],
    ],
    [
      'one host on one port',
      two(https(`{${FILES}}`), https(`{${FILES}}`, 'shop.example.com', 'b')),
      ['gateways/listener-conflict'],
    ],
    [
      'a host for two namespaces',
      two(https(`{${FILES}}`, 'a/x.example.com'), https(`{${FILES}}`, 'b/x.example.com', 'b')),
      [],
    ],
    ['one host in clear and by TLS', two(https(`{${FILES}}`), http()), []],
    [
      'one host with two addresses',
      two(https(`{${FILES}}`), https(`{${FILES}}, bind: 192.0.2.1`, 'shop.example.com', 'b')),
      [],
    ],
    [
      'redirects of one host in two Gateways',
      gateway(http('a.example.com', ', tls: {httpsRedirect: true}')) +
        gateway(http('a.example.com', ', tls: {httpsRedirect: true}'), 'shop/b'),
      [],
    ],
    [
      'one host in two Gateways of different workloads',
      gateway(https(`{${FILES}}`)) + gateway(https(`{${FILES}}`), 'shop/b', '{istio: internal}'),
      [],
    ],
    [
      'one host in two Gateways whose selectors match the same rendered workload',
      workload('edge/gw', '{istio: ingressgateway, app: gw}') +
        gateway(https(`{${FILES}}`)) +
        gateway(https(`{${FILES}}`), 'shop/b', '{app: gw}'),
      ['gateways/listener-conflict'],
    ],
    [
      'TCP twice on a port',
      two(
        '{port: {number: 9000, protocol: TCP, name: a}, hosts: ["*"]}',
        '{port: {number: 9000, protocol: TCP, name: b}, hosts: ["*"]}',
      ),
      ['gateways/protocol-conflict'],
    ],
    [
      'a socket',
      gateway('{port: {number: 0, protocol: HTTP, name: a}, hosts: ["*"], bind: unix:///a}'),
      [],
    ],
    [
      'a port that the Service has as targetPort',
      workload('edge/gw', '{istio: ingressgateway}') +
        object(
          'v1',
          'Service',
          'edge/gw',
          'spec: {selector: {istio: ingressgateway}, ports: [{port: 80, targetPort: 8080}]}',
        ) +
        gateway('{port: {number: 8080, protocol: HTTP, name: a}, hosts: ["*"]}'),
      [],
    ],
    [
      'a port of a workload without a rendered Service',
      workload('edge/gw', '{istio: ingressgateway}') + gateway(http()),
      [],
    ],
  ])('%s', async (_, yaml, codes) => {
    expect(await codesIn(yaml)).toEqual(codes);
  });
});

describe('a redirect and HTTP-01', () => {
  const certificate = object(
    'cert-manager.io/v1',
    'Certificate',
    'istio-system/shop',
    'spec: {secretName: shop-tls, dnsNames: [shop.example.com], issuerRef: {name: le, kind: ClusterIssuer}}',
  );
  const issuer = (solvers: string) =>
    object('cert-manager.io/v1', 'ClusterIssuer', '/le', `spec: {acme: {solvers: [${solvers}]}}`);
  const istio = 'http01: {ingress: {ingressClassName: istio}}';
  const redirect = (host: string) => gateway(http(host, ', tls: {httpsRedirect: true}'));
  const blocked = ['gateways/redirect-blocks-http01'];
  test.each([
    ['of the host', issuer(`{${istio}}`) + redirect('shop.example.com'), blocked],
    ['of a wildcard', issuer(`{${istio}}`) + redirect('"*.example.com"'), []],
    [
      'of a wildcard, with a VirtualService of the host',
      issuer(`{${istio}}`) +
        redirect('"*.example.com"') +
        routes(`hosts: [shop.example.com], gateways: [shop], ${OK}`),
      blocked,
    ],
    [
      'whose challenge is routed',
      issuer(`{${istio}}`) +
        redirect('shop.example.com') +
        routes(
          'hosts: [shop.example.com], gateways: [shop], http: [{match: [{uri: {prefix: /.well-known/acme-challenge/}}], directResponse: {status: 200}}]',
        ),
      [],
    ],
    [
      'whose zone has a solver of its own',
      issuer(`{${istio}}, {dns01: {}, selector: {dnsZones: [example.com]}}`) +
        redirect('shop.example.com'),
      [],
    ],
    [
      'with an Ingress of another class',
      issuer('{http01: {ingress: {ingressClassName: nginx}}}') + redirect('shop.example.com'),
      [],
    ],
    ['without the issuer', redirect('shop.example.com'), []],
  ])('%s', async (_, yaml, codes) => {
    expect(await codesIn(certificate + yaml)).toEqual(codes);
  });
});
