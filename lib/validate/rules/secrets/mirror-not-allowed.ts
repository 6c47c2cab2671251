import { reflectedOf } from '../../rendered/reflection-sources.ts';
import type { Rule } from '../rule.ts';

/** Reflector makes mirrors of what allows it: `reflection-auto-enabled` without `reflection-allowed` does nothing. */
export const mirrorNotAllowed: Rule = {
  code: 'secrets/mirror-not-allowed',
  *check(objects) {
    for (const { on, reflection, annotations, isMisspelt, pathOf } of reflectedOf(objects)) {
      if (!reflection.auto || reflection.allowed || isMisspelt) continue;
      const value = annotations['reflection-allowed'];
      // What is neither true nor false is found by annotation/wrong-value.
      const isFalse = typeof value === 'string' && /^\s*false\s*$/i.test(value);
      if (value !== undefined && !isFalse) continue;
      yield {
        on,
        path: pathOf('reflection-allowed'),
        ...(value === undefined ? { fault: 'missing' } : { fault: 'value', value }),
        message: `reflection-auto-enabled is true, but reflection-allowed is ${value === undefined ? 'not set' : 'false'}: Reflector makes no mirror`,
        expected: '"true"',
        hint: 'Set reflection-allowed to "true" beside reflection-auto-enabled.',
      };
    }
  },
};
