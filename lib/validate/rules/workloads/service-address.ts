import type { Rule, RuleFinding } from '../rule.ts';
import { hasForm, isBetween } from './support/checks.ts';
import { cidrFault, familyOf, isAddress } from './support/cidr.ts';
import { subdomainFault } from './support/forms.ts';
import { kindRule } from './support/own-pods.ts';
import type { Place } from './support/place.ts';

const A_DAY = 86_400;
const EXTERNAL = new Set(['NodePort', 'LoadBalancer']);

/**
 * What a Service of a type has, and must not have, beside its ports.
 * Source: k8s.io/kubernetes v1.36.3 pkg/apis/core/validation, validateService.
 */
export const serviceAddress: Rule = kindRule(
  'workloads/service-address',
  ['/Service'],
  function* (object) {
    const spec = object.at('spec');
    const type = spec.at('type').text ?? 'ClusterIP';
    if (type === 'ExternalName') yield* externalNameFaults(spec);
    else yield* clusterIpFaults(spec, type);
    yield* affinityFaults(spec);
    yield* loadBalancerFaults(spec, type);
    for (const ip of spec.at('externalIPs').texts)
      if (!isAddress(ip.text ?? ''))
        yield ip.wrong(`the external IP "${ip.text}" is no IP address`);
  },
);

function* externalNameFaults(spec: Place): Iterable<RuleFinding> {
  const name = spec.at('externalName');
  if (name.isEmpty) yield name.missing('a Service of type ExternalName has no externalName');
  else if (name.text !== undefined)
    yield* hasForm(name, 'externalName', (text) => subdomainFault(text.replace(/\.$/, '')));
  const address = spec.at('clusterIP');
  if (!address.isEmpty) yield address.extra('a Service of type ExternalName has no clusterIP');
}

function* clusterIpFaults(spec: Place, type: string): Iterable<RuleFinding> {
  const address = spec.at('clusterIP');
  const { text } = address;
  if (text === 'None' && EXTERNAL.has(type))
    yield address.wrong(`clusterIP is None, and a Service of type ${type} needs an address`);
  if (text !== undefined && text !== '' && text !== 'None' && !isAddress(text))
    yield address.wrong(`clusterIP "${text}" is neither an IP address nor None`);
  yield* clusterIpsFaults(spec.at('clusterIPs'), address);
}

function* clusterIpsFaults(list: Place, address: Place): Iterable<RuleFinding> {
  const { texts } = list;
  for (const each of texts)
    if (each.text !== 'None' && !isAddress(each.text ?? ''))
      yield each.wrong(`"${each.text}" is no IP address`);
  const [first] = texts;
  if (first !== undefined && !address.isEmpty && first.text !== address.text)
    yield first.wrong(`clusterIPs begins with ${first.text}, and clusterIP is ${address.text}`);
  const families = texts.map((each) => familyOf(each.text ?? ''));
  if (texts.length > 1 && new Set(families).size < texts.length)
    yield list.wrong('clusterIPs may have one address of each family');
}

function* affinityFaults(spec: Place): Iterable<RuleFinding> {
  const config = spec.at('sessionAffinityConfig');
  if (config.isSet && spec.fields['sessionAffinity'] !== 'ClientIP')
    yield {
      ...config.extra('sessionAffinityConfig is dropped without sessionAffinity: ClientIP'),
      severity: 'warning',
    };
  yield* isBetween(config.in('clientIP', 'timeoutSeconds'), 'timeoutSeconds', {
    from: 1,
    to: A_DAY,
  });
}

function* loadBalancerFaults(spec: Place, type: string): Iterable<RuleFinding> {
  for (const range of spec.at('loadBalancerSourceRanges').texts)
    yield* hasForm(range, 'source range', (text) => cidrFault(text.trim()));
  if (type !== 'LoadBalancer') {
    for (const field of [
      'loadBalancerSourceRanges',
      'allocateLoadBalancerNodePorts',
      'loadBalancerClass',
    ]) {
      const place = spec.at(field);
      const isEmptyList = Array.isArray(place.value) && place.value.length === 0;
      if (place.isSet && !isEmptyList)
        yield place.extra(`${field} needs the type LoadBalancer, and the type is ${type}`);
    }
  }
  const policy = spec.at('externalTrafficPolicy');
  const isReachable = EXTERNAL.has(type) || spec.at('externalIPs').texts.length > 0;
  if (!policy.isEmpty && !isReachable)
    yield policy.extra(
      `externalTrafficPolicy needs a Service that is reached from outside, and the type is ${type}`,
    );
  const check = spec.at('healthCheckNodePort');
  const needsCheck = type === 'LoadBalancer' && policy.value === 'Local';
  if (check.number !== undefined && check.number !== 0 && !needsCheck)
    yield check.extra(
      'healthCheckNodePort needs the type LoadBalancer and externalTrafficPolicy: Local',
    );
}
