import { reflectedOf } from '../../rendered/reflection-sources.ts';
import type { Rule } from '../rule.ts';

/** A mirror that is immutable: Reflector cannot write into it. */
export const mirrorImmutable: Rule = {
  code: 'secrets/mirror-immutable',
  *check(objects) {
    for (const { on, kind, reflects } of reflectedOf(objects)) {
      if (reflects === undefined || on.resource.kind !== kind || on.value['immutable'] !== true)
        continue;
      yield {
        on,
        path: ['immutable'],
        fault: 'value',
        value: true,
        message: `the ${kind} is a mirror of ${reflects} and immutable: the API server refuses what Reflector copies into it`,
        expected: 'false, or no such field',
        hint: 'Take immutable away; it can be set at the source, whose mirrors do not inherit it.',
      };
    }
  },
};
