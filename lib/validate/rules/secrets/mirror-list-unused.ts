import { type Reflected, reflectedOf } from '../../rendered/reflection-sources.ts';
import type { Rule } from '../rule.ts';

/** The lists of namespaces, and the switch without which Reflector does not read them. */
const SWITCHES = [
  ['reflection-allowed-namespaces', 'reflection-allowed'],
  ['reflection-allowed-namespaces-selector', 'reflection-allowed'],
  ['reflection-auto-namespaces', 'reflection-auto-enabled'],
  ['reflection-auto-namespaces-selector', 'reflection-auto-enabled'],
] as const;

/** A list of namespaces without the switch that makes Reflector read it. */
export const mirrorListUnused: Rule = {
  code: 'secrets/mirror-list-unused',
  *check(objects) {
    for (const reflected of reflectedOf(objects)) {
      if (reflected.isMisspelt) continue;
      for (const [list, needed] of SWITCHES) {
        if (!isUnused(reflected, list, needed)) continue;
        yield {
          on: reflected.on,
          path: reflected.pathOf(needed),
          fault: 'missing',
          message: `${list} is set, but ${needed} is not: Reflector does not read the list`,
          expected: '"true"',
          hint: `Set ${needed} to "true", or take ${list} away.`,
        };
        break;
      }
    }
  },
};

/** A switch that is set to false was meant; one that only the other switch needs is mirror-not-allowed's. */
function isUnused({ annotations, reflection }: Reflected, list: string, needed: string): boolean {
  const isMissing = annotations[list] !== undefined && annotations[needed] === undefined;
  return isMissing && !(needed === 'reflection-allowed' && reflection.auto);
}
