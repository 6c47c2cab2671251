import type { CodeEntry } from './code-entry.ts';

/** The codes of the rules of docs/rules/identity. */
export const IDENTITY_CODES = {
  'identity/service-account-missing': {
    severity: 'warning',
    title: 'A workload names a ServiceAccount that the environment does not render.',
  },
} as const satisfies Record<string, CodeEntry>;
