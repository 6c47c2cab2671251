import type { Path } from '../../../finding/finding.ts';
import { itemsAt, textAt } from '../../rendered/values-at.ts';
import type { Rule } from '../rule.ts';

/** An ExternalSecret names a store that nothing renders. */
export const storeMissing: Rule = {
  code: 'secrets/store-missing',
  looksForAbsence: true,
  *check(objects) {
    for (const on of objects.of('external-secrets.io', 'ExternalSecret')) {
      const { namespace } = on.resource;
      for (const path of placesOf(on.value)) {
        const name = textAt(on.value, [...path, 'name']);
        const kind = textAt(on.value, [...path, 'kind']) ?? 'SecretStore';
        const isCluster = kind === 'ClusterSecretStore';
        if (name === undefined || !(isCluster || kind === 'SecretStore')) continue;
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

/** Where a store is named: for all values, and for some. */
function placesOf(value: unknown): Path[] {
  const items = ['data', 'dataFrom'].flatMap((list) => itemsAt(value, ['spec', list]));
  return [
    ['spec', 'secretStoreRef'],
    ...items.map(({ path }) => [...path, 'sourceRef', 'storeRef']),
  ];
}
