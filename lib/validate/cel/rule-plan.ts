import type { Json } from '../../model/node.ts';
import type { Expression } from './expression.ts';

/**
 * The rules of one kind with as much of its schema as they need, as it is kept in the cache: plain JSON. Same schema,
 * same text.
 */
export interface RulePlan {
  readonly root: PlanNode;
  /** Each rule once; nodes name them by index. Many sites share a rule. */
  readonly rules: readonly PlannedRule[];
}

/** A rule that is evaluated when an object is created, or why it cannot be. */
export interface PlannedRule {
  /** As the CRD has it. */
  readonly rule: string;
  readonly message?: string;
  /** Absent: the rule cannot be read, see `refused`. */
  readonly expression?: Expression;
  readonly refused?: string;
  readonly messageExpression?: Expression;
  /** What below its node it is about: its fieldPath, else what everything that it reads has in common. */
  readonly about?: readonly string[];
}

/** How the values at one place of the schema become values of CEL. */
export interface PlanNode {
  readonly type:
    | 'object'
    | 'map'
    | 'array'
    | 'string'
    | 'integer'
    | 'number'
    | 'boolean'
    | 'int-or-string'
    /** Rules cannot read it. */
    | 'opaque';
  readonly format?: string;
  readonly nullable?: true;
  readonly default?: Json;
  readonly properties?: { readonly [name: string]: PlanNode };
  /** The values of a map, the items of an array. */
  readonly items?: PlanNode;
  readonly listType?: 'set' | 'map';
  readonly mapKeys?: readonly string[];
  /** Indices of the rules at this node. */
  readonly rules?: readonly number[];
  /** Whether there are rules at a node below this one. */
  readonly hasRulesBelow?: true;
}
