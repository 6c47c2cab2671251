import type { AjvError, Alternative } from '../emit/validator/ajv-error.ts';
import type { Description } from './describe-error.ts';
import { listed, quoted, typeWords } from './words.ts';

/**
 * Says what an `anyOf` or `oneOf` asks for.
 *
 * @returns undefined when its branches cannot be put in a few words.
 */
export function describeJunctor(error: AjvError): Description | undefined {
  const alternatives = (error.params['alternatives'] ?? []) as Alternative[];
  if (alternatives.length === 0) return undefined;
  if (alternatives.every(({ required }) => required !== undefined))
    return describeChoice(error, alternatives);
  const words = alternatives.map(alternativeWords);
  if (words.some((word) => word === undefined)) return undefined;
  const expected = listed(words as string[], 'or');
  return { code: 'schema/wrong-value', fault: 'value', message: `expected ${expected}`, expected };
}

/** A choice between fields, written as branches that each require some. */
function describeChoice(error: AjvError, alternatives: readonly Alternative[]): Description {
  const passing = (error.params['passingSchemas'] ?? []) as number[];
  const names = alternatives.map(requiredWords).filter((words) => words !== '');
  const mayBeNone = names.length < alternatives.length;
  const number = error.keyword === 'anyOf' ? 'at least' : mayBeNone ? 'at most' : 'exactly';
  const expected = `${number} one of ${listed(names, 'or')}`;
  if (passing.length < 2)
    return {
      code: 'schema/missing-field',
      fault: 'missing',
      message: `${expected} is required`,
      expected,
    };
  const both = passing.map((index) => requiredWords(alternatives[index] as Alternative));
  return {
    code: 'schema/wrong-value',
    fault: 'value',
    message: `${listed(both, 'and')} exclude each other`,
    expected,
  };
}

function requiredWords(alternative: Alternative): string {
  return (alternative.required ?? []).map(quoted).join(' with ');
}

function alternativeWords({ values, pattern, type }: Alternative): string | undefined {
  if (values !== undefined) return listed(values.map(quoted), 'or');
  if (pattern !== undefined) return `a string that matches ${pattern}`;
  return type === undefined ? undefined : typeWords(type);
}
