import type { Path } from '../../../finding/finding.ts';
import { isIP } from 'node:net';
import { domainProblem } from '../../rendered/host-names.ts';
import { ISTIO } from '../../rendered/istio-servers.ts';
import { isSet, objectsAt, type Fields } from '../../rendered/items.ts';
import { isRecord } from '../../../manifest/is-record.ts';
import { recordAt } from '../../rendered/pods.ts';
import type { Rule } from '../rule.ts';
import { below, fieldsOf, missing, percentProblems, portProblems } from './refused.ts';
import { refusals, surplus, wrong, type Refused } from './refused.ts';

/** The traffic policy of a DestinationRule, of a subset or of a port has a value that Istio refuses. */
export const trafficPolicy: Rule = {
  code: 'gateways/traffic-policy',
  *check(objects) {
    for (const on of objects.of(ISTIO, 'DestinationRule'))
      for (const { path, policy, isOfPort } of trafficPolicies(on.value))
        for (const found of refusals('DestinationRule', below(path, problems(policy, isOfPort))))
          yield { on, ...found };
  },
};

interface TrafficPolicy {
  readonly path: Path;
  readonly policy: Fields;
  readonly isOfPort: boolean;
}

/** The policies of a DestinationRule: its own, those of subsets, and those of ports in either. */
export function trafficPolicies(rule: unknown): TrafficPolicy[] {
  const places: Path[] = [
    ['spec', 'trafficPolicy'],
    ...objectsAt(rule, ['spec', 'subsets']).map(({ path }) => [...path, 'trafficPolicy']),
  ];
  return places.flatMap((path) => {
    const policy = recordAt(rule, path.slice(0, -1))['trafficPolicy'];
    if (!isRecord(policy)) return [];
    const ports = objectsAt(rule, [...path, 'portLevelSettings']);
    return [
      { path, policy, isOfPort: false },
      ...ports.map((one) => ({ path: one.path, policy: one.value, isOfPort: true })),
    ];
  });
}

const OF_PORT = ['loadBalancer', 'connectionPool', 'outlierDetection', 'tls'];
const OF_ALL = [...OF_PORT, 'portLevelSettings', 'tunnel', 'proxyProtocol', 'retryBudget'];

/** Source: istio/istio, pkg/config/validation, validateTrafficPolicy. */
function* problems(policy: Fields, isOfPort: boolean): Generator<Refused> {
  if (!(isOfPort ? OF_PORT : OF_ALL).some((field) => isSet(policy[field])))
    yield wrong([], policy, 'the policy says nothing', OF_PORT.join(', '));
  if (isOfPort && !isSet(policy['port']))
    yield missing(['port'], 'the policy is for no port', 'port.number');
  yield* below(['outlierDetection'], outlierProblems(fieldsOf(policy['outlierDetection'])));
  yield* below(['connectionPool'], poolProblems(policy['connectionPool']));
  yield* below(['loadBalancer'], balancerProblems(fieldsOf(policy['loadBalancer'])));
  if (isSet(policy['tunnel']) && isSet(policy['proxyProtocol']))
    yield surplus(['proxyProtocol'], 'tunnel stands beside it', 'one of the two');
  yield* below(['tunnel'], tunnelProblems(policy['tunnel']));
}

function* outlierProblems(detection: Fields): Generator<Refused> {
  for (const field of ['maxEjectionPercent', 'minHealthPercent'])
    yield* percentProblems([field], detection[field]);
  const failures = detection['consecutiveLocalOriginFailures'];
  const isSplit = detection['splitExternalLocalOriginErrors'] === true;
  if (typeof failures === 'number' && failures > 0 && !isSplit)
    yield surplus(
      ['consecutiveLocalOriginFailures'],
      'local failures are not counted apart',
      'splitExternalLocalOriginErrors: true beside it',
    );
}

const COUNTS: readonly (readonly [string, string])[] = [
  ['http', 'http1MaxPendingRequests'],
  ['http', 'http2MaxRequests'],
  ['http', 'maxRequestsPerConnection'],
  ['http', 'maxRetries'],
  ['http', 'maxConcurrentStreams'],
  ['tcp', 'maxConnections'],
];

function* poolProblems(pool: unknown): Generator<Refused> {
  if (!isRecord(pool)) return;
  if (!isSet(pool['http']) && !isSet(pool['tcp']))
    yield wrong([], pool, 'the connection pool is empty', 'http or tcp');
  for (const [side, field] of COUNTS) {
    const count = recordAt(pool, [side])[field];
    if (typeof count === 'number' && count < 0)
      yield wrong([side, field], count, 'the number is negative', '0 or more');
  }
  const http = fieldsOf(pool['http']);
  if (http['h2UpgradePolicy'] === 'UPGRADE' && http['useClientProtocol'] === true)
    yield surplus(['http', 'useClientProtocol'], 'h2UpgradePolicy is UPGRADE', 'one of the two');
  const keepAlive = http['http2KeepAlive'];
  if (isRecord(keepAlive))
    for (const field of ['interval', 'timeout'].filter((one) => !isSet(keepAlive[one])))
      yield missing(['http', 'http2KeepAlive', field], `it has no ${field}`, 'a duration');
}

const LARGEST_TABLE = 5_000_011;

function* balancerProblems(balancer: Fields): Generator<Refused> {
  const hash = recordAt(balancer, ['consistentHash']);
  if (isRecord(hash['httpCookie']) && hash['httpCookie']['name'] === '')
    yield wrong(['consistentHash', 'httpCookie', 'name'], '', 'the cookie has no name', 'a name');
  const size = fieldsOf(hash['maglev'])['tableSize'];
  const place = ['consistentHash', 'maglev', 'tableSize'];
  if (typeof size === 'number' && (size >= LARGEST_TABLE || !isPrime(size)))
    yield wrong(place, size, `${size} is no prime below ${LARGEST_TABLE}`, 'as 65537');
  yield* below(['localityLbSetting'], localityProblems(recordAt(balancer, ['localityLbSetting'])));
  const aggression = recordAt(balancer, ['warmup'])['aggression'];
  if (typeof aggression === 'number' && aggression <= 0)
    yield wrong(['warmup', 'aggression'], aggression, 'the number is not positive', 'above 0');
}

function isPrime(value: number): boolean {
  if (value < 2) return value === 1;
  for (let factor = 2; factor * factor <= value; factor += 1)
    if (value % factor === 0) return false;
  return true;
}

function* localityProblems(locality: Fields): Generator<Refused> {
  if (isSet(locality['distribute']) && isSet(locality['failover']))
    yield surplus(['failover'], 'distribute stands beside it', 'one of the two');
  for (const { path, value } of objectsAt(locality, ['distribute'])) {
    const weights = Object.values(fieldsOf(value['to']));
    const sum = weights.reduce<number>((all, one) => all + (typeof one === 'number' ? one : 0), 0);
    if (weights.length > 0 && weights.every((one) => typeof one === 'number') && sum !== 100)
      yield wrong([...path, 'to'], value['to'], `the weights add up to ${sum}`, '100 in all');
  }
  for (const { path, value } of objectsAt(locality, ['failover']))
    if (isSet(value['from']) && value['from'] === value['to'])
      yield wrong([...path, 'to'], value['to'], 'that is the region itself', 'another region');
}

function* tunnelProblems(tunnel: unknown): Generator<Refused> {
  if (!isRecord(tunnel)) return;
  const { protocol, targetHost, targetPort } = tunnel;
  if (typeof protocol === 'string' && !['', 'CONNECT', 'POST'].includes(protocol))
    yield wrong(['protocol'], protocol, `no tunnel is made by ${protocol}`, 'CONNECT or POST');
  yield* portProblems(['targetPort'], targetPort, false);
  if (typeof targetHost !== 'string' || isIP(targetHost) !== 0) return;
  const problem = targetHost.includes('*') ? 'is a wildcard' : domainProblem(targetHost);
  if (problem !== undefined)
    yield wrong(['targetHost'], targetHost, `the host ${problem}`, 'a DNS name or an IP address');
}
