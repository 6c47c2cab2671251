import type { Manifest } from '../../../manifest/parse-manifests.ts';
import { valueAt } from '../../../manifest/secret-fields.ts';
import { solverFor } from '../../rendered/acme-solvers.ts';
import { isHostWithin } from '../../rendered/host-names.ts';
import {
  istioServers,
  redirects,
  serverHost,
  type IstioServer,
} from '../../rendered/istio-servers.ts';
import { textsAt, type Item } from '../../rendered/items.ts';
import type { RenderedObjects } from '../../rendered/rendered-objects.ts';
import { virtualServices, type VirtualService } from '../../rendered/virtual-services.ts';
import type { Rule } from '../rule.ts';

/**
 * A host's certificate comes by HTTP-01 through an Ingress of Istio's class, and a Gateway redirects the host to HTTPS, where
 * nothing answers the challenge.
 */
export const redirectBlocksHttp01: Rule = {
  code: 'gateways/redirect-blocks-http01',
  *check(objects) {
    const servers = istioServers(objects).filter(
      (server) => redirects(server) && server.number === HTTP_PORT,
    );
    if (servers.length === 0) return;
    for (const certificate of objects.of('cert-manager.io', 'Certificate')) {
      for (const host of textsAt(certificate.value, ['spec', 'dnsNames'])) {
        const server = servers.find((one) => redirectsHost(objects, one, host.value));
        if (server === undefined || !isBlocked(objects, certificate, host)) continue;
        const { namespace = '', name } = certificate.resource;
        yield {
          on: server.gateway,
          path: [...server.path, 'tls', 'httpsRedirect'],
          fault: 'value',
          value: true,
          message: `the Certificate ${namespace}/${name} proves ${host.value} by HTTP-01 through an Ingress of class istio, and this redirect sends the challenge to HTTPS, where no route answers it`,
          expected: 'a server for the host on port 80 without httpsRedirect, or DNS-01',
          hint: 'Prove the host by DNS-01; or redirect in a VirtualService that leaves /.well-known/acme-challenge/ alone.',
        };
        break;
      }
    }
  },
};

const HTTP_PORT = 80;
const CHALLENGE = '/.well-known/acme-challenge';

/**
 * The virtual host of the very name is redirected whole: that of the server's own host, or of a VirtualService's bound to it.
 * Source: istio/istio, pilot/pkg/networking/core/gateway.go, RequireTls.
 */
function redirectsHost(objects: RenderedObjects, server: IstioServer, host: string): boolean {
  const names = server.hosts.map(({ value }) => serverHost(value, server.gateway).name);
  if (names.includes(host)) return true;
  if (!names.some((name) => isHostWithin(host, name))) return false;
  return virtualServices(objects).some(
    (one) => isBoundTo(one, server.gateway) && one.hosts.some(({ value }) => value === host),
  );
}

function isBoundTo({ gateways }: VirtualService, { resource }: Manifest): boolean {
  return gateways.some(
    ({ namespace, name }) => namespace === (resource.namespace ?? '') && name === resource.name,
  );
}

function isBlocked(objects: RenderedObjects, certificate: Manifest, host: Item<string>): boolean {
  const ingress = valueAt(solverFor(objects, certificate, host.value), ['http01', 'ingress']);
  const usesIstio = ['ingressClassName', 'class'].some(
    (field) => valueAt(ingress, [field]) === 'istio',
  );
  return usesIstio && !virtualServices(objects).some((one) => answersChallenge(one, host.value));
}

function answersChallenge({ hosts, routes }: VirtualService, host: string): boolean {
  return (
    hosts.some(({ value }) => isHostWithin(host, value)) &&
    routes.some(({ match }) =>
      match.some(({ value }) =>
        ['prefix', 'exact', 'regex'].some((way) =>
          String(valueAt(value, ['uri', way])).includes(CHALLENGE.slice(1)),
        ),
      ),
    )
  );
}
