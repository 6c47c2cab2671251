import type { Manifest } from '../../../manifest/parse-manifests.ts';
import { valueAt } from '../../../manifest/secret-fields.ts';
import { secretValue } from '../../rendered/secret-data.ts';
import type { Rule, RuleFinding } from '../rule.ts';

/** A bootstrap token that no controller takes. Source: Kubernetes, cluster-bootstrap/token. */
export const bootstrapToken: Rule = {
  code: 'secrets/bootstrap-token',
  *check(objects) {
    for (const on of objects.of('', 'Secret'))
      if (on.value['type'] === 'bootstrap.kubernetes.io/token') yield* problems(on);
  },
};

function* problems(on: Manifest): Iterable<RuleFinding> {
  if ((on.resource.namespace ?? 'kube-system') !== 'kube-system') yield wrongNamespace(on);
  for (const [key, pattern, expected] of VALUES) {
    const found = secretValue(on, key);
    if (found !== undefined && pattern.test(String(found.bytes))) continue;
    // What is there and cannot be read is no base64, the schema's finding.
    const isThere = valueAt(on.value, ['data', key]) !== undefined;
    if (found === undefined && (isThere || !isRequired(key))) continue;
    yield wrongValue(on, found?.path ?? ['data', key], { key, expected, isMissing: !found });
  }
  const id = secretValue(on, 'token-id');
  const name = `bootstrap-token-${String(id?.bytes)}`;
  const isNamed = id === undefined || !ID.test(String(id.bytes)) || on.resource.name === name;
  if (!isNamed) yield wrongName(on);
}

const ID = /^[a-z0-9]{6}$/;

const VALUES = [
  ['token-id', ID, '6 letters or digits, in small letters'],
  ['token-secret', /^[a-z0-9]{16}$/, '16 letters or digits, in small letters'],
  [
    'expiration',
    /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d+)?(?:Z|[+-]\d\d:\d\d)$/,
    'a time such as 2030-01-31T12:00:00Z',
  ],
] as const;

function isRequired(key: string): boolean {
  return key !== 'expiration';
}

function wrongNamespace(on: Manifest): RuleFinding {
  return {
    on,
    path: ['metadata', 'namespace'],
    fault: 'value',
    value: on.resource.namespace,
    message: `bootstrap tokens are read in kube-system alone, not in ${on.resource.namespace}`,
    expected: 'kube-system',
    hint: 'Move the Secret to kube-system.',
  };
}

function wrongName(on: Manifest): RuleFinding {
  return {
    on,
    path: ['metadata', 'name'],
    fault: 'value',
    value: on.resource.name,
    message: 'the name of a bootstrap token has to be bootstrap-token- and its token-id',
    expected: 'bootstrap-token- and the token-id of the data',
    hint: 'Rename the Secret, or change its token-id.',
  };
}

function wrongValue(
  on: Manifest,
  path: RuleFinding['path'],
  { key, expected, isMissing }: { key: string; expected: string; isMissing: boolean },
): RuleFinding {
  return {
    on,
    path: path ?? [],
    fault: isMissing ? 'missing' : 'value',
    message: isMissing ? `a bootstrap token needs ${key}` : `${key} has to be ${expected}`,
    expected,
    hint: 'Nothing accepts the token as it is; `kubeadm token generate` makes one.',
  };
}
