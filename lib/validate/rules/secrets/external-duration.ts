import { textAt } from '../../rendered/values-at.ts';
import { parseDuration } from './parse-duration.ts';
import type { Rule } from '../rule.ts';

const PLACES: readonly [string, ...string[][]][] = [
  ['ExternalSecret', ['spec', 'refreshInterval']],
  [
    'ClusterExternalSecret',
    ['spec', 'refreshTime'],
    ['spec', 'externalSecretSpec', 'refreshInterval'],
  ],
  ['PushSecret', ['spec', 'refreshInterval']],
];

/** An interval that External Secrets cannot read. */
export const externalDuration: Rule = {
  code: 'secrets/external-duration',
  *check(objects) {
    for (const [kind, ...paths] of PLACES)
      for (const on of objects.of('external-secrets.io', kind))
        for (const path of paths) {
          const value = textAt(on.value, path);
          if (value === undefined || parseDuration(value) !== undefined) continue;
          yield {
            on,
            path,
            fault: 'value',
            value,
            message: `${path.at(-1)} must be a duration, got ${JSON.stringify(value)}`,
            expected: 'a number with h, m or s, such as 1h or 1h30m',
            hint: 'A day is 24h. The API server takes any text here, and the controller cannot read the object.',
          };
        }
  },
};
