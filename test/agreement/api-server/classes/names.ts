import { type DefectClass, edited, label, type Valid } from '../corpus.ts';

/** Texts that are names to some kinds and not to others. */
const NAMES = [
  'Web',
  'a_b',
  'a.b',
  '1a',
  '-a',
  'a-',
  'a..b',
  'a/b',
  'a%b',
  'a b',
  '..',
  'é',
  'a:b',
  'x'.repeat(53),
  'x'.repeat(64),
  'x'.repeat(254),
  `${'x'.repeat(64)}.y`,
];

/** Kinds whose names follow rules of their own, and some that follow the common one. */
const KINDS =
  /^(?:Namespace|Service|StatefulSet|Role|ClusterRoleBinding|PodDisruptionBudget|CronJob|Deployment|Secret|APIService|CustomResourceDefinition|CertificateSigningRequest|Gateway|Check|PriorityClass|CSIDriver|Endpoints|ReplicationController|HTTPRoute|Certificate)$/;

/** Names, good and bad. */
export const names: DefectClass = {
  name: 'name',
  cases: (valid) =>
    oneOfEach(valid).flatMap((one, turn) =>
      NAMES.filter((_, index) => (index + turn) % 3 === 0).map((name) => ({
        name: `${label(one)} named ${name.slice(0, 20)} (${name.length})`,
        value: edited(one, ['metadata', 'name'], name),
      })),
    ),
};

/** Beginnings of names. */
export const generatedNames: DefectClass = {
  name: 'generated name',
  cases: (valid) =>
    oneOfEach(valid)
      .filter(({ kind }) => !/^(?:APIService|CustomResourceDefinition)$/.test(kind.kind))
      .flatMap((one, turn) =>
        ['web-', 'Web-', 'a.', '-', 'a_', 'x'.repeat(60), 'web']
          .filter((_, index) => (index + turn) % 3 === 0)
          .map((begin) => ({
            name: `${label(one)} with generateName ${begin.slice(0, 20)} (${begin.length})`,
            value: edited(
              { value: edited(one, ['metadata', 'name'], undefined) },
              ['metadata', 'generateName'],
              begin,
            ),
          })),
      ),
};

/** Namespaces, of kinds that have one and of kinds that do not. */
export const namespaces: DefectClass = {
  name: 'namespace',
  cases: (valid) =>
    oneOfEach(valid).flatMap((one, turn) =>
      ['Shop', 'a.b', 'a_b', 'shop', 'x'.repeat(64)]
        .filter((_, index) => (index + turn) % 3 === 0)
        .map((namespace) => ({
          name: `${label(one)} in the namespace ${namespace.slice(0, 20)} (${namespace.length})`,
          value: edited(one, ['metadata', 'namespace'], namespace),
        })),
    ),
};

function oneOfEach(valid: readonly Valid[]): Valid[] {
  const seen = new Set<string>();
  return valid.filter(({ kind }) => {
    const isNew = KINDS.test(kind.kind) && !seen.has(kind.kind + kind.apiVersion);
    seen.add(kind.kind + kind.apiVersion);
    return isNew;
  });
}
