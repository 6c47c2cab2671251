import type { Manifest } from '../../manifest/parse-manifests.ts';
import { recordAt } from './pods.ts';
import { remembered } from './remembered.ts';
import type { RenderedObjects } from './rendered-objects.ts';

/** Labels of the gateway of Istio's classic installation, and its namespace. Source: istio.io, "Ingress Gateways". */
const CLASSIC = { label: 'istio', value: 'ingressgateway', namespace: 'istio-system' };

/**
 * The namespaces of the Pods that an Istio Gateway configures, which is where Istio reads its Secrets: those of rendered
 * workloads that its selector matches; else what the settings say of them; else istio-system for
 * `istio: ingressgateway`.
 *
 * @returns none when it cannot be known.
 */
export function gatewayNamespaces(objects: RenderedObjects, gateway: Manifest): readonly string[] {
  return namespacesIn(objects)(gateway);
}

const namespacesIn = remembered((objects: RenderedObjects) =>
  remembered((gateway: Manifest) => findNamespaces(objects, gateway)),
);

function findNamespaces(objects: RenderedObjects, gateway: Manifest): readonly string[] {
  const selector = recordAt(gateway.value, ['spec', 'selector']);
  const labels = Object.entries(selector);
  if (labels.length === 0) return [];
  const rendered = objects.podsMatching(selector).map(({ namespace }) => namespace);
  if (rendered.length > 0) return [...new Set(rendered)].filter((namespace) => namespace !== '');
  const known = objects.settings.gateways.find((workload) =>
    labels.every(([label, value]) => workload.selector[label] === value),
  );
  if (known !== undefined) return [known.namespace];
  return selector[CLASSIC.label] === CLASSIC.value ? [CLASSIC.namespace] : [];
}

/**
 * Whether two Istio Gateways configure the same Pods, as far as their selectors and the rendered workloads show. One that is
 * rendered twice is one Gateway, and found as such.
 */
export function haveSameWorkload(objects: RenderedObjects, one: Manifest, other: Manifest): boolean {
  if (one === other) return true;
  if (isSameObject(one, other)) return false;
  const selectors = [one, other].map(({ value }) => recordAt(value, ['spec', 'selector']));
  const [first = {}, second = {}] = selectors;
  if (Object.keys(first).length === 0 && Object.keys(second).length === 0) return true;
  if (includesAll(first, second) && includesAll(second, first)) return true;
  if (Object.keys(first).length === 0 || Object.keys(second).length === 0) return false;
  const pods = new Set(objects.podsMatching(first));
  return objects.podsMatching(second).some((pod) => pods.has(pod));
}

/** Whether two manifests, of one kind, are of one object. */
export function isSameObject({ resource: one }: Manifest, { resource: other }: Manifest): boolean {
  return one.name === other.name && one.namespace === other.namespace;
}

function includesAll(
  selector: Readonly<Record<string, unknown>>,
  wanted: Readonly<Record<string, unknown>>,
): boolean {
  return Object.entries(wanted).every(([label, value]) => selector[label] === value);
}
