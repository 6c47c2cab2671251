import type { CodeEntry } from './code-entry.ts';

/** The codes of the rules of docs/rules/workloads. */
export const WORKLOADS_CODES = {} as const satisfies Record<string, CodeEntry>;
