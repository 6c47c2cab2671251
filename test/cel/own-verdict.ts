import type { JsonSchema } from '../../lib/model/json-schema.ts';
import { lowerSchema } from '../../lib/model/lower.ts';
import type { Json } from '../../lib/model/node.ts';
import { evaluateRules, readRules, type RuleSet } from '../../lib/validate/cel/evaluate-rules.ts';
import { extractRules } from '../../lib/validate/cel/extract-rules.ts';

/** What our evaluator says of a resource. */
export interface OwnVerdict {
  readonly verdict: 'pass' | 'fail' | 'error' | 'unsupported';
  readonly detail?: string;
}

/** The rules of a CRD's schema, by the way that `tankard validate` takes. */
export function rulesOf(schema: JsonSchema): RuleSet | undefined {
  const { model } = lowerSchema({ root: schema }, 'crd');
  const plan = extractRules(model);
  return plan && readRules(JSON.stringify(plan));
}

/** The worst that a rule says of a resource. Rules are asked however invalid it is otherwise. */
export async function ownVerdict(rules: RuleSet | undefined, value: Json): Promise<OwnVerdict> {
  const results = rules === undefined ? [] : await evaluateRules(rules, value, () => false);
  for (const verdict of ['unsupported', 'error', 'fail'] as const) {
    const found = results.find(({ outcome }) => outcome.verdict === verdict)?.outcome;
    if (found === undefined) continue;
    const detail = 'text' in found ? found.text : 'reason' in found ? found.reason : undefined;
    return detail === undefined ? { verdict } : { verdict, detail };
  }
  return { verdict: 'pass' };
}
