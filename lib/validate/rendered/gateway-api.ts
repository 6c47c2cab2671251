import type { Manifest } from '../../manifest/parse-manifests.ts';
import { recordAt } from './pods.ts';
import { hostsOverlap } from './host-names.ts';
import { objectsAt, textOf, textsAt, type Fields, type Item } from './items.ts';
import { remembered } from './remembered.ts';
import type { RenderedObjects } from './rendered-objects.ts';

/** The API group of Gateway API. */
export const GATEWAY_API = 'gateway.networking.k8s.io';

/** A listener of a Gateway. */
export interface Listener extends Item<Fields> {
  readonly gateway: Manifest;
  readonly name: string | undefined;
  readonly port: number | undefined;
  readonly protocol: string | undefined;
  /** `*` for one without a hostname. */
  readonly hostname: string;
}

/** A reference from one object to another; undefined is what it leaves out. */
export interface Reference extends Item<Fields> {
  /** The empty string is the core group. */
  readonly group: string;
  readonly kind: string;
  /** That of the object itself where the reference names none. */
  readonly namespace: string;
  readonly name: string;
}

/** An HTTPRoute or one of the other kinds of routes. */
export interface ApiRoute {
  readonly manifest: Manifest;
  readonly kind: string;
  /** The empty string when the object names none. */
  readonly namespace: string;
  readonly hostnames: readonly Item<string>[];
  /** The Gateways that it is attached to; a parent of another kind is none. */
  readonly parents: readonly Reference[];
  readonly rules: readonly Item<Fields>[];
}

/** The kinds of routes, and the protocols of the listeners that take them. Source: Gateway API, spec of ProtocolType. */
export const ROUTE_PROTOCOLS: ReadonlyMap<string, readonly string[]> = new Map([
  ['HTTPRoute', ['HTTP', 'HTTPS']],
  ['GRPCRoute', ['HTTP', 'HTTPS']],
  ['TLSRoute', ['TLS']],
  ['TCPRoute', ['TCP', 'TLS']],
  ['UDPRoute', ['UDP']],
]);

/** All Gateways of Gateway API with their listeners, in their order. */
export const apiListeners: (objects: RenderedObjects) => ReadonlyMap<Manifest, Listener[]> =
  remembered((objects: RenderedObjects) =>
      new Map(objects.of(GATEWAY_API, 'Gateway').map((gateway) => [gateway, listenersOf(gateway)])),
  );

function listenersOf(gateway: Manifest): Listener[] {
  return objectsAt(gateway.value, ['spec', 'listeners']).map(({ path, value }) => ({
    gateway,
    path,
    value,
    name: textOf(value['name']),
    port: typeof value['port'] === 'number' ? value['port'] : undefined,
    protocol: textOf(value['protocol']),
    hostname: textOf(value['hostname']) ?? '*',
  }));
}

/** All routes of Gateway API. */
export const apiRoutes: (objects: RenderedObjects) => readonly ApiRoute[] = remembered((objects: RenderedObjects) =>
    [...ROUTE_PROTOCOLS.keys()].flatMap((kind) => objects.of(GATEWAY_API, kind).map(readRoute)),
);

function readRoute(manifest: Manifest): ApiRoute {
  const defaults = { group: GATEWAY_API, kind: 'Gateway' };
  return {
    manifest,
    kind: manifest.resource.kind,
    namespace: manifest.resource.namespace ?? '',
    hostnames: textsAt(manifest.value, ['spec', 'hostnames']),
    parents: objectsAt(manifest.value, ['spec', 'parentRefs'])
      .flatMap((item) => readReference(manifest, item, defaults))
      .filter(({ group, kind }) => group === GATEWAY_API && kind === 'Gateway'),
    rules: objectsAt(manifest.value, ['spec', 'rules']),
  };
}

/** The objects that a route sends requests to, mirrors included. */
export function backendsOf({ manifest, rules }: ApiRoute): Reference[] {
  const defaults = { group: '', kind: 'Service' };
  return rules
    .flatMap(({ path }) => [
      ...objectsAt(manifest.value, [...path, 'backendRefs']),
      ...objectsAt(manifest.value, [...path, 'filters']).flatMap((filter) => {
        const value = recordAt(filter.value, ['requestMirror', 'backendRef']);
        return [{ path: [...filter.path, 'requestMirror', 'backendRef'], value }];
      }),
    ])
    .flatMap((item) => readReference(manifest, item, defaults));
}

/** The Secrets that a listener reads its certificates from. */
export function certificatesOf({ gateway, path }: Listener): Reference[] {
  return objectsAt(gateway.value, [...path, 'tls', 'certificateRefs'])
    .flatMap((item) => readReference(gateway, item, { group: '', kind: 'Secret' }))
    .filter(({ group, kind }) => group === '' && kind === 'Secret');
}

function readReference(
  { resource }: Manifest,
  { path, value }: Item<Fields>,
  defaults: Pick<Reference, 'group' | 'kind'>,
): Reference[] {
  const name = textOf(value['name']);
  if (name === undefined) return [];
  const { group = defaults.group } = value;
  return [
    {
      path,
      value,
      group: typeof group === 'string' ? group : defaults.group,
      kind: textOf(value['kind']) ?? defaults.kind,
      namespace: textOf(value['namespace']) ?? resource.namespace ?? '',
      name,
    },
  ];
}

/** The rendered Gateway that a parent names. */
export function parentGateway(objects: RenderedObjects, parent: Reference): Manifest | undefined {
  return objects.find(GATEWAY_API, 'Gateway', parent);
}

/** The listeners of its rendered Gateway that a parent names: by sectionName and port, else all. */
export function parentListeners(objects: RenderedObjects, parent: Reference): Listener[] {
  const gateway = parentGateway(objects, parent);
  const listeners = (gateway && apiListeners(objects).get(gateway)) ?? [];
  const { sectionName, port } = parent.value;
  return listeners.filter(
    (listener) =>
      (sectionName === undefined || listener.name === sectionName) &&
      (port === undefined || listener.port === port),
  );
}

/** Whether a listener takes routes of a kind: by its protocol, and by the kinds that it allows. */
export function takesKind(listener: Listener, kind: string): boolean {
  const { protocol } = listener;
  const kinds = objectsAt(listener.value, ['allowedRoutes', 'kinds']);
  if (kinds.length > 0 && !kinds.some(({ value }) => value['kind'] === kind)) return false;
  const isOwnProtocol = ![...ROUTE_PROTOCOLS.values()].flat().includes(protocol ?? '');
  return isOwnProtocol || (ROUTE_PROTOCOLS.get(kind) ?? []).includes(protocol ?? '');
}

/** Whether a host of a route is one of a listener. */
export function servesHost(listener: Listener, hostname: string): boolean {
  return hostsOverlap(listener.hostname, hostname);
}

/** A kind of object in a namespace, as a ReferenceGrant speaks of it. */
export interface Granted {
  readonly group: string;
  readonly kind: string;
  readonly namespace: string;
}

/** Whether a rendered ReferenceGrant lets objects of one kind and namespace refer to an object of another namespace. */
export function isGranted(
  objects: RenderedObjects,
  from: Granted,
  to: Granted & { readonly name: string },
): boolean {
  return objects.of(GATEWAY_API, 'ReferenceGrant').some(
    ({ resource, value }) =>
      resource.namespace === to.namespace &&
      objectsAt(value, ['spec', 'from']).some(
        (one) =>
          one.value['group'] === from.group &&
          one.value['kind'] === from.kind &&
          one.value['namespace'] === from.namespace,
      ) &&
      objectsAt(value, ['spec', 'to']).some(
        (one) =>
          (one.value['group'] ?? '') === to.group &&
          one.value['kind'] === to.kind &&
          (textOf(one.value['name']) ?? to.name) === to.name,
      ),
  );
}
