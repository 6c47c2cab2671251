import type { Rule } from '../rule.ts';

/** The rules of docs/rules/secrets. */
export const SECRETS_RULES: readonly Rule[] = [];
