import { domainProblem, isLabel } from '../../rendered/host-names.ts';
import { textsAt, type Item } from '../../rendered/items.ts';
import type { ServerFinding } from './server-rule.ts';
import { virtualServiceRule } from './route-rule.ts';

/** A VirtualService names a Gateway in a form that Istio refuses, or in the old one with dots. */
export const gatewayReference = virtualServiceRule(
  'gateways/gateway-reference',
  function* check({ manifest, routes }) {
    const inMatches = routes.flatMap(({ match }) =>
      match.flatMap(({ path }) => textsAt(manifest.value, [...path, 'gateways'])),
    );
    for (const name of [...textsAt(manifest.value, ['spec', 'gateways']), ...inMatches])
      yield* problem(name);
  },
);

function* problem({ path, value }: Item<string>): Iterable<ServerFinding> {
  const slash = value.indexOf('/');
  const common = {
    path,
    fault: 'value',
    value,
    expected: 'NAMESPACE/NAME of a Gateway, or the NAME of one in the same namespace',
  } as const;
  const parts = slash === -1 ? [] : [value.slice(0, slash), value.slice(slash + 1)];
  const [name = '', namespace] = value.split('.');
  if (slash !== -1 ? !parts.every(isLabel) : domainProblem(value) !== undefined)
    yield { ...common, message: 'this names no Gateway, and Istio refuses the VirtualService' };
  else if (slash === -1 && namespace !== undefined)
    yield {
      ...common,
      severity: 'warning',
      message: `Istio reads this as the Gateway ${name} in the namespace ${namespace}: the old form, with dots`,
      hint: `Write ${namespace}/${name}.`,
    };
}
