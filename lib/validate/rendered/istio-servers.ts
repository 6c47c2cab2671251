import type { Path } from '../../finding/finding.ts';
import { isRecord } from '../../manifest/is-record.ts';
import type { Manifest } from '../../manifest/parse-manifests.ts';
import { isSet, objectsAt, textOf, textsAt, type Fields, type Item } from './items.ts';
import { remembered } from './remembered.ts';
import { recordAt } from './pods.ts';
import type { RenderedObjects } from './rendered-objects.ts';

/** The API group of Gateway, VirtualService and DestinationRule. */
export const ISTIO = 'networking.istio.io';

/** The protocols that Istio knows, in any case. Source: istio/istio, pkg/config/protocol, Parse. */
export const PROTOCOLS = [
  'HTTP',
  'HTTPS',
  'HTTP2',
  'GRPC',
  'GRPC-WEB',
  'TLS',
  'TCP',
  'MONGO',
  'MYSQL',
  'REDIS',
  'UDP',
  'HTTP_PROXY',
] as const;

/** How a port is read: what is HTTP in clear, what begins with TLS, and everything else. */
export type Family = 'http' | 'tls' | 'other';

const FAMILIES: ReadonlyMap<string, Family> = new Map<string, Family>([
  ...['HTTP', 'HTTP2', 'GRPC', 'GRPC-WEB', 'HTTP_PROXY'].map((name) => [name, 'http'] as const),
  ...['HTTPS', 'TLS'].map((name) => [name, 'tls'] as const),
  ...['TCP', 'MONGO', 'MYSQL', 'REDIS', 'UDP'].map((name) => [name, 'other'] as const),
]);

/** The family of a protocol in capitals; undefined for one that Istio does not know. */
export function familyOf(protocol: string): Family | undefined {
  return FAMILIES.get(protocol);
}

/** A server of an Istio Gateway. */
export interface IstioServer {
  readonly gateway: Manifest;
  /** Where it stands in the Gateway. */
  readonly path: Path;
  readonly value: Fields;
  readonly port: Fields;
  /** Undefined for what is no number. */
  readonly number: number | undefined;
  /** As written, in capitals; undefined for what is no text. */
  readonly protocol: string | undefined;
  /** Undefined for a protocol that Istio does not know. */
  readonly family: Family | undefined;
  /** As written. */
  readonly hosts: readonly Item<string>[];
  /** The empty string when it has none. */
  readonly bind: string;
  /** Undefined when the server has none. */
  readonly tls: Fields | undefined;
  /** As Istio reads it: PASSTHROUGH where `tls` has none. Undefined without `tls`. */
  readonly mode: string | undefined;
}

/** The servers of one Istio Gateway, in their order. */
export const serversOf = remembered((gateway: Manifest): readonly IstioServer[] =>
  objectsAt(gateway.value, ['spec', 'servers']).map(({ path, value }) => {
    const port = recordAt(value, ['port']);
    const protocol = textOf(port['protocol'])?.toUpperCase();
    const number = port['number'];
    const tls = isRecord(value['tls']) ? value['tls'] : undefined;
    return {
      gateway,
      path,
      value,
      port,
      number: typeof number === 'number' ? number : undefined,
      protocol,
      family: protocol === undefined ? undefined : familyOf(protocol),
      hosts: textsAt(gateway.value, [...path, 'hosts']),
      bind: textOf(value['bind']) ?? '',
      tls,
      mode: tls && (textOf(tls['mode']) ?? 'PASSTHROUGH'),
    };
  }),
);

/** The servers of all Istio Gateways, in their order. */
export const istioServers: (objects: RenderedObjects) => readonly IstioServer[] = remembered((objects: RenderedObjects) => objects.of(ISTIO, 'Gateway').flatMap(serversOf),
);

/** Whether connections end at the gateway, with a certificate of its own. */
export function terminatesTls({ family, mode }: IstioServer): boolean {
  return family === 'tls' && mode !== undefined && TERMINATING.has(mode);
}

const TERMINATING: ReadonlySet<string> = new Set([
  'SIMPLE',
  'MUTUAL',
  'OPTIONAL_MUTUAL',
  'ISTIO_MUTUAL',
]);

/** Whether the server hands TLS connections on unopened. */
export function passesThrough({ mode }: IstioServer): boolean {
  return mode === 'PASSTHROUGH' || mode === 'AUTO_PASSTHROUGH';
}

/** Whether the server only sends requests on to HTTPS. */
export function redirects({ family, tls }: IstioServer): boolean {
  return family === 'http' && tls?.['httpsRedirect'] === true;
}

/** The fields of `tls` that name a certificate, a key, a CA or a revocation list, of those that are set. */
export function certificateFields(tls: Fields): string[] {
  return CERTIFICATE_FIELDS.filter((field) => isSet(tls[field]));
}

const CERTIFICATE_FIELDS = [
  'credentialName',
  'credentialNames',
  'serverCertificate',
  'privateKey',
  'tlsCertificates',
  'caCertificates',
  'caCrl',
];

/** A host of a server: the DNS part, and the namespace whose VirtualServices may use it. */
export interface ServerHost {
  /** Undefined where any may. */
  readonly namespace: string | undefined;
  readonly name: string;
}

/** Reads `NAMESPACE/NAME`, `./NAME`, a star for the namespace, and NAME alone. */
export function serverHost(host: string, gateway: Manifest): ServerHost {
  const slash = host.indexOf('/');
  const namespace = slash === -1 ? '*' : host.slice(0, slash);
  const name = host.slice(slash + 1);
  if (namespace === '*') return { namespace: undefined, name };
  return { namespace: namespace === '.' ? (gateway.resource.namespace ?? '') : namespace, name };
}
