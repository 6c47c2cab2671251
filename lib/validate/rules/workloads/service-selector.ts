import type { PodSource } from '../../rendered/pods.ts';
import type { RenderedObjects } from '../../rendered/rendered-objects.ts';
import type { Rule, RuleFinding } from '../rule.ts';
import { kindRule } from './support/own-pods.ts';
import type { Place } from './support/place.ts';
import { podsOfNamespace } from './support/pods-of-namespace.ts';

/** So many values are named in a hint. */
const MOST_SHOWN = 10;

/**
 * A Service that selects no rendered Pod: it has no endpoints. It is found only beside Pods that have such labels with other
 * values, or when the Pods are in another namespace: else the Pods are most likely made elsewhere.
 */
export const serviceSelector: Rule = {
  ...kindRule('workloads/service-selector', ['/Service'], function* (object, objects) {
    const selector = object.in('spec', 'selector');
    const labels = selector.fields;
    if (Object.keys(labels).length === 0) return;
    const { namespace = '' } = object.on.resource;
    if (objects.podsMatching(labels, namespace).length > 0) return;
    const pods = podsOfNamespace(objects, namespace);
    yield* nearbyPods(selector, pods);
    if (!sharesKey(pods, labels)) yield* podsElsewhere(selector, objects);
  }),
  looksForAbsence: true,
};

function sharesKey(pods: readonly PodSource[], selector: Place['fields']): boolean {
  return pods.some((pod) => Object.keys(selector).some((key) => Object.hasOwn(pod.labels, key)));
}

function* nearbyPods(selector: Place, pods: readonly PodSource[]): Iterable<RuleFinding> {
  if (!sharesKey(pods, selector.fields)) return;
  const wrong = selector.members.find(
    ({ key, place }) => !pods.some(({ labels }) => labels[key] === place.value),
  );
  const values = pods.flatMap(({ labels }) => labels[wrong?.key ?? ''] ?? []);
  const seen = new Set(values.filter((value) => typeof value === 'string'));
  yield (wrong?.place ?? selector).wrong(
    wrong === undefined
      ? 'no rendered Pod of the namespace has all of these labels'
      : `no rendered Pod of the namespace has ${wrong.key}: ${String(wrong.place.value)}`,
    {
      hint: `${whatPodsHave(wrong?.key, seen)}When a controller sets the label, or makes the Pods, accept this finding.`,
    },
  );
}

function whatPodsHave(key: string | undefined, values: ReadonlySet<string>): string {
  if (key === undefined || values.size === 0 || values.size > MOST_SHOWN) return '';
  return `The Pods there have ${[...values].map((value) => `${key}: ${value}`).join(', ')}. `;
}

function* podsElsewhere(selector: Place, objects: RenderedObjects): Iterable<RuleFinding> {
  const [pod] = objects.podsMatching(selector.fields);
  if (pod === undefined) return;
  const { namespace = '' } = selector.on.resource;
  yield selector.wrong(
    `the Service is in the namespace ${namespace}, and the Pods that it selects are in ${pod.namespace}`,
    { hint: 'A Service selects Pods of its own namespace only.' },
  );
}
