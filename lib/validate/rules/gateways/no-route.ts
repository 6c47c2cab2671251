import { isSet } from '../../rendered/items.ts';
import { virtualServiceRule } from './route-rule.ts';

/** A VirtualService has no rules, or no hosts beside what only one with hosts may have. */
export const noRoute = virtualServiceRule('gateways/no-route', function* check({ manifest, spec }) {
  if (!('spec' in manifest.value)) return;
  if (!['http', 'tcp', 'tls'].some((field) => isSet(spec[field])))
    yield {
      path: ['spec', 'http'],
      fault: 'missing',
      message: 'the VirtualService has no rules, and Istio refuses it',
      expected: 'http, tls or tcp with one rule or more',
    };
  if (isSet(spec['hosts'])) return;
  const field = ['gateways', 'tls', 'tcp'].find((one) => isSet(spec[one]));
  if (field === undefined) return;
  yield {
    path: ['spec', 'hosts'],
    fault: 'missing',
    message: `without hosts this is a VirtualService that others delegate to, and Istio refuses ${field} in it`,
    expected: 'one host or more',
    hint: `Write the hosts, or take ${field} away.`,
  };
});
