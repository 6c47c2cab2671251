import type { Rule } from '../rule.ts';
import { serviceAccountMissing } from './service-account-missing.ts';

/** The rules of docs/rules/identity. */
export const IDENTITY_RULES: readonly Rule[] = [serviceAccountMissing];
