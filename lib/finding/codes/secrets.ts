import type { CodeEntry } from './code-entry.ts';

/** The codes of the rules of docs/rules/secrets. */
export const SECRETS_CODES = {} as const satisfies Record<string, CodeEntry>;
