import type { Rule, RuleFinding } from '../rule.ts';
import { areCounts } from './support/checks.ts';
import { cronFault } from './support/cron.ts';
import { kindRule } from './support/own-pods.ts';
import type { Place } from './support/place.ts';

const COUNTS = ['startingDeadlineSeconds', 'successfulJobsHistoryLimit', 'failedJobsHistoryLimit'];

/**
 * When a CronJob runs.
 * Source: k8s.io/kubernetes v1.36.3 pkg/apis/batch/validation, validateCronJobSpec.
 */
export const schedule: Rule = kindRule(
  'workloads/schedule',
  ['batch/CronJob'],
  function* (object) {
    const spec = object.at('spec');
    yield* scheduleFaults(spec.at('schedule'));
    yield* zoneFaults(spec.at('timeZone'));
    yield* areCounts(spec, COUNTS);
  },
  { reads: ({ spec }) => ['schedule', 'timeZone', ...COUNTS].map((field) => spec[field]) },
);

function* scheduleFaults(place: Place): Iterable<RuleFinding> {
  const { text } = place;
  if (text === undefined) return;
  if (text === '') yield place.missing('the schedule is empty');
  else if (text.includes('TZ'))
    yield place.wrong('the schedule names a time zone', {
      hint: 'Write the time zone into spec.timeZone, such as Europe/Berlin.',
    });
  else {
    const fault = cronFault(text);
    if (fault !== undefined) yield place.wrong(`the schedule cannot be read: ${fault}`);
  }
}

function* zoneFaults(zone: Place): Iterable<RuleFinding> {
  const { text } = zone;
  if (text === undefined) return;
  const named = nameOfZone(text);
  if (named === text) return;
  yield zone.wrong(`there is no time zone "${text}"`, {
    expected: 'a name of the IANA time zone database, such as Europe/Berlin or Etc/UTC',
    ...(named !== undefined && { hint: `Write ${named}: capitals count.` }),
  });
}

/** The name as it has to be written; undefined when there is no such zone. */
function nameOfZone(text: string): string | undefined {
  if (!/^[A-Za-z][-+._A-Za-z0-9/]*$/.test(text) || text.toLowerCase() === 'local') return undefined;
  try {
    const { timeZone } = new Intl.DateTimeFormat('en', { timeZone: text }).resolvedOptions();
    // An old name of a zone comes out as the new one; both are there.
    return timeZone.toLowerCase() === text.toLowerCase() ? timeZone : text;
  } catch {
    return undefined;
  }
}
