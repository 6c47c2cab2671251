import { isRecord } from '../../../manifest/is-record.ts';
import type { Rule, RuleFinding } from '../rule.ts';
import { isEmptySelector, unmatchedPart } from './support/label-selector.ts';
import { type OwnPod, podRule } from './support/own-pods.ts';
import { Place } from './support/place.ts';

/**
 * The selector of a workload does not take the Pods of its own template, or takes all Pods.
 * Source: k8s.io/kubernetes v1.36.3 pkg/apis/apps/validation, pkg/apis/batch/validation.
 */
export const selectorMismatch: Rule = podRule(
  'workloads/selector-mismatch',
  function* (pod) {
    const selector = selectorOf(pod);
    if (selector === undefined) return;
    if (isEmptySelector(selector)) {
      yield selector.wrong('the selector is empty, and must have the labels of the template', {
        hint: 'Set spec.selector.matchLabels to labels that spec.template.metadata.labels has too.',
      });
      return;
    }
    const part = unmatchedPart(selector, pod.source.labels);
    if (part !== undefined) yield* mismatch(pod, part);
  },
  { mayBeWrong: (pod) => !isPlainMatch(pod) },
);

/** There is no selector, or one of labels that the template has all of. */
function isPlainMatch({ kind, source }: OwnPod): boolean {
  const { spec } = source.manifest.value;
  if (!isRecord(spec) || !(KINDS.has(kind) || kind === 'Job')) return true;
  const { selector } = spec;
  if (!isRecord(selector)) return true;
  const { matchLabels } = selector;
  if (!isRecord(matchLabels) || selector['matchExpressions'] !== undefined) return false;
  let isEmpty = true;
  for (const key in matchLabels) {
    isEmpty = false;
    if (matchLabels[key] === null || matchLabels[key] !== source.labels[key]) return false;
  }
  return !isEmpty;
}

const KINDS = new Set(['Deployment', 'StatefulSet', 'DaemonSet', 'ReplicaSet']);

function selectorOf({ kind, source: { manifest } }: OwnPod): Place | undefined {
  const spec = Place.of(manifest, ['spec']);
  const selector = spec.at('selector');
  if (!isRecord(selector.value)) return undefined;
  // A Job gets a selector of its own unless it says otherwise.
  const isManualJob = kind === 'Job' && spec.fields['manualSelector'] === true;
  return KINDS.has(kind) || isManualJob ? selector : undefined;
}

function* mismatch(
  { metadata, source: { labels } }: OwnPod,
  { place, words }: { readonly place: Place; readonly words: string },
): Iterable<RuleFinding> {
  const key = String(place.path.at(-1));
  const isLabel = place.path.at(-2) === 'matchLabels';
  const hint =
    'Give the template the labels of the selector; the selector of an object that is in a cluster cannot change.';
  if (!isLabel)
    yield place.wrong(`the labels of the template do not meet the selector's ${words}`, { hint });
  else {
    const label = metadata.in('labels', key);
    const found = labels[key] === undefined ? `no label ${key}` : `${key}: ${String(label.value)}`;
    const message = `the selector asks for ${words}, the template has ${found}`;
    yield label.isSet ? label.wrong(message, { hint }) : label.missing(message, { hint });
  }
}
