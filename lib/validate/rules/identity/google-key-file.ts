import type { Rule } from '../rule.ts';
import { mutatedContainers, nameOf, variablesOf } from './shared/containers.ts';
import {
  annotationOf,
  GOOGLE_ACCOUNT,
  hasAccountWith,
  serviceAccountOf,
} from './shared/service-account.ts';

const KEY_FILE = 'GOOGLE_APPLICATION_CREDENTIALS';
const KEY_FILES: ReadonlySet<string> = new Set([KEY_FILE]);

/**
 * A key file comes before the metadata server in Google's libraries, so that the identity of the ServiceAccount is not used.
 * An error where no container of the Pods is left that could use it.
 */
export const googleKeyFile: Rule = {
  code: 'identity/google-key-file',
  *check(objects) {
    if (!hasAccountWith(objects, GOOGLE_ACCOUNT)) return;
    for (const pod of objects.pods) {
      const account = serviceAccountOf(objects, pod);
      if (account === undefined || annotationOf(account, GOOGLE_ACCOUNT) === undefined) continue;
      const containers = mutatedContainers(pod, []);
      const found = containers.flatMap((container) => {
        const [variable] = variablesOf(objects, { pod, container }, KEY_FILES);
        return variable === undefined ? [] : [{ container, variable }];
      });
      for (const { container, variable } of found)
        yield {
          on: pod.manifest,
          path: variable.path,
          fault: 'value',
          severity: found.length === containers.length ? 'error' : 'warning',
          message: `${KEY_FILE} is set in the container ${nameOf(container)}, and wins over the identity of the ServiceAccount ${pod.serviceAccountName} (${GOOGLE_ACCOUNT})`,
          expected: 'no key file where an identity is',
          hint: 'Take the variable away, and the key with it.',
        };
    }
  },
};
