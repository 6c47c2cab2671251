import type { Rule } from '../rule.ts';

/** The rules of docs/rules/workloads. */
export const WORKLOADS_RULES: readonly Rule[] = [];
