import { describe, expect, test } from 'vitest';
import { codesIn, ISTIO, object, routes } from './short-yaml.ts';

/** test/agreement/istio.test.ts holds the same rules to Istio itself; here is what has to hold without it. */
type Cases = [name: string, body: string, codes: string[]][];

const TO = 'route: [{destination: {host: api.example.com}}]';

describe('a rule of a VirtualService', () => {
  const MATCH = ['gateways/route-match'];
  const SETTINGS = ['gateways/route-settings'];
  const cases: Cases = [
    ['an empty prefix of a path', `match: [{uri: {prefix: ""}}], ${TO}`, []],
    ['any value of a header', `match: [{headers: {x-user: {}}}], ${TO}`, []],
    ['a header of HTTP/2', `match: [{headers: {":path": {exact: /}}}], ${TO}`, []],
    ['an empty prefix of a parameter', `match: [{queryParams: {a: {prefix: ""}}}], ${TO}`, MATCH],
    ['a header with a space', `match: [{withoutHeaders: {x y: {exact: a}}}], ${TO}`, MATCH],
    ['a claim in the mesh', `match: [{headers: {"@request.auth.claims.a": {}}}], ${TO}`, MATCH],
    ['a label with a path', `match: [{sourceLabels: {app.example.com/a: b_c.D}}], ${TO}`, []],
    ['a label that is empty', `match: [{sourceLabels: {app: ""}}], ${TO}`, []],
    ['no port of a match', `match: [{port: 0}], ${TO}`, []],
    ['a port that is none', `match: [{port: 65536}], ${TO}`, MATCH],
    ['all of the traffic mirrored', `mirrorPercentage: {value: 100}, ${TO}`, []],
    ['more than all of it', `mirrorPercentage: {value: 101}, ${TO}`, SETTINGS],
    ['a direct response', 'directResponse: {status: 404}', []],
    ['a rewrite to /', `rewrite: {uri: /}, ${TO}`, []],
    ['a rewrite to nothing', `rewrite: {}, ${TO}`, SETTINGS],
    ['a delay alone', `fault: {delay: {fixedDelay: 5s, percentage: {value: 0.1}}}, ${TO}`, []],
    ['a fault that is none', `fault: {}, ${TO}`, SETTINGS],
    [
      'CORS of any origin',
      `corsPolicy: {allowOrigins: [{regex: .*}], allowMethods: ["*"]}, ${TO}`,
      [],
    ],
    ['CORS with "get"', `corsPolicy: {allowMethods: [get]}, ${TO}`, SETTINGS],
    ['the host of a request', `headers: {request: {set: {Host: a.example.com}}}, ${TO}`, []],
    [
      'the host of a response',
      `headers: {response: {set: {Host: a.example.com}}}, ${TO}`,
      SETTINGS,
    ],
    ['a variable', `headers: {response: {set: {a: "%START_TIME(%s)% 100%%"}}}, ${TO}`, []],
    ['a percent sign', `headers: {response: {set: {a: "50%"}}}, ${TO}`, SETTINGS],
    ['retries on 503', `retries: {attempts: 1, retryOn: "503,5xx"}, ${TO}`, []],
    ['retries on 599', `retries: {attempts: 1, retryOn: "599"}, ${TO}`, ['gateways/route-retries']],
    ['-1 retries', `retries: {attempts: -1}, ${TO}`, ['gateways/route-retries']],
    ['a redirect to 70000', 'redirect: {port: 70000}', ['gateways/route-redirect']],
    [
      'a subset with a dot',
      'route: [{destination: {host: api.example.com, subset: v1.2}}]',
      ['gateways/destination-form'],
    ],
    [
      'no port of a destination',
      'route: [{destination: {host: api.example.com, port: {}}}]',
      ['gateways/destination-form'],
    ],
  ];
  test.each(cases)('with %s', async (_name, http, codes) => {
    expect(await codesIn(routes(`hosts: [shop.example.com], http: [{${http}}]`))).toEqual(codes);
  });
});

describe('a DestinationRule', () => {
  const POLICY = ['gateways/traffic-policy'];
  const TLS = ['gateways/client-tls'];
  const policy = (text: string): string => `host: api.example.com, trafficPolicy: {${text}}`;
  const cases: Cases = [
    ['for everything', 'host: "*"', []],
    ['for a wildcard', 'host: "*.example.com"', []],
    ['for a host with a port', 'host: "api.example.com:443"', ['gateways/destination-rule-form']],
    ['with a subset without labels', 'host: api.example.com, subsets: [{name: v1}]', []],
    [
      'with subset v1.2',
      'host: api.example.com, subsets: [{name: v1.2}]',
      ['gateways/destination-rule-form'],
    ],
    ['with an empty policy', policy(''), POLICY],
    [
      'with a policy for ports alone',
      policy('portLevelSettings: [{port: {number: 1}, tls: {mode: DISABLE}}]'),
      [],
    ],
    ['with outlier detection as it is', policy('outlierDetection: {}'), []],
    ['with no connections', policy('connectionPool: {tcp: {maxConnections: 0}}'), []],
    ['with -1 connections', policy('connectionPool: {tcp: {maxConnections: -1}}'), POLICY],
    ['with an empty pool', policy('connectionPool: {}'), POLICY],
    [
      'with a prime table',
      policy('loadBalancer: {consistentHash: {maglev: {tableSize: 65537}}}'),
      [],
    ],
    [
      'with shares of 60 and 40',
      policy('loadBalancer: {localityLbSetting: {distribute: [{from: a, to: {a: 60, b: 40}}]}}'),
      [],
    ],
    [
      'with shares of 60 and 30',
      policy('loadBalancer: {localityLbSetting: {distribute: [{from: a, to: {a: 60, b: 30}}]}}'),
      POLICY,
    ],
    ['with a client’s Secret', policy('tls: {mode: MUTUAL, credentialName: a}'), []],
    ['with a client without key', policy('tls: {mode: MUTUAL, clientCertificate: /a}'), TLS],
    [
      'with a Secret and a CA',
      policy('tls: {mode: SIMPLE, credentialName: a, caCertificates: /a}'),
      TLS,
    ],
    ['that checks nothing', policy('tls: {mode: SIMPLE, insecureSkipVerify: true}'), []],
  ];
  test.each(cases)('%s', async (_name, spec, codes) => {
    expect(await codesIn(object(ISTIO, 'DestinationRule', 'shop/a', `spec: {${spec}}`))).toEqual(
      codes,
    );
  });
});

describe('a ServiceEntry', () => {
  const WRONG = ['gateways/service-entry'];
  const TLS = 'ports: [{number: 443, name: tls, protocol: TLS}]';
  const TCP = 'ports: [{number: 5432, name: tcp, protocol: TCP}]';
  const cases: Cases = [
    ['of a name', `hosts: [a.example.com], resolution: DNS, ${TLS}`, []],
    ['of a wildcard without resolution', `hosts: ["*.example.com"], ${TLS}`, []],
    [
      'of a wildcard with endpoints',
      `hosts: ["*.example.com"], resolution: DNS, ${TLS}, endpoints: [{address: a.example.com}]`,
      [],
    ],
    ['of a wildcard with DNS', `hosts: ["*.example.com"], resolution: DNS, ${TLS}`, WRONG],
    [
      'of a wildcard asked for each host',
      `hosts: ["*.example.com"], resolution: DYNAMIC_DNS, ${TLS}`,
      [],
    ],
    ['of two names', `hosts: [a.example.com, b.example.com], resolution: DNS, ${TLS}`, []],
    [
      'of two names and TCP',
      `hosts: [a.example.com, b.example.com], resolution: DNS, ${TCP}`,
      WRONG,
    ],
    [
      'of two names and TCP without resolution',
      `hosts: [a.example.com, b.example.com], ${TCP}`,
      [],
    ],
    [
      'of a protocol in small letters',
      'hosts: [a.example.com], ports: [{number: 1, name: a, protocol: tcp}]',
      [],
    ],
    ['without protocol', 'hosts: [a.example.com], ports: [{number: 1, name: a}]', []],
    [
      'of a socket',
      `hosts: [a.example.com], resolution: STATIC, ${TLS}, endpoints: [{address: "unix:///a"}]`,
      [],
    ],
    [
      'of a name for an address',
      `hosts: [a.example.com], resolution: STATIC, ${TLS}, endpoints: [{address: b.example.com}]`,
      WRONG,
    ],
    [
      'with an endpoint of another port',
      `hosts: [a.example.com], resolution: DNS, ${TLS}, endpoints: [{address: b.example.com, ports: {http: 1}}]`,
      WRONG,
    ],
    [
      'with ranges',
      `hosts: [a.example.com], addresses: [192.0.2.0/24, "2001:db8::/32"], ${TLS}`,
      [],
    ],
    ['with a range of 33 bits', `hosts: [a.example.com], addresses: [192.0.2.0/33], ${TLS}`, WRONG],
    ['for its own Pods alone', `hosts: [a.example.com], exportTo: ["~"], ${TLS}`, []],
    ['for no namespace', `hosts: [a.example.com], exportTo: [a_b], ${TLS}`, ['gateways/export-to']],
  ];
  test.each(cases)('%s', async (_name, spec, codes) => {
    expect(await codesIn(object(ISTIO, 'ServiceEntry', 'shop/a', `spec: {${spec}}`))).toEqual(
      codes,
    );
  });
});
