import { parseManifests } from '../../../lib/manifest/parse-manifests.ts';
import {
  RenderedObjects,
  type RuleSettings,
} from '../../../lib/validate/rendered/rendered-objects.ts';
import { ruleFindings } from '../../../lib/validate/rules/index.ts';

/** The codes of area gateways that the rules find; objects are as short as the case needs, so schemas are not asked. */
export async function codesIn(yaml: string, settings?: RuleSettings): Promise<string[]> {
  const found = await ruleFindings(new RenderedObjects(parseManifests(yaml), settings), {
    isPartial: false,
  });
  return found.map(({ code }) => code).filter((code) => code.startsWith('gateways/'));
}

/**
 * A manifest.
 *
 * @param place `NAMESPACE/NAME`; `/NAME` of what is in none.
 * @param body its other members, in YAML.
 */
export function object(group: string, kind: string, place: string, body: string): string {
  const [namespace = '', name = ''] = place.split('/');
  const space = namespace === '' ? '' : `, namespace: ${namespace}`;
  return `apiVersion: ${group}\nkind: ${kind}\nmetadata: {name: ${name}${space}}\n${body}\n---\n`;
}

/** The apiVersion of Istio. */
export const ISTIO = 'networking.istio.io/v1';
/** The apiVersion of Gateway API. */
export const API = 'gateway.networking.k8s.io/v1';

/** An Istio Gateway with servers in YAML. */
export function gateway(
  servers: string,
  place = 'shop/shop',
  selector = '{istio: ingressgateway}',
): string {
  return object(ISTIO, 'Gateway', place, `spec: {selector: ${selector}, servers: [${servers}]}`);
}

/** A server on port 443. */
export function https(tls: string, hosts = 'shop.example.com', name = 'https'): string {
  return `{port: {number: 443, protocol: HTTPS, name: ${name}}, hosts: [${hosts}], tls: ${tls}}`;
}

/** A server on port 80. */
export function http(hosts = 'shop.example.com', rest = ''): string {
  return `{port: {number: 80, protocol: HTTP, name: http}, hosts: [${hosts}]${rest}}`;
}

/** TLS settings with files. */
export const FILES = 'mode: SIMPLE, serverCertificate: /tls.crt, privateKey: /tls.key';

/** A VirtualService. */
export function routes(spec: string, place = 'shop/shop'): string {
  return object(ISTIO, 'VirtualService', place, `spec: {${spec}}`);
}

/** A Secret with a certificate and its key, as Istio reads them. */
export function secret(
  place: string,
  { annotations = '{}', keys = '{cert: a, key: b}' } = {},
): string {
  const [namespace = '', name = ''] = place.split('/');
  return `apiVersion: v1\nkind: Secret\nmetadata: {name: ${name}, namespace: ${namespace}, annotations: ${annotations}}\nstringData: ${keys}\n---\n`;
}

/** A Service with ports, separated by spaces. */
export function service(place: string, ports = '80', selector = ''): string {
  const list = ports.split(' ').map((port) => `{name: p${port}, port: ${port}}`);
  const select = selector === '' ? '' : `selector: ${selector}, `;
  return object('v1', 'Service', place, `spec: {${select}ports: [${list.join(', ')}]}`);
}

/** A Deployment whose Pods have labels. */
export function workload(place: string, labels: string): string {
  return object(
    'apps/v1',
    'Deployment',
    place,
    `spec: {template: {metadata: {labels: ${labels}}, spec: {containers: [{name: app, image: a}]}}}`,
  );
}

/** Annotations with which Reflector copies to namespaces. */
export const REFLECTED = (namespaces: string) =>
  `{reflector.v1.k8s.emberstack.com/reflection-allowed: 'true', reflector.v1.k8s.emberstack.com/reflection-auto-enabled: 'true', reflector.v1.k8s.emberstack.com/reflection-auto-namespaces: '${namespaces}'}`;
/** TLS settings with a Secret. */
export const SIMPLE = '{mode: SIMPLE, credentialName: shop-tls}';
/** A rule that answers by itself. */
export const OK = 'http: [{directResponse: {status: 200}}]';
