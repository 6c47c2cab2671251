import { isRecord } from '../../../manifest/is-record.ts';
import type { Manifest } from '../../../manifest/parse-manifests.ts';
import { valueAt } from '../../../manifest/secret-fields.ts';
import type { Path } from '../../../finding/finding.ts';
import { oncePer } from '../../rendered/once-per.ts';
import { recordAt } from '../../rendered/pods.ts';
import type { RenderedObjects } from '../../rendered/rendered-objects.ts';
import { secretValue } from '../../rendered/secret-data.ts';
import { REFLECTS } from '../../rendered/secret-makers.ts';

/** The credentials for registries in a rendered Secret. */
export interface DockerConfig {
  readonly on: Manifest;
  readonly path: Path;
  /** What the text says as JSON; undefined when it is none. */
  readonly value: unknown;
  /** Where the registries stand in `value`. */
  readonly registries: Path;
}

/** Source: Kubernetes, ValidateSecret, and pkg/credentialprovider, which reads them. */
const TYPES: readonly { type: string; key: string; registries: Path }[] = [
  {
    type: 'kubernetes.io/dockerconfigjson',
    key: '.dockerconfigjson',
    registries: ['auths'],
  },
  { type: 'kubernetes.io/dockercfg', key: '.dockercfg', registries: [] },
];

/** The credentials for registries in all rendered Secrets; mirrors, which Reflector fills, have none yet. */
export const dockerConfigsOf: (objects: RenderedObjects) => readonly DockerConfig[] = oncePer(
  (objects) => objects.of('', 'Secret').flatMap(configOf),
);

function configOf(on: Manifest): DockerConfig[] {
  const found = TYPES.find(({ type }) => type === on.value['type']);
  const isMirror = Object.hasOwn(recordAt(on.value, ['metadata', 'annotations']), REFLECTS);
  if (found === undefined || isMirror) return [];
  const text = secretValue(on, found.key);
  if (text === undefined) return [];
  return [{ on, path: text.path, value: parsed(text.bytes), registries: found.registries }];
}

function parsed(bytes: Buffer): unknown {
  try {
    return JSON.parse(bytes.toString('utf8'));
  } catch {
    return undefined;
  }
}

/** A registry as a message may show it: without a user and password that were written before the host. */
export function shownRegistry(registry: string): string {
  return registry.slice(registry.lastIndexOf('@') + 1);
}

/** The registries with what is said of each. */
export function registriesOf({ value, registries }: DockerConfig): [string, unknown][] {
  const found = valueAt(value, registries);
  return isRecord(found) ? Object.entries(found) : [];
}
