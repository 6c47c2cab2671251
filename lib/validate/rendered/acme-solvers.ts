import type { Manifest } from '../../manifest/parse-manifests.ts';
import { isRecord } from '../../manifest/is-record.ts';
import { valueAt } from '../../manifest/secret-fields.ts';
import { objectsAt, textOf, textsAt, type Fields } from './items.ts';
import type { RenderedObjects } from './rendered-objects.ts';

/**
 * The solver with which the rendered ACME issuer of a Certificate proves a host: one that names it, else the one with the
 * longest of its zones, else one for all. Source: cert-manager, pkg/controller/acmeorders/selectors.
 *
 * @returns undefined when the issuer is not rendered, or when labels decide.
 */
export function solverFor(
  objects: RenderedObjects,
  certificate: Manifest,
  host: string,
): Fields | undefined {
  const issuer = issuerOf(objects, certificate);
  const solvers = objectsAt(issuer?.value, ['spec', 'acme', 'solvers']).map(({ value }) => value);
  if (solvers.some((solver) => valueAt(solver, ['selector', 'matchLabels']) !== undefined))
    return undefined;
  const ranked = solvers.map((solver) => ({ solver, rank: rankOf(solver, host) }));
  const best = Math.max(...ranked.map(({ rank }) => rank));
  return best < 0 ? undefined : ranked.find(({ rank }) => rank === best)?.solver;
}

/** The Issuer or ClusterIssuer of a Certificate, when it is rendered. */
export function issuerOf(objects: RenderedObjects, certificate: Manifest): Manifest | undefined {
  const reference = valueAt(certificate.value, ['spec', 'issuerRef']);
  const name = textOf(valueAt(reference, ['name']));
  if (name === undefined || (textOf(valueAt(reference, ['group'])) ?? GROUP) !== GROUP)
    return undefined;
  const kind = textOf(valueAt(reference, ['kind'])) ?? 'Issuer';
  const { namespace } = certificate.resource;
  return kind === 'Issuer'
    ? objects.find(GROUP, kind, { namespace, name })
    : objects.find(GROUP, kind, { name });
}

const GROUP = 'cert-manager.io';
const NAMED = 1000;

/** -1 when the solver is not for the host. */
function rankOf(solver: Fields, host: string): number {
  const { selector } = solver;
  if (!isRecord(selector)) return 0;
  const names = textsAt(selector, ['dnsNames']).map(({ value }) => value);
  if (names.includes(host)) return NAMED;
  const zones = textsAt(selector, ['dnsZones'])
    .map(({ value }) => value)
    .filter((zone) => host === zone || host.endsWith(`.${zone}`));
  if (zones.length > 0) return Math.max(...zones.map((zone) => zone.length));
  const isForAll = selector['dnsNames'] === undefined && selector['dnsZones'] === undefined;
  return isForAll ? 0 : -1;
}
