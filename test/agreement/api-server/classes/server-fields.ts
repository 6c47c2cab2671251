import type { Json } from '../../../../lib/model/node.ts';
import { type DefectClass, edited, label, type Valid } from '../corpus.ts';

const FIELDS: readonly (readonly [string, Json])[] = [
  ['resourceVersion', '12'],
  ['uid', 'f3e1b1d0-1c1c-4d4d-9e9e-000000000000'],
  ['creationTimestamp', '2026-01-02T15:04:05Z'],
  ['creationTimestamp', 'yesterday'],
  ['generation', 3],
  ['generation', -1],
  ['selfLink', '/a'],
  ['deletionTimestamp', '2026-01-02T15:04:05Z'],
  ['managedFields', [{ manager: 'kubectl', operation: 'Update' }]],
];

/** What only the API server may write. */
export const serverFields: DefectClass = {
  name: 'server field',
  cases: (valid) =>
    [...FIELDS, ...FIELDS].map(([field, value], index) => {
      const one = valid[(index * 5 + 1) % valid.length] as Valid;
      return {
        name: `${label(one)}: ${field} ${JSON.stringify(value)}`,
        value: edited(one, ['metadata', field], value),
      };
    }),
};
