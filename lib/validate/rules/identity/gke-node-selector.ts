import { nearestName } from '../../../finding/nearest-name.ts';
import { recordAt } from '../../rendered/pods.ts';
import type { Rule } from '../rule.ts';

const PREFIX = 'iam.gke.io/';
const METADATA_SERVER = 'iam.gke.io/gke-metadata-server-enabled';

/** A node selector for the metadata server of GKE that no node answers: the Pods stay Pending. */
export const gkeNodeSelector: Rule = {
  code: 'identity/gke-node-selector',
  *check(objects) {
    for (const pod of objects.pods)
      for (const [key, value] of Object.entries(recordAt(pod.spec, ['nodeSelector']))) {
        if (!key.startsWith(PREFIX) || typeof value !== 'string') continue;
        const isKnown = key === METADATA_SERVER;
        const isMeant = !isKnown && nearestName(key, [METADATA_SERVER]) !== undefined;
        if (isKnown ? value === 'true' : !isMeant) continue;
        yield {
          on: pod.manifest,
          path: [...pod.path, 'spec', 'nodeSelector', key],
          fault: isKnown ? 'value' : 'key',
          ...(isKnown && { value }),
          message: isKnown
            ? `GKE labels nodes with ${key}: "true" and nothing else, so no node is ever selected`
            : `GKE labels no node with ${key}, so no node is ever selected`,
          expected: isKnown ? '"true"' : METADATA_SERVER,
          hint: isMeant ? `Did you mean ${METADATA_SERVER}?` : 'On Autopilot leave it out.',
        };
      }
  },
};
