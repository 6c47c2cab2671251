import { hostsOverlap } from '../../rendered/host-names.ts';
import { virtualServiceRule } from './route-rule.ts';

/** Two hosts of one VirtualService are the same, or one covers the other. */
export const hostsOverlapping = virtualServiceRule(
  'gateways/hosts-overlap',
  function* check({ hosts }) {
    for (const [index, { path, value }] of hosts.entries()) {
      const other = hosts.slice(0, index).find((one) => hostsOverlap(one.value, value));
      if (other === undefined) continue;
      yield {
        path,
        fault: 'value',
        value,
        message:
          other.value === value
            ? `${value} is named twice, and Istio refuses the VirtualService`
            : `${other.value} and ${value} overlap, and Istio refuses the VirtualService`,
        expected: 'hosts of which none covers another',
        hint: 'Take the narrower one away, or give it a VirtualService of its own.',
      };
    }
  },
);
