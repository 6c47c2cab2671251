import type { ProvidedSecret } from '../../rendered/provided-secrets.ts';
import { secretValue } from '../../rendered/secret-data.ts';
import type { Rule, RuleFinding } from '../rule.ts';
import { dataPath, REQUIRED_KEYS, typePath } from './secret-types.ts';

/** A Secret without the keys that its type has to have: the API server refuses it. */
export const typeKeys: Rule = {
  code: 'secrets/type-keys',
  *check(objects) {
    for (const secret of objects.secrets.all) {
      const needed = REQUIRED_KEYS.get(secret.type ?? '');
      const { keys } = secret;
      if (keys === undefined) continue;
      if (secret.type === BASIC && !keys.has('username') && !keys.has('password'))
        yield* missing(secret, ['username'], 'username or password');
      const absent = needed?.filter((key) => !keys.has(key) || isEmpty(secret, key)) ?? [];
      if (absent.length === 0) continue;
      const meant = meantType(keys);
      if (meant === undefined || meant === secret.type)
        yield* missing(secret, absent, absent.join(' and '));
      else yield* wrongType(secret, meant);
    }
  },
};

const BASIC = 'kubernetes.io/basic-auth';

/** Of this key alone the API server wants a value, too. */
function isEmpty({ by }: ProvidedSecret, key: string): boolean {
  const isChecked = key === 'ssh-privatekey' && by.resource.kind === 'Secret';
  return isChecked && secretValue(by, key)?.bytes.length === 0;
}

/** The type whose keys are all there. */
function meantType(keys: ReadonlySet<string>): string | undefined {
  return [...REQUIRED_KEYS].find(([, needed]) => needed.every((key) => keys.has(key)))?.[0];
}

function* missing(
  secret: ProvidedSecret,
  absent: readonly string[],
  what: string,
): Iterable<RuleFinding> {
  const data = dataPath(secret);
  if (data === undefined) return;
  yield {
    on: secret.by,
    path: [...data, absent[0] ?? ''],
    fault: 'missing',
    message: `a Secret of type ${secret.type} has to have ${what}; ${listed(secret.keys)}`,
    expected: what,
    hint: 'Add the key, or take another type. The API server refuses the Secret as it is.',
  };
}

function* wrongType(secret: ProvidedSecret, meant: string): Iterable<RuleFinding> {
  const path = typePath(secret);
  if (path === undefined) return;
  yield {
    on: secret.by,
    path,
    fault: 'value',
    value: secret.type,
    message: `the data has the keys of ${meant}, not those of ${secret.type}`,
    expected: meant,
    hint: `Set the type to ${meant}.`,
  };
}

function listed(keys: ReadonlySet<string> = new Set()): string {
  return keys.size === 0 ? 'it has no data' : `its keys are ${[...keys].join(', ')}`;
}
