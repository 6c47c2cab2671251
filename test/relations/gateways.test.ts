import { describe, expect, it } from 'vitest';
import { plain, relationsIn } from './relations-in.ts';

const TLS = '{ mode: SIMPLE, credentialName: cert }';

function gateway(spec: string): string {
  return `
apiVersion: networking.istio.io/v1
kind: Gateway
metadata: { name: web, namespace: shop }
spec: { ${spec} }
---`;
}

function server(tls: string, hosts = '["shop.example.com"]'): string {
  return `servers: [{ port: { number: 443, name: https, protocol: HTTPS }, tls: ${tls}, hosts: ${hosts} }]`;
}

describe("Istio's Gateway", () => {
  it("reads its Secret in the namespace of the gateway's workload", () => {
    const classic = gateway(`selector: { istio: ingressgateway }, ${server(TLS)}`);
    expect(relationsIn(classic + plain('Secret', 'istio-system', 'cert'))).toEqual([
      'Secret cert in istio-system secures shop.example.com',
      'Gateway web in shop serves shop.example.com',
      'Gateway web in shop serves with Secret cert in istio-system',
    ]);
  });

  it('the rendered workload that it configures, and what the settings say of one', () => {
    const own = gateway(`selector: { istio: edge }, ${server(TLS)}`);
    const workload = `
apiVersion: apps/v1
kind: Deployment
metadata: { name: edge, namespace: gateways }
spec: { template: { metadata: { labels: { istio: edge } }, spec: { containers: [] } } }
---`;
    expect(relationsIn(own + workload)).toEqual([
      'Secret cert in gateways (not rendered) secures shop.example.com',
      'Gateway web in shop configures Deployment edge in gateways',
      'Gateway web in shop serves shop.example.com',
      'Gateway web in shop serves with Secret cert in gateways (not rendered)',
    ]);
    const settings = { gateways: [{ selector: { istio: 'edge' }, namespace: 'elsewhere' }] };
    expect(relationsIn(own, settings)).toContain(
      'Gateway web in shop serves with Secret cert in elsewhere (not rendered)',
    );
  });

  it('a Secret whose place nobody knows is the one that is rendered', () => {
    const unknown = gateway(`selector: { istio: edge }, ${server(TLS)}`);
    expect(relationsIn(unknown + plain('Secret', 'edge', 'cert'))).toContain(
      'Gateway web in shop serves with Secret cert in edge',
    );
    expect(relationsIn(unknown)).toContain(
      'Gateway web in shop serves with Secret cert (not rendered)',
    );
  });

  it('hosts without their namespaces, and a CA for clients', () => {
    const tls =
      '{ mode: MUTUAL, credentialName: cert, caCertCredentialName: "configmap://shop/ca" }';
    const mutual = gateway(
      `selector: { istio: ingressgateway }, ${server(tls, '["blog/a.example.com", "./b.example.com"]')}`,
    );
    expect(
      relationsIn(mutual + plain('ConfigMap', 'shop', 'ca')).filter((one) =>
        one.startsWith('Gateway'),
      ),
    ).toEqual([
      'Gateway web in shop checks clients with ConfigMap ca in shop',
      'Gateway web in shop serves a.example.com',
      'Gateway web in shop serves b.example.com',
      'Gateway web in shop serves with Secret cert in istio-system (not rendered)',
    ]);
  });

  it('one server secures its own hosts only', () => {
    const two = gateway(`
      selector: { istio: ingressgateway },
      servers: [
        { port: { number: 443, protocol: HTTPS }, tls: { mode: SIMPLE, credentialName: a }, hosts: [a.example.com] },
        { port: { number: 443, protocol: HTTPS }, tls: { mode: SIMPLE, credentialName: b }, hosts: [b.example.com] },
      ]`);
    expect(relationsIn(two).filter((one) => one.includes('secures'))).toEqual([
      'Secret a in istio-system (not rendered) secures a.example.com',
      'Secret b in istio-system (not rendered) secures b.example.com',
    ]);
  });
});

describe("Istio's VirtualService", () => {
  const virtualService = (spec: string): string => `
apiVersion: networking.istio.io/v1
kind: VirtualService
metadata: { name: web, namespace: shop }
spec: { ${spec} }
---`;

  it('is bound to Gateways, handles hosts, routes to Services', () => {
    const route =
      'http: [{ route: [{ destination: { host: web } }, { destination: { host: api.blog.svc.cluster.local } }], mirror: { host: copy } }]';
    const spec = `hosts: [shop.example.com], gateways: [web, base/edge, mesh], ${route}`;
    expect(
      relationsIn(virtualService(spec) + gateway('servers: []') + plain('Service', 'shop', 'web')),
    ).toEqual([
      'VirtualService web in shop handles requests for shop.example.com',
      'VirtualService web in shop is bound to Gateway edge in base (not rendered)',
      'VirtualService web in shop is bound to Gateway web in shop',
      'VirtualService web in shop routes to Service api in blog (not rendered)',
      'VirtualService web in shop routes to Service copy in shop (not rendered)',
      'VirtualService web in shop routes to Service web in shop',
    ]);
  });

  it('a host that a ServiceEntry has is no missing Service', () => {
    const entry = `
apiVersion: networking.istio.io/v1
kind: ServiceEntry
metadata: { name: api, namespace: shop }
spec: { hosts: [api.example.org] }
---`;
    const spec = 'hosts: [web], http: [{ route: [{ destination: { host: api.example.org } }] }]';
    expect(relationsIn(virtualService(spec) + entry)).toEqual([
      'VirtualService web in shop handles requests for web',
      'VirtualService web in shop routes to api.example.org',
    ]);
  });

  it('a host that is a rendered Service', () => {
    const spec = 'hosts: [web], http: [{ route: [{ destination: { host: web } }] }]';
    expect(relationsIn(virtualService(spec) + plain('Service', 'shop', 'web'))).toEqual([
      'VirtualService web in shop handles requests for Service web in shop',
      'VirtualService web in shop routes to Service web in shop',
    ]);
  });
});

describe('Gateway API', () => {
  it('listeners and routes', () => {
    expect(
      relationsIn(`
apiVersion: gateway.networking.k8s.io/v1
kind: Gateway
metadata: { name: edge, namespace: shop }
spec:
  listeners:
    - { name: https, port: 443, protocol: HTTPS, hostname: shop.example.com, tls: { certificateRefs: [{ name: cert }] } }
    - { name: http, port: 80, protocol: HTTP }
---
apiVersion: gateway.networking.k8s.io/v1
kind: HTTPRoute
metadata: { name: web, namespace: shop }
spec:
  parentRefs: [{ name: edge }, { name: other, namespace: base }]
  hostnames: [shop.example.com]
  rules: [{ backendRefs: [{ name: web, port: 80 }] }]
---`),
    ).toEqual([
      'Secret cert in shop (not rendered) secures shop.example.com',
      'Gateway edge in shop serves shop.example.com',
      'Gateway edge in shop serves with Secret cert in shop (not rendered)',
      'HTTPRoute web in shop handles requests for shop.example.com',
      'HTTPRoute web in shop is bound to Gateway other in base (not rendered)',
      'HTTPRoute web in shop is bound to Gateway edge in shop',
      'HTTPRoute web in shop routes to Service web in shop (not rendered)',
    ]);
  });
});

it('an Ingress serves hosts with a Secret and routes to Services', () => {
  const ingress = `
apiVersion: networking.k8s.io/v1
kind: Ingress
metadata: { name: web, namespace: shop }
spec:
  tls: [{ secretName: cert, hosts: [shop.example.com] }]
  defaultBackend: { service: { name: fallback, port: { number: 80 } } }
  rules:
    - host: www.example.com
      http: { paths: [{ path: /, pathType: Prefix, backend: { service: { name: web, port: { number: 80 } } } }] }
---`;
  expect(
    relationsIn(ingress + plain('Secret', 'shop', 'cert') + plain('Service', 'shop', 'web')),
  ).toEqual([
    'Secret cert in shop secures shop.example.com',
    'Ingress web in shop routes to Service fallback in shop (not rendered)',
    'Ingress web in shop routes to Service web in shop',
    'Ingress web in shop serves shop.example.com',
    'Ingress web in shop serves www.example.com',
    'Ingress web in shop serves with Secret cert in shop',
  ]);
});
