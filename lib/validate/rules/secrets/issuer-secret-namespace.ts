import type { Manifest } from '../../../manifest/parse-manifests.ts';
import {
  issuerSecretNamespace as secretNamespace,
  issuerSecrets,
} from '../../rendered/issuer-secrets.ts';
import type { RenderedObjects } from '../../rendered/rendered-objects.ts';
import type { Rule, RuleFinding } from '../rule.ts';

/** The Secret of an issuer is rendered, but not where cert-manager reads it. */
export const issuerSecretNamespace: Rule = {
  code: 'secrets/issuer-secret-namespace',
  looksForAbsence: true,
  *check(objects) {
    for (const kind of ['ClusterIssuer', 'Issuer'])
      for (const on of objects.of('cert-manager.io', kind)) yield* problems(objects, on);
  },
};

function* problems(objects: RenderedObjects, on: Manifest): Iterable<RuleFinding> {
  const namespace = secretNamespace(objects, on);
  for (const { path, name } of issuerSecrets(on)) {
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
