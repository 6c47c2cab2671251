import type { ProvidedSecret } from '../../rendered/provided-secrets.ts';
import { referencesOf } from '../../rendered/secret-references.ts';
import type { Rule } from '../rule.ts';

const READ = ['kubernetes.io/dockerconfigjson', 'kubernetes.io/dockercfg'];
const KEYS = ['.dockerconfigjson', '.dockercfg'];

/** An imagePullSecret that is no Secret with the credentials of a registry: the kubelet passes over it. */
export const pullSecretType: Rule = {
  code: 'secrets/pull-secret-type',
  *check(objects) {
    for (const { on, namespace, name, path, use } of referencesOf(objects)) {
      if (use !== 'image pull') continue;
      const found = objects.secrets.reaching(namespace, name);
      if (found.length === 0 || !found.every(isOther)) continue;
      yield {
        on,
        path,
        fault: 'value',
        value: name,
        message: `the Secret ${name} is of type ${found[0]?.type ?? 'Opaque'}, which no image is pulled with`,
        expected: `a Secret of type ${READ[0]}`,
        hint: 'Name the Secret with the credentials of the registry.',
      };
    }
  },
};

/** What has the keys of the right type, or nearly its name, is found at the Secret itself. */
function isOther({ type, keys }: ProvidedSecret): boolean {
  if (keys === undefined) return type !== undefined && !type.includes('docker');
  return !READ.includes(type ?? '') && !KEYS.some((key) => keys.has(key));
}
