import { valueAt } from '../../../manifest/secret-fields.ts';
import { recordOf } from '../../rendered/pods.ts';
import type { RenderedObjects } from '../../rendered/rendered-objects.ts';
import type { Rule, RuleFinding } from '../rule.ts';
import { areCounts, areUnique, hasOne } from './support/checks.ts';
import { dnsLabelFault } from './support/forms.ts';
import { Place } from './support/place.ts';

const COUNTS = [
  'parallelism',
  'completions',
  'activeDeadlineSeconds',
  'backoffLimit',
  'ttlSecondsAfterFinished',
  'backoffLimitPerIndex',
  'maxFailedIndexes',
];
const RARE = [
  'completionMode',
  'podFailurePolicy',
  'selector',
  'backoffLimitPerIndex',
  'maxFailedIndexes',
  'successPolicy',
];
const IN_CRON_JOB = ['spec', 'jobTemplate', 'spec'];
const OF_INDEXED = ['backoffLimitPerIndex', 'maxFailedIndexes', 'successPolicy'];

/**
 * Jobs, and the Jobs of a CronJob: numbers, indexes, what happens when a Pod fails.
 * Source: k8s.io/kubernetes v1.36.3 pkg/apis/batch/validation, validateJobSpec.
 */
export const job: Rule = {
  code: 'workloads/job',
  *check(objects) {
    for (const spec of jobSpecs(objects)) {
      yield* areCounts(spec, COUNTS);
      yield* indexFaults(spec);
      yield* failurePolicyFaults(spec);
    }
    for (const manifest of objects.of('batch', 'Job'))
      if (!isPlain(manifest.value['spec'])) yield* ownFaults(Place.of(manifest));
  },
};

/** Whether nothing is wrong for sure: it has nothing but counts that can be. */
function isPlain(spec: unknown): boolean {
  const fields = recordOf(spec);
  for (const field of COUNTS) if (Number(fields[field] ?? 0) < 0) return false;
  for (const field of RARE) if (fields[field] !== undefined) return false;
  return true;
}

/** Those with which something may be wrong. */
function* jobSpecs(objects: RenderedObjects): Iterable<Place> {
  for (const manifest of objects.of('batch', 'Job'))
    if (!isPlain(manifest.value['spec'])) yield Place.of(manifest, ['spec']);
  for (const manifest of objects.of('batch', 'CronJob'))
    if (!isPlain(valueAt(manifest.value, IN_CRON_JOB))) yield Place.of(manifest, IN_CRON_JOB);
}

function* ownFaults(object: Place): Iterable<RuleFinding> {
  const spec = object.at('spec');
  const selector = spec.at('selector');
  if (selector.isSet && spec.fields['manualSelector'] !== true)
    yield selector.extra('a Job gets its selector by itself', {
      hint: 'Leave it out. With manualSelector: true it is yours to keep apart from those of other Jobs.',
    });
  const { name } = object.at('metadata').fields;
  const completions = spec.at('completions').number ?? 0;
  if (!isIndexed(spec) || typeof name !== 'string' || completions <= 0) return;
  const host = `${name}-${completions - 1}`;
  const fault = dnsLabelFault(host);
  if (fault !== undefined)
    yield object.in('metadata', 'name').wrong(`the host name of the last Pod, "${host}", ${fault}`);
}

function isIndexed(spec: Place): boolean {
  return spec.fields['completionMode'] === 'Indexed';
}

function* indexFaults(spec: Place): Iterable<RuleFinding> {
  if (!isIndexed(spec)) {
    for (const field of OF_INDEXED)
      if (spec.has(field)) yield spec.at(field).extra(`${field} needs completionMode: Indexed`);
    return;
  }
  // Without both there is one index.
  if (!spec.has('completions') && spec.has('parallelism'))
    yield spec.at('completions').missing('completionMode Indexed needs the number of completions');
  const failed = spec.at('maxFailedIndexes');
  if (failed.isSet && !spec.has('backoffLimitPerIndex'))
    yield spec.at('backoffLimitPerIndex').missing('maxFailedIndexes needs backoffLimitPerIndex');
  const completions = spec.at('completions').number;
  if (completions !== undefined && failed.number !== undefined && failed.number > completions)
    yield failed.wrong(
      `maxFailedIndexes is ${failed.number}, and there are ${completions} completions`,
    );
}

function* failurePolicyFaults(spec: Place): Iterable<RuleFinding> {
  const policy = spec.at('podFailurePolicy');
  if (!policy.isSet) return;
  const restart = spec.in('template', 'spec', 'restartPolicy');
  if (restart.value === 'OnFailure')
    yield restart.wrong('podFailurePolicy needs restartPolicy: Never', { expected: 'Never' });
  for (const rule of policy.at('rules').items) yield* failureRuleFaults(rule, spec);
}

function* failureRuleFaults(rule: Place, spec: Place): Iterable<RuleFinding> {
  yield* hasOne(
    rule,
    ['onExitCodes', 'onPodConditions'].filter((field) => !isEmptyList(rule.at(field))),
    {
      what: 'the rule of podFailurePolicy',
    },
  );
  if (rule.fields['action'] === 'FailIndex' && !spec.has('backoffLimitPerIndex'))
    yield rule.at('action').wrong('the action FailIndex needs backoffLimitPerIndex');
  const codes = rule.at('onExitCodes');
  const values = codes.at('values');
  if (!Array.isArray(values.value)) return;
  if (values.value.length === 0) yield values.wrong('the list of exit codes is empty');
  const items = values.value.map((code: unknown, index) => ({
    key: String(code),
    place: values.at(index),
  }));
  yield* areUnique(items, (code) => `the exit code ${code} comes twice`);
  if (codes.fields['operator'] === 'In' && values.value.includes(0))
    yield values.wrong('the exit code 0 is no failure');
}

function isEmptyList(place: Place): boolean {
  return Array.isArray(place.value) && place.value.length === 0;
}
