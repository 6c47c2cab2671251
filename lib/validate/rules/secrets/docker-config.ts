import { isRecord } from '../../../manifest/is-record.ts';
import { valueAt } from '../../../manifest/secret-fields.ts';
import type { Rule } from '../rule.ts';
import {
  type DockerConfig,
  dockerConfigsOf,
  registriesOf,
  shownRegistry,
} from './docker-configs.ts';

/** The text of a pull secret from which the kubelet reads no credentials. */
export const dockerConfig: Rule = {
  code: 'secrets/docker-config',
  *check(objects) {
    for (const config of dockerConfigsOf(objects)) {
      const problem = problemOf(config);
      if (problem === undefined) continue;
      yield {
        on: config.on,
        path: config.path,
        fault: 'value',
        message: `${config.path.at(-1)} ${problem}`,
        expected: 'JSON such as {"auths": {"registry.example.com": {"auth": "..."}}}',
        hint: 'Write it as `kubectl create secret docker-registry` does, or with tankard.pullSecret.',
      };
    }
  },
};

function problemOf(config: DockerConfig): string | undefined {
  if (!isRecord(config.value)) return 'is no JSON object: the API server refuses the Secret';
  const found = valueAt(config.value, config.registries);
  if (found === undefined) return 'has no auths, from which the kubelet takes the registries';
  if (!isRecord(found)) return 'has something else than an object as auths';
  const entries = registriesOf(config);
  if (entries.length === 0) return 'names no registry';
  const wrong = entries.find(([, entry]) => !isRecord(entry));
  return wrong && `has something else than an object for ${shownRegistry(wrong[0])}`;
}
