import { COMPOSED_VALUES } from './composed-values.ts';
import { KEYS } from './keys.ts';
import { MISSING } from './missing.ts';
import type { Mistake } from './mistake.ts';
import { TANKA_VALUES } from './tanka-values.ts';
import { VALUES } from './values.ts';

/** All seeded mistakes. */
export const MISTAKES: readonly Mistake[] = [
  ...KEYS,
  ...VALUES,
  ...COMPOSED_VALUES,
  ...TANKA_VALUES,
  ...MISSING,
];
