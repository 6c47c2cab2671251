import { textAt } from '../../rendered/values-at.ts';
import type { ProvidedSecret } from '../../rendered/provided-secrets.ts';
import { namePath } from './name-path.ts';
import type { Rule } from '../rule.ts';

/** Two objects from which the same Secret is made: one overwrites the other, or is refused. */
export const twoMakers: Rule = {
  code: 'secrets/two-makers',
  *check(objects) {
    const first = new Map<string, ProvidedSecret>();
    for (const secret of objects.secrets.all) {
      if (!claims(secret)) continue;
      const id = `${secret.namespace}/${secret.name}`;
      const other = first.get(id);
      if (other === undefined) first.set(id, secret);
      if (other === undefined || !clash(other, secret)) continue;
      yield {
        on: secret.by,
        path: namePath(secret),
        fault: 'value',
        value: secret.name,
        message: `the Secret ${secret.name} is also made from the ${other.by.resource.kind} ${other.by.resource.name} in ${secret.namespace}`,
        expected: 'one object that makes a Secret',
        hint: 'Rename one, or take it away. An ExternalSecret adds to a Secret with creationPolicy: Merge.',
      };
    }
  },
};

/** Annotations of a Secret that a SealedSecret may take over, or add to. */
const TAKEN_OVER = ['sealedsecrets.bitnami.com/managed', 'sealedsecrets.bitnami.com/patch'];

/** Whether an object makes its Secret for itself alone. */
function claims({ by, annotations, isEverywhere }: ProvidedSecret): boolean {
  const { kind } = by.resource;
  if (isEverywhere || SHIMMED.has(kind)) return false;
  if (kind === 'Secret') return !TAKEN_OVER.some((key) => annotations[key] === 'true');
  const policy = textAt(by.value, ['spec', 'target', 'creationPolicy']);
  return policy === undefined || policy === 'Owner' || policy === 'Orphan';
}

/** What cert-manager makes Certificates for: several may share one Secret. */
const SHIMMED = new Set(['Ingress', 'Gateway', 'ListenerSet']);

/** The same object twice is manifest/duplicate's. */
function clash(one: ProvidedSecret, other: ProvidedSecret): boolean {
  const [left, right] = [one.by.resource, other.by.resource];
  return left.kind !== right.kind || left.name !== right.name;
}
