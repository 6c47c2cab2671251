import { isSet, type Fields } from '../../rendered/items.ts';
import { routeRule } from './route-rule.ts';
import type { ServerFinding } from './server-rule.ts';

/** A rule of HTTP says nothing of where requests go, or two things at once. */
export const routeAction = routeRule(
  'gateways/route-action',
  function* check({ protocol, path, value }, { hosts }) {
    const found =
      protocol === 'http' ? httpProblem(value, hosts.length === 0) : layer4Problem(value);
    if (found !== undefined) yield { ...found, path: [...path, ...(found.path ?? [])] };
  },
);

/** Source: istio/istio, pkg/config/validation/virtualservice.go, validateHTTPRouteConflict. */
function httpProblem(route: Fields, isDelegate: boolean): ServerFinding | undefined {
  if (isSet(route['delegate'])) return delegateProblem(route, isDelegate);
  const action = ['redirect', 'directResponse'].find((field) => isSet(route[field]));
  if (action === undefined) {
    if (isSet(route['route'])) return both(route, 'mirror', ['mirrors']);
    return {
      path: ['route'],
      fault: 'missing',
      message: 'the rule says not where requests go, and Istio refuses the VirtualService',
      expected: 'route, redirect, directResponse or delegate',
    };
  }
  const others = ['route', 'fault', 'rewrite', 'directResponse'].filter((one) => one !== action);
  return both(route, action, others) ?? both(route, 'mirror', ['mirrors']);
}

function delegateProblem(route: Fields, isDelegate: boolean): ServerFinding | undefined {
  if (isDelegate)
    return {
      path: ['delegate'],
      fault: 'key',
      message:
        'a VirtualService without hosts is one that others delegate to, and cannot delegate itself',
      expected: 'route, redirect or directResponse',
    };
  return both(route, 'delegate', ['route', 'redirect']);
}

function both(route: Fields, field: string, others: readonly string[]): ServerFinding | undefined {
  const other = others.find((one) => isSet(route[one]));
  if (other === undefined || !isSet(route[field])) return undefined;
  return {
    path: [other],
    fault: 'key',
    message: `the rule has ${field} and ${other}, and Istio refuses the VirtualService`,
    expected: `either ${field} or ${other}`,
    hint: 'Make two rules of it, with different matches.',
  };
}

function layer4Problem(route: Fields): ServerFinding | undefined {
  if (isSet(route['route'])) return undefined;
  return {
    path: ['route'],
    fault: 'missing',
    message: 'the rule has no route, and Istio refuses the VirtualService',
    expected: 'route with one destination or more',
  };
}
