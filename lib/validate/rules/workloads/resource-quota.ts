import type { Rule, RuleFinding } from '../rule.ts';
import { kindRule } from './support/own-pods.ts';
import type { Place } from './support/place.ts';
import { isWhole, parseQuantity } from './support/quantity.ts';
import { isCounted, quotaResourceFault } from './support/resource-names.ts';

const PAIRS = [
  ['BestEffort', 'NotBestEffort'],
  ['Terminating', 'NotTerminating'],
] as const;

/** Quotas of a namespace. Source: k8s.io/kubernetes v1.36.3 pkg/apis/core/validation, ValidateResourceQuotaSpec. */
export const resourceQuota: Rule = kindRule(
  'workloads/resource-quota',
  ['/ResourceQuota'],
  function* (object) {
    const spec = object.at('spec');
    for (const { key, place } of spec.at('hard').members) {
      const fault = quotaResourceFault(key);
      if (fault !== undefined) yield place.extra(`the resource "${key}" ${fault}`);
      yield* quantityFaults(place, key);
    }
    const scopes = spec.at('scopes');
    const texts = new Set(scopes.texts.map((scope) => scope.text));
    for (const [one, other] of PAIRS)
      if (texts.has(one) && texts.has(other))
        yield scopes.wrong(`the scopes ${one} and ${other} exclude each other`);
  },
);

function* quantityFaults(place: Place, name: string): Iterable<RuleFinding> {
  const quantity = parseQuantity(place.value);
  if (quantity === undefined) return;
  if (quantity < 0n) yield place.wrong(`${name} is negative`);
  else if (isCounted(name) && !isWhole(quantity))
    yield place.wrong(`${name} is ${String(place.value)}, and is counted in whole ones`);
}
