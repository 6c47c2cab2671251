import { nearestName } from '../../../finding/nearest-name.ts';
import type { PodSource } from '../../rendered/pods.ts';
import type { Rule, RuleFinding } from '../rule.ts';
import { AWS_SKIP_CONTAINERS, awsSkipped } from './shared/aws.ts';
import { AZURE_SKIP_CONTAINERS, azureSkipped } from './shared/azure.ts';
import { nameOf } from './shared/containers.ts';

/** Containers that other webhooks put into Pods: Istio, Linkerd, Vault, Dapr, OpenTelemetry, Azure's own proxy. */
const INJECTED =
  /^(?:istio-|linkerd-|vault-agent|dapr|azwi-|otc-|opentelemetry-|envoy|consul-|kuma-|datadog-)/;

/** `skip-containers` names a container that the Pod does not have: the one that was meant gets credentials. */
export const skipContainersUnknown: Rule = {
  code: 'identity/skip-containers-unknown',
  *check(objects) {
    for (const pod of objects.pods) {
      yield* unknownIn(pod, AWS_SKIP_CONTAINERS, awsSkipped(pod));
      yield* unknownIn(pod, AZURE_SKIP_CONTAINERS, azureSkipped(pod));
    }
  },
};

function* unknownIn(
  pod: PodSource,
  key: string,
  skipped: readonly string[],
): Iterable<RuleFinding> {
  if (skipped.length === 0) return;
  const known = pod.containers.map(nameOf);
  for (const name of skipped) {
    // A name with spaces or none at all is a finding on the value of the annotation.
    if (known.includes(name) || !/^[a-z0-9-]+$/.test(name) || INJECTED.test(name)) continue;
    const meant = nearestName(name, known);
    yield {
      on: pod.manifest,
      path: [...pod.path, 'metadata', 'annotations', key],
      fault: 'value',
      value: pod.annotations[key],
      message: `${key} names the container ${name}, and the Pod has ${known.join(', ')}`,
      expected: 'names of containers and init containers of the Pod',
      hint:
        meant === undefined
          ? 'When another webhook adds that container, accept this finding.'
          : `Did you mean ${meant}?`,
    };
  }
}
