import { Arguments, type CelFunction, type FunctionTable } from '../call.ts';
import { isList, type Value } from '../value.ts';
import { CONVERSIONS, sizeOf } from './conversions.ts';
import {
  indexOfItem,
  lastIndexOfItem,
  LIST_FUNCTIONS,
  LIST_METHODS,
  OPTIONAL_FUNCTIONS,
  OPTIONAL_METHODS,
  SET_FUNCTIONS,
} from './lists.ts';
import { FORMAT_FUNCTIONS, FORMAT_METHODS } from './named-formats.ts';
import { NETWORK_FUNCTIONS, NETWORK_METHODS } from './network.ts';
import { QUANTITY_FUNCTIONS, QUANTITY_METHODS } from './quantity.ts';
import { REGEX_METHODS } from './regex.ts';
import { SEMVER_FUNCTIONS, SEMVER_METHODS } from './semver.ts';
import { indexOfText, lastIndexOfText, STRING_FUNCTIONS, STRING_METHODS } from './strings.ts';
import { TIME_METHODS } from './time.ts';
import { URL_FUNCTIONS, URL_METHODS } from './url.ts';

/** The functions that CRD rules have on Kubernetes 1.34 and later, without macros and operators. */
export const FUNCTIONS: ReadonlyMap<string, CelFunction> = tableOf([
  CONVERSIONS,
  STRING_FUNCTIONS,
  LIST_FUNCTIONS,
  SET_FUNCTIONS,
  OPTIONAL_FUNCTIONS,
  NETWORK_FUNCTIONS,
  URL_FUNCTIONS,
  QUANTITY_FUNCTIONS,
  SEMVER_FUNCTIONS,
  FORMAT_FUNCTIONS,
  { matches: REGEX_METHODS['matches'] as CelFunction },
]);

/** The methods, by name; the receiver is their first argument. */
export const METHODS: ReadonlyMap<string, CelFunction> = tableOf([
  STRING_METHODS,
  LIST_METHODS,
  OPTIONAL_METHODS,
  NETWORK_METHODS,
  URL_METHODS,
  SEMVER_METHODS,
  QUANTITY_METHODS,
  FORMAT_METHODS,
  REGEX_METHODS,
  TIME_METHODS,
  { size: sizeOf, indexOf, lastIndexOf },
]);

function tableOf(tables: readonly FunctionTable[]): Map<string, CelFunction> {
  return new Map(tables.flatMap((table) => Object.entries(table)));
}

function indexOf(...[values, context]: Parameters<CelFunction>): Value {
  const [first] = values;
  if (first === undefined || !isList(first)) return indexOfText(values, context);
  context.budget.spend(1 + first.length);
  return indexOfItem(first, new Arguments('indexOf', values, [2]).value(1), context.budget);
}

function lastIndexOf(...[values, context]: Parameters<CelFunction>): Value {
  const [first] = values;
  if (first === undefined || !isList(first)) return lastIndexOfText(values, context);
  context.budget.spend(1 + first.length);
  return lastIndexOfItem(first, new Arguments('lastIndexOf', values, [2]).value(1), context.budget);
}
