import { isRecord } from '../../../manifest/is-record.ts';
import type { Rule, RuleFinding } from '../rule.ts';
import { ROLE_ARN_FORM, ROLE_ARN_WORDS } from './shared/aws.ts';
import { entryFieldName, webhookEntries, type WebhookEntry } from './shared/webhook-config.ts';

/** What a field of an entry must be. */
interface FieldCheck {
  readonly name: string;
  /** Told of an absent field too. */
  readonly isRight: (value: unknown) => boolean;
  readonly must: string;
  readonly expected: string;
}

const CHECKS: readonly FieldCheck[] = [
  {
    name: 'RoleARN',
    isRight: (value) => typeof value === 'string' && ROLE_ARN_FORM.test(value),
    must: `be ${ROLE_ARN_WORDS}`,
    expected: ROLE_ARN_WORDS,
  },
  {
    name: 'Audience',
    isRight: (value) => typeof value === 'string' && value !== '',
    must: 'be a text: when absent it is empty, and STS refuses the token',
    expected: 'amazonaws.com with kOps, else sts.amazonaws.com',
  },
  {
    name: 'UseRegionalSTS',
    isRight: (value) => (value ?? false) === false || value === true,
    must: 'be true or false: for another type the webhook loses all entries',
    expected: 'true or false',
  },
  {
    name: 'TokenExpiration',
    isRight: (value = 0) =>
      value === null || (Number.isInteger(value) && isLifetime(value as number)),
    must: 'be 0, or seconds from 600 to 86400: here the webhook raises no smaller one',
    expected: '0, or 600 to 86400',
  },
];

function isLifetime(seconds: number): boolean {
  return seconds === 0 || (seconds >= 600 && seconds <= 86_400);
}

/** An entry of the webhook's ConfigMap that it cannot read, or reads as something that AWS refuses. */
export const webhookConfigEntry: Rule = {
  code: 'identity/webhook-config-entry',
  *check(objects) {
    for (const entry of webhookEntries(objects))
      if (isRecord(entry.value)) yield* fieldFindings(entry, entry.value);
      else
        yield {
          on: entry.manifest,
          path: ['data', 'config', entry.key],
          fault: 'value',
          message: `the entry ${entry.key} must be an object: the pod identity webhook loses all entries, or crashes on null`,
          expected: 'an object with RoleARN and Audience',
        };
  },
};

function* fieldFindings(
  { manifest, key }: WebhookEntry,
  fields: Readonly<Record<string, unknown>>,
): Iterable<RuleFinding> {
  const known = new Set(CHECKS.map(({ name }) => name.toLowerCase()));
  const unknown = Object.keys(fields).filter((name) => !known.has(name.toLowerCase()));
  for (const name of unknown)
    yield {
      on: manifest,
      path: ['data', 'config', key, name],
      fault: 'key',
      message: `the entry ${key}: nothing reads ${name}`,
      expected: CHECKS.map((check) => check.name).join(', '),
    };
  for (const { name, isRight, must, expected } of CHECKS) {
    const own = entryFieldName(fields, name);
    const value = own === undefined ? undefined : fields[own];
    // What is absent may be the field that is misspelt.
    if (isRight(value) || (own === undefined && unknown.length > 0)) continue;
    yield {
      on: manifest,
      path: ['data', 'config', key, own ?? name],
      fault: own === undefined ? 'missing' : 'value',
      ...((typeof value === 'number' || name === 'RoleARN') && { value }),
      message: `the entry ${key}: ${own ?? name} must ${must}`,
      expected,
    };
  }
}
