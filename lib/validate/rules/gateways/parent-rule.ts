import type { FindingCode } from '../../../finding/codes.ts';
import { apiRoutes, type ApiRoute, type Reference } from '../../rendered/gateway-api.ts';
import type { RenderedObjects } from '../../rendered/rendered-objects.ts';
import type { Rule } from '../rule.ts';
import type { ServerFinding } from './server-rule.ts';

/** A rule that looks at each route of Gateway API. */
export function apiRouteRule(
  code: FindingCode,
  check: (route: ApiRoute, objects: RenderedObjects) => Iterable<ServerFinding>,
): Rule {
  return {
    code,
    *check(objects) {
      for (const route of apiRoutes(objects))
        for (const found of check(route, objects)) yield { on: route.manifest, ...found };
    },
  };
}

/** A rule that looks at each Gateway that a route of Gateway API is attached to. */
export function parentRule(
  code: FindingCode,
  check: (parent: Reference, route: ApiRoute, objects: RenderedObjects) => Iterable<ServerFinding>,
): Rule {
  return apiRouteRule(code, function* each(route, objects) {
    for (const parent of route.parents) yield* check(parent, route, objects);
  });
}
