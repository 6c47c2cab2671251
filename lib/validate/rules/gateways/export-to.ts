import { isLabel } from '../../rendered/host-names.ts';
import { ISTIO } from '../../rendered/istio-servers.ts';
import { textsAt, type Item } from '../../rendered/items.ts';
import type { Rule } from '../rule.ts';

/** exportTo of a VirtualService, DestinationRule or ServiceEntry names a namespace twice, or what is no namespace. */
export const exportTo: Rule = {
  code: 'gateways/export-to',
  *check(objects) {
    for (const kind of ['VirtualService', 'DestinationRule', 'ServiceEntry']) {
      for (const on of objects.of(ISTIO, kind)) {
        const entries = textsAt(on.value, ['spec', 'exportTo']);
        for (const [index, { path, value }] of entries.entries()) {
          if (value === '~' && kind === 'ServiceEntry') continue;
          const message = problem(entries, index, on.resource.namespace ?? '');
          if (message === undefined) continue;
          const expected = '., * alone, or names of namespaces';
          yield { on, path, fault: 'value', value, message, expected };
        }
      }
    }
  },
};

function problem(entries: readonly Item<string>[], index: number, own: string): string | undefined {
  const names = entries.map(({ value }) => (value === '.' ? own : value));
  const name = names[index] ?? '';
  if (name !== '*' && entries[index]?.value !== '.' && !isLabel(name))
    return `${name === '~' ? '~ is for ServiceEntries alone' : 'this is no namespace'}, and Istio refuses the object`;
  if (names.indexOf(name) < index)
    return `the namespace ${name} is named twice, and Istio refuses the object`;
  if (name === '*' && names.length > 1)
    return '* is every namespace, and Istio refuses others beside it';
  return undefined;
}
