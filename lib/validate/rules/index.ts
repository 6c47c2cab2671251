import { FINDING_CODES } from '../../finding/codes.ts';
import type { Finding } from '../../finding/finding.ts';
import type { RenderedObjects } from '../rendered/rendered-objects.ts';
import { GATEWAYS_RULES } from './gateways/index.ts';
import { IDENTITY_RULES } from './identity/index.ts';
import type { Rule, RuleFinding } from './rule.ts';
import { SECRETS_RULES } from './secrets/index.ts';
import { WORKLOADS_RULES } from './workloads/index.ts';

/** Every rule, by area. */
export const RULES: readonly Rule[] = [
  ...IDENTITY_RULES,
  ...SECRETS_RULES,
  ...GATEWAYS_RULES,
  ...WORKLOADS_RULES,
];

/**
 * Holds what an environment renders to the rules.
 *
 * @param options.isPartial only some of the manifests are there, so nothing is said of what is not.
 */
export async function ruleFindings(
  objects: RenderedObjects,
  { isPartial }: { readonly isPartial: boolean },
): Promise<Finding[]> {
  const findings: Finding[] = [];
  for (const rule of RULES) {
    if (isPartial && rule.looksForAbsence) continue;
    for (const found of await rule.check(objects)) findings.push(toFinding(rule, found));
  }
  return findings;
}

function toFinding({ code }: Rule, { on, severity, ...found }: RuleFinding): Finding {
  return {
    code,
    severity: severity ?? FINDING_CODES[code].severity,
    resource: on.resource,
    ...found,
  };
}
