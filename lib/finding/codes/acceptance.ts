import type { CodeEntry } from './code-entry.ts';

/** The codes of what is wrong with an acceptance itself. */
export const ACCEPTANCE_CODES = {
  'acceptance/no-reason': {
    severity: 'error',
    title: 'An annotation or comment accepts a finding without saying why.',
  },
  'acceptance/unknown-rule': {
    severity: 'error',
    title: 'An annotation or comment accepts findings of a rule that does not exist.',
  },
  'acceptance/unused': {
    severity: 'warning',
    title: 'An annotation or comment accepts a finding that is not there.',
  },
} as const satisfies Record<string, CodeEntry>;
