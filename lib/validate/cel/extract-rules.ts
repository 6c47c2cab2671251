import { mapValues } from '../../model/map-nodes.ts';
import type { ArrayNode, CelRule, Node, ObjectNode, SchemaModel } from '../../model/node.ts';
import { partsOf, type Expression } from './expression.ts';
import { parseExpression } from './parse-expression.ts';
import type { PlannedRule, PlanNode, RulePlan } from './rule-plan.ts';

const STRING: PlanNode = { type: 'string' };
/** What rules see of every whole resource, whatever its schema says. */
const RESOURCE: { readonly [name: string]: PlanNode } = {
  apiVersion: STRING,
  kind: STRING,
  metadata: { type: 'object', properties: { name: STRING, generateName: STRING } },
};

/**
 * Finds the rules of a custom resource. Loads the parser: import this file only when the cache has no validator.
 *
 * @param model of the dialect `crd`.
 * @returns undefined when the kind has no rules.
 */
export function extractRules(model: SchemaModel): RulePlan | undefined {
  const rules = new RuleTable();
  const root = pruned(planOf(withResource(model.root), rules));
  return hasRules(root) ? { root, rules: rules.planned } : undefined;
}

function withResource(root: Node): Node {
  // Its metadata is another schema's; planOf puts in what rules see of it.
  return root.type === 'object' ? { ...root, embeddedResource: true } : root;
}

/** Numbers rules; the same rule at many places is one. */
class RuleTable {
  readonly planned: PlannedRule[] = [];
  readonly #indices = new Map<string, number>();

  add(rule: CelRule): number | undefined {
    const key = JSON.stringify(rule);
    const known = this.#indices.get(key);
    if (known !== undefined) return known;
    const planned = planRule(rule);
    if (planned === undefined) return undefined;
    this.#indices.set(key, this.planned.length);
    return this.planned.push(planned) - 1;
  }
}

function planRule(rule: CelRule): PlannedRule | undefined {
  const parsed = parseExpression(rule.rule);
  const base = {
    rule: rule.rule,
    ...(rule.message !== undefined && { message: rule.message }),
    ...about('refused' in parsed ? undefined : parsed, rule),
  };
  if ('refused' in parsed) return { ...base, refused: parsed.refused };
  // There is no old object when one is created.
  if (readsOldSelf(parsed) && rule.optionalOldSelf !== true) return undefined;
  const message =
    rule.messageExpression === undefined ? undefined : parseExpression(rule.messageExpression);
  return {
    ...base,
    expression: parsed,
    ...(message !== undefined && !('refused' in message) && { messageExpression: message }),
  };
}

function readsOldSelf(expression: Expression): boolean {
  if (expression.op === 'identifier') return expression.name === 'oldSelf';
  return partsOf(expression).some(readsOldSelf);
}

function about(expression: Expression | undefined, rule: CelRule): Pick<PlannedRule, 'about'> {
  const named = rule.fieldPath === undefined ? '' : rule.fieldPath;
  const path = named === '' ? expression && commonPath(pathsOfSelf(expression)) : stepsOf(named);
  return path === undefined || path.length === 0 ? {} : { about: path };
}

/** `.spec.name` or `.labels['a/b']`. */
function stepsOf(fieldPath: string): string[] {
  const steps = [...fieldPath.matchAll(/\.([^.[\]]+)|\['((?:[^'\\]|\\.)*)'\]/g)];
  return steps.map(([, name, quoted = '']) => name ?? quoted.replaceAll(/\\(.)/g, '$1'));
}

/** The places below `self` that an expression reads, by their names in CEL. */
function pathsOfSelf(expression: Expression): string[][] {
  const path = pathOfSelf(expression);
  return path === undefined ? partsOf(expression).flatMap(pathsOfSelf) : [path];
}

function pathOfSelf(expression: Expression): string[] | undefined {
  if (expression.op === 'identifier') return expression.name === 'self' ? [] : undefined;
  if (expression.op !== 'select') return undefined;
  const outer = pathOfSelf(expression.operand);
  return outer && [...outer, expression.field];
}

function commonPath(paths: readonly (readonly string[])[]): readonly string[] {
  const [first = [], ...rest] = paths;
  const length = first.findIndex((step, index) => rest.some((path) => path[index] !== step));
  // What has another name in CEL is not worth the trouble.
  const common = length === -1 ? first : first.slice(0, length);
  return common.some((step) => step.includes('__')) ? [] : common;
}

function planOf(node: Node, rules: RuleTable): PlanNode {
  const own = (node.cel ?? []).flatMap((rule) => rules.add(rule) ?? []);
  const shape = shapeOf(node, rules);
  const inner = [...Object.values(shape.properties ?? {}), ...(shape.items ? [shape.items] : [])];
  return {
    ...shape,
    ...(node.nullable === true && { nullable: true }),
    ...(node.default !== undefined && { default: node.default }),
    ...(own.length > 0 && { rules: own }),
    ...(inner.some(hasRules) && { hasRulesBelow: true }),
  };
}

/** Without what no rule reads and no rule stands in: that is most of a schema. */
function pruned(node: PlanNode): PlanNode {
  if (node.rules !== undefined) return node;
  const { properties, items, ...rest } = node;
  const members = Object.entries(properties ?? {}).filter(([, each]) => hasRules(each));
  return {
    ...rest,
    ...(members.length > 0 && {
      properties: Object.fromEntries(members.map(([name, each]) => [name, pruned(each)])),
    }),
    ...(items !== undefined && hasRules(items) && { items: pruned(items) }),
  };
}

function hasRules(node: PlanNode): boolean {
  return node.rules !== undefined || node.hasRulesBelow === true;
}

function shapeOf(node: Node, rules: RuleTable): PlanNode {
  switch (node.type) {
    case 'object':
      return objectOf(node, rules);
    case 'map':
      return { type: 'map', items: planOf(node.values, rules) };
    case 'array':
      return arrayOf(node, rules);
    case 'string':
      return { type: 'string', ...(node.format !== undefined && { format: node.format }) };
    case 'integer':
    case 'number':
    case 'boolean':
    case 'int-or-string':
      return { type: node.type };
    case 'quantity':
      return { type: 'int-or-string' };
    case 'union':
    case 'any':
    case 'ref':
      return { type: 'opaque' };
  }
}

function objectOf({ properties, embeddedResource }: ObjectNode, rules: RuleTable): PlanNode {
  const members = mapValues(properties, (each) => planOf(each, rules));
  return {
    type: 'object',
    properties: embeddedResource === true ? { ...members, ...RESOURCE } : members,
  };
}

function arrayOf({ items, listType, mapKeys }: ArrayNode, rules: RuleTable): PlanNode {
  return {
    type: 'array',
    items: planOf(items, rules),
    ...(listType !== undefined && listType !== 'atomic' && { listType }),
    ...(mapKeys !== undefined && { mapKeys }),
  };
}
