import { describe, expect, test } from 'vitest';
import { parseManifests } from '../../../lib/manifest/parse-manifests.ts';
import { RenderedObjects } from '../../../lib/validate/rendered/rendered-objects.ts';
import { GATEWAYS_RULES } from '../../../lib/validate/rules/gateways/index.ts';
import {
  object,
  gateway,
  https,
  http,
  routes,
  secret,
  service,
  workload,
  ISTIO,
  API,
  SIMPLE,
} from './short-yaml.ts';

describe('wrong types', () => {
  const whole = [
    workload('edge/gw', '{istio: ingressgateway}'),
    service('edge/gw', '80', '{istio: ingressgateway}'),
    secret('edge/shop-tls'),
    gateway(`${https(SIMPLE)}, ${http('shop.example.com', ', tls: {httpsRedirect: true}')}`),
    routes(
      'hosts: [shop.example.com], gateways: [shop], exportTo: ["."], http: [{match: [{uri: {regex: a}}], retries: {attempts: 1}, route: [{destination: {host: gw, port: {number: 80}, subset: a}, weight: 1}]}, {redirect: {uri: /}}], tls: [{match: [{sniHosts: [shop.example.com]}], route: [{destination: {host: gw}}]}]',
      'edge/shop',
    ),
    object(
      ISTIO,
      'DestinationRule',
      'edge/a',
      'spec: {host: gw, subsets: [{name: a, labels: {a: b}}], trafficPolicy: {tls: {mode: SIMPLE}}}',
    ),
    object(
      ISTIO,
      'DestinationRule',
      'edge/b',
      'spec: {host: gw, workloadSelector: {matchLabels: {a: b}}, exportTo: ["*"], trafficPolicy: {tls: {mode: MUTUAL, credentialName: a, caCrl: a}, portLevelSettings: [{port: {number: 1}, tls: {mode: SIMPLE}}], connectionPool: {tcp: {maxConnections: 1}, http: {maxRetries: 1, http2KeepAlive: {interval: 1s}}}, outlierDetection: {maxEjectionPercent: 1, consecutiveLocalOriginFailures: 1}, loadBalancer: {consistentHash: {httpCookie: {name: a}, maglev: {tableSize: 7}}, warmup: {aggression: 1}, localityLbSetting: {distribute: [{from: a, to: {a: 100}}], failover: [{from: a, to: b}]}}, tunnel: {targetHost: a, targetPort: 1, protocol: POST}}}',
    ),
    object(
      ISTIO,
      'ServiceEntry',
      'edge/b',
      'spec: {hosts: [a.example.com], addresses: [192.0.2.1], exportTo: [.], resolution: STATIC, ports: [{number: 1, name: a, protocol: TLS}], endpoints: [{address: 192.0.2.1, ports: {a: 1}, labels: {a: b}}]}',
    ),
    routes(
      'hosts: [b.example.com], http: [{match: [{headers: {a: {prefix: a}}, method: {exact: GET}, port: 1, sourceLabels: {a: b}, sourceNamespace: a}], headers: {request: {set: {a: "%A%"}, remove: [a]}}, fault: {abort: {httpStatus: 500, grpcStatus: OK, percentage: {value: 1}}, delay: {fixedDelay: 1s}}, corsPolicy: {allowOrigins: [{exact: a}], allowMethods: [GET], allowHeaders: [a]}, rewrite: {uri: a, uriRegexRewrite: {match: a, rewrite: b}}, mirrors: [{destination: {host: gw}, percentage: {value: 1}}], mirrorPercentage: {value: 1}, route: [{destination: {host: gw, port: {number: 80}}}]}, {directResponse: {status: 200}}], tcp: [{match: [{destinationSubnets: [192.0.2.1]}]}]',
      'edge/b',
    ),
    object(
      'cert-manager.io/v1',
      'Certificate',
      'edge/a',
      'spec: {secretName: a, dnsNames: [shop.example.com], issuerRef: {name: a}}',
    ),
    object(
      'cert-manager.io/v1',
      'Issuer',
      'edge/a',
      'spec: {acme: {solvers: [{http01: {ingress: {class: istio}}, selector: {dnsZones: [example.com]}}]}}',
    ),
    object(
      API,
      'Gateway',
      'edge/public',
      'spec: {gatewayClassName: a, listeners: [{name: a, port: 443, protocol: HTTPS, hostname: a.example.com, tls: {certificateRefs: [{name: a}]}, allowedRoutes: {kinds: [{kind: HTTPRoute}], namespaces: {from: Selector, selector: {matchLabels: {a: b}, matchExpressions: [{key: a, operator: In, values: [b]}]}}}}]}',
    ),
    object(
      API,
      'HTTPRoute',
      'edge/a',
      'spec: {parentRefs: [{name: public, sectionName: a}], hostnames: [a.example.com], rules: [{filters: [{requestRedirect: {scheme: https}, requestMirror: {backendRef: {name: a}}}], backendRefs: [{name: a, namespace: b, port: 80}]}]}',
    ),
    object(
      API,
      'ReferenceGrant',
      'b/a',
      'spec: {from: [{group: a, kind: b, namespace: c}], to: [{group: "", kind: Service}]}',
    ),
  ].join('');

  /** Each value of a manifest in turn, replaced. */
  function* mutants(value: unknown, wrong: unknown): Iterable<unknown> {
    if (typeof value !== 'object' || value === null) return;
    for (const key of Object.keys(value)) {
      const inner = (value as Record<string, unknown>)[key];
      const put = (changed: unknown): unknown =>
        Array.isArray(value)
          ? value.map((item: unknown, index) => (String(index) === key ? changed : item))
          : { ...value, [key]: changed };
      yield put(wrong);
      for (const changed of mutants(inner, wrong)) yield put(changed);
    }
  }

  test.each([[null], [7], ['x'], [''], [true], [[]], [{}], [[null]], [[7]], [{ a: null }]])(
    '%j in the place of any value makes no rule throw',
    async (wrong) => {
      const manifests = parseManifests(whole);
      let count = 0;
      for (const [index, manifest] of manifests.entries()) {
        for (const spec of mutants(manifest.value['spec'], wrong)) {
          const value = { ...manifest.value, spec };
          const objects = new RenderedObjects(manifests.with(index, { ...manifest, value }));
          for (const rule of GATEWAYS_RULES) Array.from(await rule.check(objects));
          count += 1;
        }
      }
      expect(count).toBeGreaterThan(140);
    },
  );
});
