import type { Manifest } from '../../../manifest/parse-manifests.ts';
import type { Path } from '../../../finding/finding.ts';
import type { RenderedObjects } from '../../rendered/rendered-objects.ts';
import { isRecord } from '../../../manifest/is-record.ts';
import { valueAt } from '../../../manifest/secret-fields.ts';
import { itemsAt, textAt } from '../../rendered/values-at.ts';
import type { Rule, RuleFinding } from '../rule.ts';

/** The Secret of an issuer is rendered, but not where cert-manager reads it. */
export const issuerSecretNamespace: Rule = {
  code: 'secrets/issuer-secret-namespace',
  looksForAbsence: true,
  *check(objects) {
    for (const on of objects.of('cert-manager.io', 'ClusterIssuer'))
      yield* problems(objects, on, clusterNamespace(objects));
    for (const on of objects.of('cert-manager.io', 'Issuer'))
      yield* problems(objects, on, on.resource.namespace ?? '');
  },
};

function* problems(
  objects: RenderedObjects,
  on: Manifest,
  namespace: string,
): Iterable<RuleFinding> {
  for (const path of referencesIn(on.value['spec'], ['spec'])) {
    const name = textAt(on.value, [...path, 'name']) ?? '';
    const places = objects.secrets.named(name).map((secret) => secret.namespace);
    const isThere = objects.secrets.reaching(namespace, name).length > 0;
    if (places.length === 0 || isThere || places.includes('')) continue;
    yield {
      on,
      path: [...path, 'name'],
      fault: 'value',
      value: name,
      message: `cert-manager reads the Secret ${name} of this ${on.resource.kind} in ${namespace}, and it is rendered in ${places.join(', ')}`,
      expected: `a Secret in ${namespace}`,
      hint:
        on.resource.kind === 'Issuer'
          ? 'Move the Secret into the namespace of the Issuer.'
          : 'Move the Secret there; where cert-manager runs with --cluster-resource-namespace, accept this finding.',
    };
  }
}

/** Where a Secret is read, and not written as the account's key is: `privateKeySecretRef` below `acme`. */
function referencesIn(value: unknown, path: Path): Path[] {
  if (!isRecord(value) && !Array.isArray(value)) return [];
  return Object.entries(value).flatMap(([key, inner]) => {
    const place = [...path, Array.isArray(value) ? Number(key) : key];
    const isReference =
      /SecretRef$|SecretAccessKeyRef$/i.test(key) && typeof valueAt(inner, ['name']) === 'string';
    if (isReference) return key === 'privateKeySecretRef' ? [] : [place];
    return referencesIn(inner, place);
  });
}

const FLAG = '--cluster-resource-namespace=';

/** That of cert-manager's own Pods; `cert-manager`, as its manifests and the documentation of its chart say, when not rendered. */
function clusterNamespace(objects: RenderedObjects): string {
  const controller = objects.podsMatching({
    'app.kubernetes.io/name': 'cert-manager',
    'app.kubernetes.io/component': 'controller',
  })[0];
  const words = controller?.containers.flatMap(({ value }) => itemsAt(value, ['args'])) ?? [];
  const flags = words.map((word) => textAt(word.value, []) ?? '');
  const named = flags.find((word) => word.startsWith(FLAG))?.slice(FLAG.length);
  const isPlain = named !== undefined && /^[a-z0-9-]+$/.test(named);
  return isPlain ? named : (controller?.namespace ?? 'cert-manager');
}
