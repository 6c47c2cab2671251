import { isIP } from 'node:net';
import type { Manifest } from '../../../manifest/parse-manifests.ts';
import { domainProblem, isLabel } from '../../rendered/host-names.ts';
import { ISTIO, familyOf } from '../../rendered/istio-servers.ts';
import { isSet, itemsAt, objectsAt, textOf, textsAt, type Fields } from '../../rendered/items.ts';
import { recordAt } from '../../rendered/pods.ts';
import type { Rule } from '../rule.ts';
import { below, fieldsOf, labelProblems, refusals } from './refused.ts';
import { subnetProblems, surplus, wrong, type Refused } from './refused.ts';

/** A host, port, address or endpoint of a ServiceEntry has a form that Istio refuses, or that its resolution excludes. */
export const serviceEntry: Rule = {
  code: 'gateways/service-entry',
  *check(objects) {
    for (const on of objects.of(ISTIO, 'ServiceEntry'))
      for (const found of refusals('ServiceEntry', problems(on))) yield { on, ...found };
  },
};

/** Source: istio/istio, pkg/config/validation, ValidateServiceEntry. What the CRD's schema refuses is left out. */
function* problems({ value }: Manifest): Generator<Refused> {
  const spec = recordAt(value, ['spec']);
  const resolution = textOf(spec['resolution']) ?? 'NONE';
  yield* below(['spec'], hostProblems(spec, resolution));
  yield* below(['spec'], portsProblems(spec, resolution));
  for (const one of itemsAt(value, ['spec', 'addresses']))
    yield* subnetProblems(one.path, one.value);
  for (const { path, value: endpoint } of objectsAt(value, ['spec', 'endpoints']))
    yield* below(path, endpointProblems(endpoint, spec, resolution));
  if (resolution !== 'DYNAMIC_DNS') return;
  for (const field of ['addresses', 'endpoints'].filter((one) => isSet(spec[one])))
    yield surplus(['spec', field], 'DYNAMIC_DNS asks DNS for each host', 'hosts alone');
}

function* hostProblems(spec: Fields, resolution: string): Generator<Refused> {
  const isAsked = resolution.startsWith('DNS') && !isSet(spec['endpoints']);
  for (const { path, value } of textsAt(spec, ['hosts'])) {
    const problem = domainProblem(value);
    if (value === '*') continue;
    if (problem !== undefined)
      yield wrong(path, value, `the host ${problem}`, 'a DNS name, or *.SUFFIX');
    else if (isAsked && value.startsWith('*'))
      yield wrong(path, value, 'DNS cannot be asked for a wildcard', 'endpoints, or a whole name');
    else if (resolution === 'DYNAMIC_DNS' && !value.startsWith('*'))
      yield wrong(path, value, 'DYNAMIC_DNS is for wildcards', '*.SUFFIX, or resolution DNS');
  }
}

const DYNAMIC = new Set(['HTTP', 'TLS', 'GRPC', 'HTTP2']);

function* portsProblems(spec: Fields, resolution: string): Generator<Refused> {
  const hasHosts = textsAt(spec, ['hosts']).length > 1 && resolution !== 'NONE';
  for (const { path, value } of objectsAt(spec, ['ports'])) {
    const { name } = value;
    if (typeof name === 'string' && !isLabel(name))
      yield wrong([...path, 'name'], name, 'this names no port', 'letters, digits and -');
    const protocol = textOf(value['protocol'])?.toUpperCase() ?? '';
    const family = familyOf(protocol);
    const place = [...path, 'protocol'];
    if (protocol !== '' && family === undefined)
      yield wrong(place, protocol, `there is no protocol ${protocol}`, 'as HTTP, TLS, TCP');
    else if (resolution === 'DYNAMIC_DNS' && !DYNAMIC.has(protocol))
      yield wrong(place, protocol, 'DYNAMIC_DNS cannot tell hosts apart', [...DYNAMIC].join(', '));
    else if (hasHosts && family !== 'http' && family !== 'tls')
      yield wrong(place, protocol, 'TCP cannot tell several hosts apart', 'one host, HTTP or TLS');
  }
}

function* endpointProblems(endpoint: Fields, spec: Fields, resolution: string): Generator<Refused> {
  if (resolution === 'NONE' || resolution === 'DYNAMIC_DNS') return;
  const { address, ports, labels } = endpoint;
  yield* labelProblems(['labels'], labels);
  if (typeof address === 'string') yield* addressProblems(address, endpoint, resolution);
  const names = new Set(objectsAt(spec, ['ports']).map(({ value }) => value['name']));
  for (const name of Object.keys(fieldsOf(ports))) {
    if (!names.has(name))
      yield surplus(['ports', name], `the entry has no port ${name}`, 'the name of one of ports');
  }
}

function* addressProblems(
  address: string,
  { network }: Fields,
  resolution: string,
): Generator<Refused> {
  const isStatic = resolution === 'STATIC';
  if (isIP(address) !== 0 || (isStatic && address.startsWith('unix://'))) return;
  if (isStatic && address === '' && isSet(network)) return;
  const isName = domainProblem(address) === undefined && !address.startsWith('*');
  if (isStatic || !isName)
    yield wrong(
      ['address'],
      address,
      isStatic ? 'this is no IP address' : 'this is no DNS name or IP address',
      isStatic ? 'an IP address, or resolution DNS' : 'a DNS name or an IP address',
    );
}
