import type { Path } from '../../../finding/finding.ts';
import type { Manifest } from '../../../manifest/parse-manifests.ts';
import { oncePer } from '../../rendered/once-per.ts';
import type { ProvidedSecret } from '../../rendered/provided-secrets.ts';
import type { RenderedObjects } from '../../rendered/rendered-objects.ts';
import { itemsAt, textAt } from '../../rendered/values-at.ts';
import { namesOf, tlsPairOf } from '../../rendered/tls-pair.ts';

/** A host that is served with a certificate. */
export interface TlsUse {
  readonly on: Manifest;
  /** Where the host stands. */
  readonly path: Path;
  /** In small letters; may begin with `*.`. */
  readonly host: string;
  /** The Secrets with which it may be served. */
  readonly secrets: readonly ProvidedSecret[];
}

/** The hosts of Ingresses, of Istio's Gateways and of Gateway API that name rendered Secrets. */
export const tlsUsesOf: (objects: RenderedObjects) => readonly TlsUse[] = oncePer((objects) => [
  ...objects.of('networking.k8s.io', 'Ingress').flatMap((on) => ofIngress(on, objects)),
  ...objects.of('networking.istio.io', 'Gateway').flatMap((on) => ofIstio(on, objects)),
  ...objects.of('gateway.networking.k8s.io', 'Gateway').flatMap((on) => ofGateway(on, objects)),
]);

function ofIngress(on: Manifest, { secrets }: RenderedObjects): TlsUse[] {
  const namespace = on.resource.namespace ?? '';
  return itemsAt(on.value, ['spec', 'tls']).flatMap(({ path, value }) => {
    const name = textAt(value, ['secretName']);
    const found = name === undefined ? [] : secrets.reaching(namespace, name);
    return hostsAt(on, [...path, 'hosts'], found);
  });
}

/** The namespace of the workload is not looked up: any Secret of that name will do here. */
function ofIstio(on: Manifest, { secrets }: RenderedObjects): TlsUse[] {
  return itemsAt(on.value, ['spec', 'servers']).flatMap(({ path, value }) => {
    const names = [
      textAt(value, ['tls', 'credentialName']),
      ...itemsAt(value, ['tls', 'credentialNames']).map((item) => textAt(item.value, [])),
    ];
    const found = names.flatMap((name) => (name === undefined ? [] : secrets.named(name)));
    return hostsAt(on, [...path, 'hosts'], found);
  });
}

function ofGateway(on: Manifest, { secrets }: RenderedObjects): TlsUse[] {
  return itemsAt(on.value, ['spec', 'listeners']).flatMap(({ path, value }) => {
    const found = itemsAt(value, ['tls', 'certificateRefs']).flatMap((ref) => {
      const namespace = textAt(ref.value, ['namespace']) ?? on.resource.namespace ?? '';
      const name = textAt(ref.value, ['name']);
      return name === undefined ? [] : secrets.reaching(namespace, name);
    });
    return use(on, [...path, 'hostname'], found);
  });
}

function hostsAt(on: Manifest, path: Path, secrets: TlsUse['secrets']): TlsUse[] {
  return itemsAt(on.value, path).flatMap((item) => use(on, item.path, secrets));
}

function use(on: Manifest, path: Path, secrets: TlsUse['secrets']): TlsUse[] {
  const text = textAt(on.value, path)?.toLowerCase();
  // Istio's hosts may begin with a namespace.
  const host = text?.slice(text.indexOf('/') + 1);
  const isName = host !== undefined && host.includes('.') && !/^[\d.]+$|:/.test(host);
  return isName && secrets.length > 0 ? [{ on, path, host, secrets }] : [];
}

/**
 * The names that the certificate of a Secret is for.
 *
 * @returns undefined when what is rendered does not say them all.
 */
export function certificateNames({ by }: ProvidedSecret): string[] | undefined {
  if (by.resource.kind === 'Secret') {
    const leaf = tlsPairOf(by)?.chain[0];
    return leaf && nonEmpty(namesOf(leaf));
  }
  if (by.resource.kind !== 'Certificate') return undefined;
  const names = itemsAt(by.value, ['spec', 'dnsNames']).map(({ value }) => String(value));
  return nonEmpty([...names, textAt(by.value, ['spec', 'commonName']) ?? []].flat());
}

function nonEmpty(names: string[]): string[] | undefined {
  return names.length === 0 ? undefined : names.map((name) => name.toLowerCase());
}

/** Whether a certificate for a name serves a host, or a part of what a host with a wildcard stands for. */
export function covers(name: string, host: string): boolean {
  if (name === host) return true;
  if (name.startsWith('*.')) return parentOf(host) === name.slice(2);
  return host.startsWith('*.') && name.endsWith(host.slice(1));
}

function parentOf(host: string): string {
  return host.slice(host.indexOf('.') + 1);
}
