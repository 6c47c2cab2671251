import type { FindingCode } from '../../../finding/codes.ts';
import type { RenderedObjects } from '../../rendered/rendered-objects.ts';
import {
  virtualServices,
  type IstioRoute,
  type VirtualService,
} from '../../rendered/virtual-services.ts';
import type { Rule, RuleFinding } from '../rule.ts';
import type { ServerFinding } from './server-rule.ts';

/** A rule that looks at each VirtualService. */
export function virtualServiceRule(
  code: FindingCode,
  check: (service: VirtualService, objects: RenderedObjects) => Iterable<ServerFinding>,
): Rule {
  return {
    code,
    check(objects) {
      const findings: RuleFinding[] = [];
      for (const service of virtualServices(objects))
        for (const found of check(service, objects))
          findings.push({ on: service.manifest, ...found });
      return findings;
    },
  };
}

/** A rule that looks at each rule of each VirtualService. */
export function routeRule(
  code: FindingCode,
  check: (
    route: IstioRoute,
    service: VirtualService,
    objects: RenderedObjects,
  ) => Iterable<ServerFinding>,
): Rule {
  return virtualServiceRule(code, (service, objects) =>
    service.routes.flatMap((route) => [...check(route, service, objects)]),
  );
}
