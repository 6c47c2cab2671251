import { FINDING_CODES } from '../finding/codes.ts';
import type { Finding, ResourceId } from '../finding/finding.ts';
import { API_LIFECYCLE } from '../gen/api-lifecycle.ts';
import type { Upstream, UpstreamKind } from '../sources/upstream.ts';
import { listed } from './words.ts';

/**
 * Finds a version of an API that is still served and will not be for ever: one of Kubernetes' own by its table of
 * lifecycles, one of a CRD by what the CRD says of it.
 *
 * @param kubernetes the version that is validated for, such as `1.37`.
 */
export function deprecationFindings(
  resource: ResourceId,
  kind: UpstreamKind,
  kubernetes: string,
): Finding[] {
  if (kind.deprecation !== undefined) return [deprecatedByCrd(resource, kind.deprecation)];
  const life = API_LIFECYCLE[`${resource.apiVersion} ${resource.kind}`];
  if (kind.dialect === 'crd' || life === undefined || !isReached(life.deprecated, kubernetes))
    return [];
  const { deprecated, removed, replacement } = life;
  return [
    {
      ...base('api/deprecated', resource),
      message: `${resource.kind} in ${resource.apiVersion} is deprecated since Kubernetes ${deprecated} and not served from ${removed} on`,
      ...instead(resource, replacement),
    },
  ];
}

function deprecatedByCrd(resource: ResourceId, warning: string): Finding {
  return {
    ...base('api/deprecated', resource),
    message: `${resource.kind} in ${resource.apiVersion} is deprecated by its CRD`,
    ...(warning !== '' && { hint: warning }),
  };
}

/**
 * What to report about a version of an API that is no longer served.
 *
 * @param resource an object whose kind has no schema.
 * @returns undefined when it is not known to have been served once.
 */
export function removedFinding(resource: ResourceId, upstream: Upstream): Finding | undefined {
  const { apiVersion, kind } = resource;
  const life = API_LIFECYCLE[`${apiVersion} ${kind}`];
  if (life !== undefined && isReached(life.removed, upstream.kubernetes))
    return {
      ...base('api/removed', resource),
      message: `${kind} in ${apiVersion} is not served from Kubernetes ${life.removed} on`,
      ...instead(resource, life.replacement),
    };
  return removedByCrd(resource, upstream);
}

/** The version is older than all that the CRD serves. */
function removedByCrd(resource: ResourceId, upstream: Upstream): Finding | undefined {
  const { apiVersion, kind } = resource;
  const [group = '', version = ''] = apiVersion.split('/');
  const served = upstream
    .kinds()
    .filter((known) => known.kind === kind && known.apiVersion.startsWith(`${group}/`));
  const [first] = served;
  if (first === undefined || first.dialect !== 'crd') return undefined;
  const rank = versionRank(version);
  const versions = served.map((known) => known.apiVersion);
  if (rank === undefined || !versions.every((each) => isAfter(each, rank))) return undefined;
  return {
    ...base('api/removed', resource),
    message: `${kind} is not served in ${apiVersion} by ${[first.module, first.version].join(' ').trim()}`,
    expected: listed(versions, 'or'),
    hint: `Served: ${listed(versions, 'and')}.`,
  };
}

function base(
  code: 'api/deprecated' | 'api/removed',
  resource: ResourceId,
): Pick<Finding, 'code' | 'severity' | 'resource' | 'path' | 'fault' | 'value'> {
  const { severity } = FINDING_CODES[code];
  return {
    code,
    severity,
    resource,
    path: ['apiVersion'],
    fault: 'value',
    value: resource.apiVersion,
  };
}

/** @param replacement such as `apps/v1 Deployment`. */
function instead(
  { kind }: ResourceId,
  replacement: string | undefined,
): Pick<Finding, 'expected' | 'hint'> {
  if (replacement === undefined) return {};
  const [apiVersion = '', other = ''] = replacement.split(' ');
  const isSame = other === kind;
  return {
    expected: apiVersion,
    hint: `Use ${isSame ? apiVersion : `${other} in ${apiVersion}`}.`,
  };
}

function isReached(minor: string, kubernetes: string): boolean {
  return Number(minor.split('.')[1]) <= Number(kubernetes.split('.')[1]);
}

/** The order of versions: v1 after v1beta2 after v1beta1 after v1alpha1. */
function versionRank(version: string): readonly number[] | undefined {
  const match = /^v(\d+)(?:(alpha|beta)(\d+))?$/.exec(version);
  if (match === null) return undefined;
  const [, major, stage, minor = '0'] = match;
  const maturity = stage === undefined ? 2 : stage === 'beta' ? 1 : 0;
  return [maturity, Number(major), Number(minor)];
}

function isAfter(apiVersion: string, rank: readonly number[]): boolean {
  const other = versionRank(apiVersion.split('/')[1] ?? '');
  if (other === undefined) return false;
  const index = rank.findIndex((part, place) => part !== other[place]);
  return index !== -1 && (other[index] ?? 0) > (rank[index] ?? 0);
}
