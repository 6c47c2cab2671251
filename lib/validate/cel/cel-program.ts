import type { Budget } from './budget.ts';
import { compileExpression, type Evaluate, type Scope } from './compile-expression.ts';
import type { Expression } from './expression.ts';
import { RegexNotLoaded } from './functions/regex.ts';
import type { PlannedRule } from './rule-plan.ts';
import { CelError, NotEvaluated, Optional, typeName, type Value } from './value.ts';

/** What a rule says of a value. */
export type Outcome =
  | { readonly verdict: 'pass' }
  /** It is false. `message`: what the rule's own messageExpression gave, if it has one that gave a text. */
  | { readonly verdict: 'fail'; readonly message?: string }
  /** CEL has an error for it, with which the API server refuses the value as well. */
  | { readonly verdict: 'error'; readonly text: string }
  /** Nothing can be said. */
  | { readonly verdict: 'unsupported'; readonly reason: string };

/** A rule that is ready to be evaluated. Throws nothing but `RegexNotLoaded`. */
export interface CelProgram {
  evaluate(self: Value, budget: Budget): Outcome;
}

const NAMES: ReadonlySet<string> = new Set(['self', 'oldSelf']);
/** The API server takes no longer message. Source: MaxEvaluatedMessageExpressionSizeBytes of k8s.io/apiserver. */
const MOST_MESSAGE = 5120;

/** Makes a rule ready; it is compiled when it is first evaluated. */
export function createProgram(rule: PlannedRule): CelProgram {
  let compiled: Evaluate | NotEvaluated | undefined;
  return {
    evaluate(self, budget) {
      compiled ??= tryCompile(rule);
      if (compiled instanceof NotEvaluated)
        return { verdict: 'unsupported', reason: compiled.message };
      return outcomeOf(compiled, rule, scopeOf(self, budget));
    },
  };
}

function tryCompile({
  expression,
  refused = 'it has no expression',
}: PlannedRule): Evaluate | NotEvaluated {
  if (expression === undefined) return new NotEvaluated(refused);
  return compileOrReason(expression);
}

function compileOrReason(expression: Expression): Evaluate | NotEvaluated {
  try {
    return compileExpression(expression, NAMES);
  } catch (error) {
    return error instanceof NotEvaluated ? error : new NotEvaluated(reasonOf(error));
  }
}

function scopeOf(self: Value, budget: Budget): Scope {
  const outer = { name: 'oldSelf', value: new Optional(), outer: undefined, budget };
  return { name: 'self', value: self, outer, budget };
}

function outcomeOf(evaluate: Evaluate, rule: PlannedRule, scope: Scope): Outcome {
  try {
    const result = evaluate(scope);
    if (result === true) return { verdict: 'pass' };
    if (result === false) return { verdict: 'fail', ...messageOf(rule, scope) };
    return { verdict: 'unsupported', reason: `it gives ${typeName(result)}, not bool` };
  } catch (error) {
    if (error instanceof CelError) return { verdict: 'error', text: error.message };
    if (error instanceof RegexNotLoaded) throw error;
    return { verdict: 'unsupported', reason: reasonOf(error) };
  }
}

/** A stack that overflows, or a text that is too long: hostile rules reach what JavaScript can do. */
function reasonOf(error: unknown): string {
  if (error instanceof NotEvaluated) return error.message;
  return `evaluating it failed: ${error instanceof Error ? error.message : String(error)}`;
}

function messageOf({ messageExpression }: PlannedRule, scope: Scope): { message?: string } {
  const evaluate = messageExpression === undefined ? undefined : compileOrReason(messageExpression);
  if (evaluate === undefined || evaluate instanceof NotEvaluated) return {};
  try {
    const text = evaluate(scope);
    const message = typeof text === 'string' ? text.trim() : '';
    const isGood = message !== '' && !message.includes('\n') && message.length <= MOST_MESSAGE;
    return isGood ? { message } : {};
  } catch (error) {
    if (error instanceof RegexNotLoaded) throw error;
    // As in the API server, the rule's message takes its place.
    return {};
  }
}
