import type { Path } from '../../../finding/finding.ts';
import { valueAt } from '../../../manifest/secret-fields.ts';
import type { ProvidedSecret } from '../../rendered/provided-secrets.ts';
import { itemsAt } from '../../rendered/values-at.ts';

/** Where the name of a Secret stands in the object that it comes from. */
export function namePath({ by, name }: ProvidedSecret): Path {
  const { kind } = by.resource;
  if (kind === 'Certificate') return ['spec', 'secretName'];
  if (kind === 'Ingress') return inTls(by.value, name);
  const target = ['spec', 'target', 'name'];
  return valueAt(by.value, target) === name ? target : ['metadata', 'name'];
}

function inTls(ingress: unknown, name: string): Path {
  const found = itemsAt(ingress, ['spec', 'tls']).find(
    (item) => valueAt(item.value, ['secretName']) === name,
  );
  return [...(found?.path ?? ['spec', 'tls']), 'secretName'];
}
