import type { Path } from '../../finding/finding.ts';
import type { Manifest } from '../../manifest/parse-manifests.ts';
import { isRecord } from '../../manifest/is-record.ts';
import { valueAt } from '../../manifest/secret-fields.ts';
import { ISTIO } from './istio-servers.ts';
import { objectsAt, textOf, textsAt, type Fields, type Item } from './items.ts';
import { remembered } from './remembered.ts';
import { recordAt } from './pods.ts';
import type { RenderedObjects } from './rendered-objects.ts';

/** A VirtualService of Istio. */
export interface VirtualService {
  readonly manifest: Manifest;
  /** The empty string when the object names none. */
  readonly namespace: string;
  readonly spec: Fields;
  /** As written; none for one that others delegate to. */
  readonly hosts: readonly Item<string>[];
  readonly gateways: readonly GatewayReference[];
  /** Whether it holds for Pods in the mesh. */
  readonly isForMesh: boolean;
  readonly routes: readonly IstioRoute[];
}

/** A Gateway that a VirtualService names; `mesh` is none. */
export interface GatewayReference extends Item<string> {
  readonly namespace: string;
  readonly name: string;
}

/** A rule of a VirtualService. */
export interface IstioRoute extends Item<Fields> {
  readonly protocol: RouteProtocol;
  readonly match: readonly Item<Fields>[];
  /** The services that it sends to, mirrors included. */
  readonly destinations: readonly Destination[];
}

/** Which field of a VirtualService a rule stands in. */
export type RouteProtocol = 'http' | 'tls' | 'tcp';

/** A service that a rule of a VirtualService sends to. */
export interface Destination extends Item<Fields> {
  readonly host: string;
  /** Undefined when none is named. */
  readonly port: number | undefined;
  readonly subset: string | undefined;
}

/** All VirtualServices, in their order. */
export const virtualServices: (objects: RenderedObjects) => readonly VirtualService[] =
  remembered((objects: RenderedObjects) => objects.of(ISTIO, 'VirtualService').map(read));

function read(manifest: Manifest): VirtualService {
  const namespace = manifest.resource.namespace ?? '';
  const named = textsAt(manifest.value, ['spec', 'gateways']);
  return {
    manifest,
    namespace,
    spec: recordAt(manifest.value, ['spec']),
    hosts: textsAt(manifest.value, ['spec', 'hosts']),
    gateways: named
      .filter(({ value }) => value !== MESH)
      .map((item) => ({ ...item, ...resolve(item.value, namespace) })),
    isForMesh: named.length === 0 || named.some(({ value }) => value === MESH),
    routes: PROTOCOLS.flatMap((protocol) =>
      objectsAt(manifest.value, ['spec', protocol]).map(({ path, value }) => ({
        protocol,
        path,
        value,
        match: objectsAt(manifest.value, [...path, 'match']),
        destinations: readDestinations(manifest, { path, value }),
      })),
    ),
  };
}

const MESH = 'mesh';
const PROTOCOLS: readonly RouteProtocol[] = ['http', 'tls', 'tcp'];

/**
 * `NAMESPACE/NAME`, `./NAME`, NAME of the VirtualService's own namespace, and the old `NAME.NAMESPACE.svc...`.
 * Source: istio/istio, pilot/pkg/model/config.go, resolveGatewayName.
 */
function resolve(text: string, own: string): { readonly namespace: string; readonly name: string } {
  const slash = text.indexOf('/');
  if (slash !== -1) {
    const namespace = text.slice(0, slash);
    return { namespace: namespace === '.' ? own : namespace, name: text.slice(slash + 1) };
  }
  const [name = '', namespace] = text.split('.');
  return { namespace: namespace ?? own, name };
}

function readDestinations(manifest: Manifest, { path, value }: Pick<IstioRoute, 'path' | 'value'>): Destination[] {
  const places: Path[] = [
    ...objectsAt(manifest.value, [...path, 'route']).map((one) => [...one.path, 'destination']),
    ...(isRecord(value['mirror']) ? [[...path, 'mirror']] : []),
    ...objectsAt(manifest.value, [...path, 'mirrors']).map((one) => [...one.path, 'destination']),
  ];
  return places.flatMap((place) => destination(manifest, place));
}

function destination(manifest: Manifest, path: Path): Destination[] {
  const value = valueAt(manifest.value, path);
  if (!isRecord(value)) return [];
  const host = textOf(value['host']);
  if (host === undefined) return [];
  const port = valueAt(value, ['port', 'number']);
  return [
    {
      path,
      value,
      host,
      port: typeof port === 'number' ? port : undefined,
      subset: textOf(value['subset']),
    },
  ];
}

/** What a rule matches a path, a header and so on with: the regular expressions among them. */
export function regularExpressions(manifest: Manifest, route: IstioRoute): Item<string>[] {
  const found: Item<string>[] = [];
  for (const field of ['match', 'corsPolicy', 'rewrite'])
    collect(valueAt(manifest.value, [...route.path, field]), [...route.path, field], found);
  return found;
}

function collect(value: unknown, path: Path, found: Item<string>[]): void {
  if (typeof value !== 'object' || value === null) return;
  for (const [key, inner] of Object.entries(value)) {
    const place = [...path, Array.isArray(value) ? Number(key) : key];
    if (typeof inner === 'string' && (key === 'regex' || (key === 'match' && path.at(-1) === 'uriRegexRewrite')))
      found.push({ path: place, value: inner });
    else collect(inner, place, found);
  }
}
