import { storeReferences } from '../../rendered/secret-stores.ts';
import type { Rule } from '../rule.ts';

/** An ExternalSecret names a store that nothing renders. */
export const storeMissing: Rule = {
  code: 'secrets/store-missing',
  looksForAbsence: true,
  *check(objects) {
    for (const on of objects.of('external-secrets.io', 'ExternalSecret')) {
      const { namespace } = on.resource;
      for (const { path, kind, name } of storeReferences(on.value)) {
        const isCluster = kind === 'ClusterSecretStore';
        const stores = objects
          .of('external-secrets.io', kind)
          .filter(({ resource }) => resource.name === name);
        const places = stores.map(({ resource }) => resource.namespace);
        if (isCluster ? stores.length > 0 : places.includes(namespace)) continue;
        yield {
          on,
          path: [...path, 'name'],
          fault: 'value',
          value: name,
          message: isCluster
            ? `no ClusterSecretStore ${name} is rendered`
            : `no SecretStore ${name} is rendered in the namespace ${namespace ?? ''}${places.length > 0 ? `, but in ${places.join(', ')}` : ''}`,
          expected: `the name of a ${kind}`,
          hint: 'A SecretStore serves its own namespace only. When the cluster or another environment has the store, accept this finding.',
        };
      }
    }
  },
};
