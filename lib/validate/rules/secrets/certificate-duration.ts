import type { Manifest } from '../../../manifest/parse-manifests.ts';
import { textAt } from '../../rendered/values-at.ts';
import { parseDuration } from './parse-duration.ts';
import type { Rule, RuleFinding } from '../rule.ts';

const HOUR = 3600;
/** Ninety days. */
const DEFAULT = 90 * 24 * HOUR;

/** Durations of a Certificate that cannot be read, or contradict each other. */
export const certificateDuration: Rule = {
  code: 'secrets/certificate-duration',
  *check(objects) {
    for (const on of objects.of('cert-manager.io', 'Certificate')) yield* problems(on);
  },
};

function* problems(on: Manifest): Iterable<RuleFinding> {
  const [duration, renewBefore] = ['duration', 'renewBefore'].map((field) =>
    textAt(on.value, ['spec', field]),
  );
  const lasts = duration === undefined ? DEFAULT : parseDuration(duration);
  const early = renewBefore === undefined ? 0 : parseDuration(renewBefore);
  if (lasts === undefined) yield unreadable(on, 'duration');
  if (early === undefined) yield unreadable(on, 'renewBefore');
  if (lasts === undefined || early === undefined) return;
  if (lasts < HOUR) yield tooShort(on);
  else if (early >= lasts) yield tooEarly(on, duration ?? '2160h');
}

function unreadable(on: Manifest, field: string): RuleFinding {
  const value = textAt(on.value, ['spec', field]);
  return {
    on,
    path: ['spec', field],
    fault: 'value',
    value,
    message: `${field} must be a duration, got ${JSON.stringify(value)}`,
    expected: 'a number with h, m or s, such as 2160h',
    hint: 'A day is 24h: 90 days are 2160h.',
  };
}

function tooShort(on: Manifest): RuleFinding {
  return {
    on,
    path: ['spec', 'duration'],
    fault: 'value',
    value: textAt(on.value, ['spec', 'duration']),
    message: 'a Certificate lasts one hour at least; cert-manager refuses it',
    expected: '1h or more',
    hint: 'A number without days: 90 days are 2160h.',
  };
}

function tooEarly(on: Manifest, duration: string): RuleFinding {
  const value = textAt(on.value, ['spec', 'renewBefore']);
  return {
    on,
    path: ['spec', 'renewBefore'],
    fault: 'value',
    value,
    message: `renewBefore is ${value ?? ''}, and the certificate lasts ${duration}; cert-manager refuses it`,
    expected: `less than ${duration}`,
    hint: 'A third of the duration is the default.',
  };
}
