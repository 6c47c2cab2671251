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
    const certificates = objects.of('cert-manager.io', 'Certificate');
    if (certificates.length === 0) return;
    const redirecting = redirectedHosts(objects);
    for (const certificate of certificates) {
      for (const host of textsAt(certificate.value, ['spec', 'dnsNames'])) {
        const server = redirecting.get(host.value);
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
 * The names whose virtual host is redirected whole: those of the servers' own hosts, and of VirtualServices bound to them.
 * Source: istio/istio, pilot/pkg/networking/core/gateway.go, RequireTls.
 */
function redirectedHosts(objects: RenderedObjects): Map<string, IstioServer> {
  const found = new Map<string, IstioServer>();
  const byGateway = new Map<string, IstioServer[]>();
  for (const server of istioServers(objects)) {
    if (!redirects(server) || server.number !== HTTP_PORT) continue;
    for (const name of namesOf(server)) found.set(name, server);
    const { namespace = '', name } = server.gateway.resource;
    const key = `${namespace}/${name}`;
    const same = byGateway.get(key);
    if (same === undefined) byGateway.set(key, [server]);
    else same.push(server);
  }
  for (const { gateways, hosts } of byGateway.size === 0 ? [] : virtualServices(objects)) {
    const servers = gateways.flatMap(
      ({ namespace, name }) => byGateway.get(`${namespace}/${name}`) ?? [],
    );
    for (const { value } of hosts) {
      const server = servers.find((one) => namesOf(one).some((name) => isHostWithin(value, name)));
      if (server !== undefined) found.set(value, server);
    }
  }
  return found;
}

function namesOf({ hosts, gateway }: IstioServer): string[] {
  return hosts.map(({ value }) => serverHost(value, gateway).name);
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
