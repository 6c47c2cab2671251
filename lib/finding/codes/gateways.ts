import type { CodeEntry } from './code-entry.ts';

/** The codes of the rules of docs/rules/gateways. */
export const GATEWAYS_CODES = {} as const satisfies Record<string, CodeEntry>;
