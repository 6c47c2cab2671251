import type { Rule } from '../rule.ts';

/** The rules of docs/rules/gateways. */
export const GATEWAYS_RULES: readonly Rule[] = [];
