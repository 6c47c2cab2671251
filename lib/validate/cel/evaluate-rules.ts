import type { Path } from '../../finding/finding.ts';
import { isRecord } from '../../manifest/is-record.ts';
import { Budget } from './budget.ts';
import { type CelProgram, createProgram, type Outcome } from './cel-program.ts';
import { convertValue, withDefault } from './convert-value.ts';
import { loadRegex, RegexNotLoaded } from './functions/regex.ts';
import type { PlannedRule, PlanNode, RulePlan } from './rule-plan.ts';
import { CelError, type Value } from './value.ts';

/** A rule that a value does not pass, or that could not be asked. */
export interface RuleResult {
  /** Of the node that has the rule. */
  readonly path: Path;
  readonly rule: PlannedRule;
  readonly outcome: Exclude<Outcome, { readonly verdict: 'pass' }>;
}

/** The rules of a kind, ready to be evaluated. */
export interface RuleSet {
  readonly plan: RulePlan;
  readonly programs: readonly CelProgram[];
}

/**
 * Reads rules from the cache.
 *
 * @param text a `RulePlan` in JSON.
 */
export function readRules(text: string): RuleSet {
  const plan = JSON.parse(text) as RulePlan;
  return { plan, programs: plan.rules.map(createProgram) };
}

interface Walk {
  readonly rules: RuleSet;
  readonly budget: Budget;
  readonly isBlocked: (path: Path) => boolean;
  readonly results: RuleResult[];
}

/**
 * Evaluates the rules of a kind on one object, all of them within one budget.
 *
 * @param value the object as it was rendered; nulls and defaults are treated as the API server does.
 * @param isBlocked says of a path whether what stands there is invalid already, so that rules cannot read it.
 * @returns what did not pass, in the order of the schema.
 */
export async function evaluateRules(
  rules: RuleSet,
  value: unknown,
  isBlocked: (path: Path) => boolean,
): Promise<RuleResult[]> {
  try {
    return walkRules(rules, value, isBlocked);
  } catch (error) {
    if (!(error instanceof RegexNotLoaded)) throw error;
    // Few objects reach a regular expression, so that RE2 is loaded for the first one that does.
    await loadRegex();
    return walkRules(rules, value, isBlocked);
  }
}

function walkRules(
  rules: RuleSet,
  value: unknown,
  isBlocked: (path: Path) => boolean,
): RuleResult[] {
  const walk: Walk = { rules, budget: new Budget(), isBlocked, results: [] };
  visit(walk, rules.plan.root, { raw: value, path: [] });
  return walk.results;
}

interface Place {
  readonly raw: unknown;
  readonly path: Path;
}

function visit(walk: Walk, node: PlanNode, { raw, path }: Place): void {
  const value = withDefault(raw, node);
  if (value === undefined || value === null) return;
  if (node.rules !== undefined && !walk.isBlocked(path))
    evaluateNode(walk, node, { raw: value, path });
  if (node.hasRulesBelow !== true) return;
  const { items, properties } = node;
  if (Array.isArray(value) && items !== undefined)
    value.forEach((item: unknown, index) =>
      visit(walk, items, { raw: item, path: [...path, index] }),
    );
  else if (isRecord(value)) visitMembers(walk, { properties, items }, { raw: value, path });
}

function visitMembers(
  walk: Walk,
  { properties, items }: { properties: PlanNode['properties']; items: PlanNode['items'] },
  { raw, path }: Place,
): void {
  const record = raw as { readonly [name: string]: unknown };
  for (const [name, member] of membersWithRules(properties)) {
    const found = record[name];
    if (found === undefined && member.default === undefined) continue;
    const inner = Object.hasOwn(record, name) ? found : undefined;
    visit(walk, member, { raw: inner, path: [...path, name] });
  }
  if (items === undefined) return;
  for (const [key, inner] of Object.entries(record))
    visit(walk, items, { raw: inner, path: [...path, key] });
}

type Properties = NonNullable<PlanNode['properties']>;
type Members = readonly (readonly [name: string, member: PlanNode])[];

const NO_MEMBERS: Members = [];
/** Of the many properties that a schema has, few have rules. */
const withRules = new WeakMap<Properties, Members>();

function membersWithRules(properties: Properties | undefined): Members {
  if (properties === undefined) return NO_MEMBERS;
  const known = withRules.get(properties);
  if (known !== undefined) return known;
  const members = Object.entries(properties).filter(
    ([, { rules, hasRulesBelow }]) => rules !== undefined || hasRulesBelow === true,
  );
  withRules.set(properties, members);
  return members;
}

function evaluateNode(walk: Walk, node: PlanNode, { raw, path }: Place): void {
  const self = tryConvert(raw, node);
  for (const index of node.rules ?? []) {
    const outcome: Outcome =
      self instanceof CelError
        ? { verdict: 'error', text: self.message }
        : (walk.rules.programs[index] as CelProgram).evaluate(self, walk.budget);
    if (outcome.verdict !== 'pass')
      walk.results.push({ path, rule: walk.rules.plan.rules[index] as PlannedRule, outcome });
  }
}

function tryConvert(raw: unknown, node: PlanNode): Value | CelError {
  try {
    return convertValue(raw, node);
  } catch (error) {
    if (error instanceof CelError) return error;
    throw error;
  }
}
