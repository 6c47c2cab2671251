import { referencesOf } from '../../rendered/secret-references.ts';
import type { RenderedObjects } from '../../rendered/rendered-objects.ts';
import type { ProvidedSecret } from '../../rendered/provided-secrets.ts';
import type { Rule } from '../rule.ts';
import { typePath } from './secret-types.ts';

/** The types that the kubelet reads, by the key that it reads from them. */
const TYPES: readonly [string, string][] = [
  ['.dockerconfigjson', 'kubernetes.io/dockerconfigjson'],
  ['.dockercfg', 'kubernetes.io/dockercfg'],
];

/** The credentials of a registry in a Secret without the type that makes the kubelet read them. */
export const dockerType: Rule = {
  code: 'secrets/docker-type',
  *check(objects) {
    for (const secret of objects.secrets.all) {
      const path = typePath(secret);
      const found = TYPES.find(([key]) => secret.keys?.has(key));
      if (path === undefined || found === undefined || !isUntyped(secret)) continue;
      const [key, type] = found;
      yield {
        on: secret.by,
        path,
        ...(secret.type === undefined
          ? { fault: 'missing' }
          : { fault: 'value', value: secret.type }),
        severity: isPullSecret(objects, secret) ? 'error' : 'warning',
        message: `${key} is read from a Secret of type ${type}, and this one is ${secret.type ?? 'Opaque'}: no image is pulled with it`,
        expected: type,
        hint: `Set the type to ${type}.`,
      };
    }
  },
};

function isUntyped({ type }: ProvidedSecret): boolean {
  return type === undefined || type === 'Opaque';
}

function isPullSecret(objects: RenderedObjects, { namespace, name }: ProvidedSecret): boolean {
  return referencesOf(objects).some(
    (one) => one.use === 'image pull' && one.name === name && one.namespace === namespace,
  );
}
