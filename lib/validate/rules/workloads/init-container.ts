import type { Rule } from '../rule.ts';
import { containerRule } from './support/own-pods.ts';

const PROBES = ['livenessProbe', 'readinessProbe', 'startupProbe', 'lifecycle'];

/**
 * Init containers with what only long-running containers have.
 * Source: k8s.io/kubernetes v1.36.3 pkg/apis/core/validation, validateInitContainers, allowedEphemeralContainerFields.
 */
export const initContainer: Rule = containerRule(
  'workloads/init-container',
  function* ({ place, list }) {
    if (list !== 'initContainers' || place.fields['restartPolicy'] === 'Always') return;
    for (const field of PROBES)
      if (place.has(field))
        yield place.at(field).extra(`an init container that ends has no ${field}`, {
          hint: 'Set restartPolicy: Always if it is a sidecar that runs on; else leave this out.',
        });
  },
  { about: PROBES, mayBeWrong: ({ list }) => list === 'initContainers' },
);
