import { nearestName } from '../../../finding/nearest-name.ts';
import type { Rule } from '../rule.ts';
import { KNOWN_TYPES, typePath } from './secret-types.ts';

/** A type of Secret that is nearly one of Kubernetes: no controller knows it. */
export const unknownType: Rule = {
  code: 'secrets/unknown-type',
  *check(objects) {
    for (const secret of objects.secrets.all) {
      const { type } = secret;
      const path = typePath(secret);
      const meant = type === undefined ? undefined : meantType(type);
      if (path === undefined || meant === undefined) continue;
      yield {
        on: secret.by,
        path,
        fault: 'value',
        value: type,
        message: `${type} is no type that Kubernetes knows; ${meant} is`,
        expected: meant,
        hint: `Did you mean ${meant}?`,
      };
    }
  },
};

/** How many letters of a type may differ. Of kubernetes.io/rbd, the type of a volume's key, three do. */
const MOST = 2;
/** From how many letters on a name that is cut off, or goes on, counts as the other. */
const CUT = 'kubernetes.io/docker'.length;

function meantType(type: string): string | undefined {
  if (KNOWN_TYPES.includes(type)) return undefined;
  const cut = KNOWN_TYPES.find(
    (known) => type.length >= CUT && known.startsWith(type) && known.endsWith('json'),
  );
  return cut ?? nearestName(type, KNOWN_TYPES, MOST);
}
