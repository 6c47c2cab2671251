import type { IstioRoute } from '../../rendered/virtual-services.ts';
import { virtualServiceRule } from './route-rule.ts';

/** A rule comes after one that takes every request. */
export const routeUnreachable = virtualServiceRule(
  'gateways/route-unreachable',
  function* check({ routes }) {
    const last = new Map<string, IstioRoute>();
    for (const route of routes) {
      const catchAll = last.get(route.protocol);
      if (catchAll !== undefined)
        yield {
          path: route.path,
          fault: 'value',
          message: `the rule ${catchAll.path.at(-1)} before it matches everything, so this one is never used`,
          expected: 'the rule without a match as the last one',
          hint: 'Move the rule that matches everything to the end.',
        };
      else if (isCatchAll(route)) last.set(route.protocol, route);
    }
  },
);

function isCatchAll({ value, protocol }: IstioRoute): boolean {
  const { match } = value;
  // A rule of TLS without a match is refused, and found as such.
  return (
    protocol !== 'tls' && (match === undefined || (Array.isArray(match) && match.length === 0))
  );
}
