import type { FindingCode } from '../../../finding/codes.ts';
import { istioServers, type IstioServer } from '../../rendered/istio-servers.ts';
import type { RenderedObjects } from '../../rendered/rendered-objects.ts';
import type { Rule, RuleFinding } from '../rule.ts';

/** What is wrong with a server, found on its Gateway. */
export type ServerFinding = Omit<RuleFinding, 'on'>;

/** A rule that looks at each server of each Istio Gateway. */
export function serverRule(
  code: FindingCode,
  check: (server: IstioServer, objects: RenderedObjects) => Iterable<ServerFinding>,
): Rule {
  return {
    code,
    check(objects) {
      const findings: RuleFinding[] = [];
      for (const server of istioServers(objects))
        for (const found of check(server, objects)) findings.push({ on: server.gateway, ...found });
      return findings;
    },
  };
}
