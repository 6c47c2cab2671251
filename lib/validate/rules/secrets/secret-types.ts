import type { Manifest } from '../../../manifest/parse-manifests.ts';
import type { Path } from '../../../finding/finding.ts';
import type { ProvidedSecret } from '../../rendered/provided-secrets.ts';
import { valueAt } from '../../../manifest/secret-fields.ts';

/** The keys that a type of Secret has to have. Source: Kubernetes, ValidateSecret in pkg/apis/core/validation. */
export const REQUIRED_KEYS: ReadonlyMap<string, readonly string[]> = new Map(
  Object.entries({
    'kubernetes.io/dockerconfigjson': ['.dockerconfigjson'],
    'kubernetes.io/dockercfg': ['.dockercfg'],
    'kubernetes.io/tls': ['tls.crt', 'tls.key'],
    'kubernetes.io/ssh-auth': ['ssh-privatekey'],
  }),
);

/** Types with a meaning to Kubernetes. Source: Kubernetes, core/v1 SecretType. */
export const KNOWN_TYPES: readonly string[] = [
  ...REQUIRED_KEYS.keys(),
  'Opaque',
  'kubernetes.io/basic-auth',
  'kubernetes.io/service-account-token',
  'bootstrap.kubernetes.io/token',
];

/** Where the type of a Secret stands in what it comes from; undefined for what has none of its own. */
export function typePath({ by }: ProvidedSecret): Path | undefined {
  return PLACES.get(by.resource.kind)?.type;
}

/** Where the data stands that is written in what a Secret comes from; the first that there is. */
export function dataPath({ by }: ProvidedSecret): Path | undefined {
  const places = PLACES.get(by.resource.kind)?.data;
  return places?.find((path) => valueAt(by.value, path) !== undefined) ?? places?.[0];
}

const PLACES: ReadonlyMap<Manifest['resource']['kind'], { type: Path; data: readonly Path[] }> =
  new Map(
    Object.entries({
      Secret: { type: ['type'], data: [['data'], ['stringData']] },
      SealedSecret: {
        type: ['spec', 'template', 'type'],
        data: [['spec', 'encryptedData']],
      },
      ExternalSecret: {
        type: ['spec', 'target', 'template', 'type'],
        data: [
          ['spec', 'target', 'template', 'data'],
          ['spec', 'data'],
        ],
      },
    }),
  );
