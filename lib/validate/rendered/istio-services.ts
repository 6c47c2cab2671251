import { isIP } from 'node:net';
import type { Manifest } from '../../manifest/parse-manifests.ts';
import { domainProblem, hostsOverlap, isPlainName } from './host-names.ts';
import { ISTIO } from './istio-servers.ts';
import { objectsAt, textsAt } from './items.ts';
import { perText, remembered } from './remembered.ts';
import type { RenderedObjects } from './rendered-objects.ts';

/** A Service as a host of Istio names it. */
export interface ServiceName {
  readonly namespace: string;
  readonly name: string;
}

/**
 * The Service that a host names: a name without dots is one of `own`, everything else has to be
 * `NAME.NAMESPACE.svc.DOMAIN`. Source: istio/istio, pilot/pkg/model/config.go, ResolveShortnameToFQDN.
 *
 * @returns undefined for a host that is no Service of Kubernetes, or none at all.
 */
export function serviceName(host: string, own: string): ServiceName | undefined {
  const read = readHost(host);
  return read === 'own' ? { namespace: own, name: host } : read;
}

/** `own` for a name without dots. Many rules ask, and many objects name the same host. */
const readHost = perText((host: string): ServiceName | 'own' | undefined => {
  if (!isPlainName(host) && !isOtherName(host)) return undefined;
  if (!host.includes('.')) return 'own';
  const [, name, namespace] = /^([^.*]+)\.([^.]+)\.svc\..+$/.exec(host) ?? [];
  return name === undefined || namespace === undefined ? undefined : { namespace, name };
});

function isOtherName(host: string): boolean {
  return host !== '*' && isIP(host) === 0 && domainProblem(host) === undefined;
}

/** The rendered Service that a host names. */
export function serviceOf(objects: RenderedObjects, host: string, own: string): Manifest | undefined {
  const name = serviceName(host, own);
  return name && objects.find('', 'Service', name);
}

/** Whether a rendered ServiceEntry has the host. */
export function hasServiceEntry(objects: RenderedObjects, host: string): boolean {
  return entryHosts(objects).some((entry) => hostsOverlap(entry, host));
}

const entryHosts = remembered((objects: RenderedObjects) =>
  objects
    .of(ISTIO, 'ServiceEntry')
    .flatMap(({ value }) => textsAt(value, ['spec', 'hosts']).map((host) => host.value)),
);

/** The numbers of the ports of a Service. */
export const portsOf = remembered((service: Manifest): readonly number[] =>
  objectsAt(service.value, ['spec', 'ports'])
    .map(({ value }) => value['port'])
    .filter((port) => typeof port === 'number'),
);
