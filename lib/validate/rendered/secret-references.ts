import type { Path } from '../../finding/finding.ts';
import { isRecord } from '../../manifest/is-record.ts';
import type { Manifest } from '../../manifest/parse-manifests.ts';
import { oncePer } from './once-per.ts';
import type { Container, PodSource } from './pods.ts';
import type { RenderedObjects } from './rendered-objects.ts';
import { itemsAt, textAt } from './values-at.ts';

/** Where an object needs a Secret or ConfigMap of its own namespace. */
export interface Reference {
  readonly kind: 'Secret' | 'ConfigMap';
  readonly on: Manifest;
  /** The empty string when the object names none. */
  readonly namespace: string;
  readonly name: string;
  /** Where the name stands. */
  readonly path: Path;
  /** Whether Pods start without it. */
  readonly isOptional: boolean;
  /** The keys that have to be in it, each with its place. */
  readonly keys: readonly { readonly key: string; readonly path: Path }[];
  readonly use: 'environment' | 'volume' | 'image pull' | 'TLS';
}

/** All places at which Pods, ServiceAccounts and Ingresses name Secrets and ConfigMaps. */
export const referencesOf: (objects: RenderedObjects) => readonly Reference[] = oncePer(
  (objects) => {
    const found: Reference[] = [];
    for (const pod of objects.pods) addPod(found, pod);
    for (const on of objects.of('', 'ServiceAccount'))
      addPullSecrets(found, ownerOf(on), on.value['imagePullSecrets'], ['imagePullSecrets']);
    for (const on of objects.of('networking.k8s.io', 'Ingress')) addIngress(found, on);
    return found;
  },
);

type Fields = Readonly<Record<string, unknown>>;
type Owner = Pick<Reference, 'on' | 'namespace'>;

function ownerOf(on: Manifest): Owner {
  return { on, namespace: on.resource.namespace ?? '' };
}

function addPod(found: Reference[], pod: PodSource): void {
  const owner = { on: pod.manifest, namespace: pod.namespace };
  for (const container of pod.containers) addContainer(found, owner, container);
  const { volumes, imagePullSecrets } = pod.spec;
  listOf(volumes).forEach((volume, index) => {
    if (isRecord(volume) && isOfVolume(volume))
      addVolume(found, owner, [volume, [...pod.path, 'spec', 'volumes', index]]);
  });
  if (imagePullSecrets !== undefined)
    addPullSecrets(found, owner, imagePullSecrets, [...pod.path, 'spec', 'imagePullSecrets']);
}

const KINDS = [
  { kind: 'Secret', key: 'secretKeyRef', from: 'secretRef', volume: 'secret', name: 'secretName' },
  {
    kind: 'ConfigMap',
    key: 'configMapKeyRef',
    from: 'configMapRef',
    volume: 'configMap',
    name: 'name',
  },
] as const;

/** Whether a volume may name something. All volumes and variables come by here, and few do. */
function isOfVolume({ projected, secret, configMap }: Fields): boolean {
  return secret !== undefined || configMap !== undefined || projected !== undefined;
}

function isOfVariable({ secretKeyRef, configMapKeyRef }: Fields): boolean {
  return secretKeyRef !== undefined || configMapKeyRef !== undefined;
}

function addContainer(found: Reference[], owner: Owner, { path, value }: Container): void {
  listOf(value['env']).forEach((entry, index) => {
    const source = isRecord(entry) ? entry['valueFrom'] : undefined;
    if (!isRecord(source) || !isOfVariable(source)) return;
    for (const { kind, key } of KINDS)
      add(found, owner, [source[key], [...path, 'env', index, 'valueFrom', key]], {
        kind,
        use: 'environment',
      });
  });
  listOf(value['envFrom']).forEach((entry, index) => {
    if (!isRecord(entry)) return;
    for (const { kind, from } of KINDS)
      add(found, owner, [entry[from], [...path, 'envFrom', index, from]], {
        kind,
        use: 'environment',
      });
  });
}

/** A value with its place. */
type At<Value> = readonly [value: Value, path: Path];

function addVolume(
  found: Reference[],
  owner: Owner,
  [value, path]: At<Fields>,
): void {
  const sources = isRecord(value['projected']) ? listOf(value['projected']['sources']) : [];
  for (const { kind, volume, name } of KINDS) {
    if (value[volume] !== undefined)
      add(found, owner, [value[volume], [...path, volume]], { kind, use: 'volume', field: name });
    for (const [index, source] of sources.entries())
      if (isRecord(source))
        add(found, owner, [source[volume], [...path, 'projected', 'sources', index, volume]], {
          kind,
          use: 'volume',
        });
  }
}

function addPullSecrets(found: Reference[], owner: Owner, list: unknown, path: Path): void {
  for (const [index, item] of listOf(list).entries())
    add(found, owner, [item, [...path, index]], { kind: 'Secret', use: 'image pull' });
}

/** A controller of Ingress reads a certificate and its key. */
const TLS_KEYS = ['tls.crt', 'tls.key'];

function addIngress(found: Reference[], on: Manifest): void {
  for (const { value, path } of itemsAt(on.value, ['spec', 'tls'])) {
    const name = textAt(value, ['secretName']);
    if (name === undefined) continue;
    const place = [...path, 'secretName'];
    const keys = TLS_KEYS.map((key) => ({ key, path: place }));
    const what = { kind: 'Secret', use: 'TLS', isOptional: false } as const;
    found.push({ ...ownerOf(on), ...what, name, path: place, keys });
  }
}

/** Adds what an object names, if it is one and does. */
function add(
  found: Reference[],
  { on, namespace }: Owner,
  [object, path]: At<unknown>,
  { kind, use, field = 'name' }: Pick<Reference, 'kind' | 'use'> & { readonly field?: string },
): void {
  if (!isRecord(object)) return;
  const name = object[field];
  if (typeof name !== 'string' || name === '') return;
  const isOptional = object['optional'] === true;
  const keys = keysOf(object, path);
  found.push({ kind, on, namespace, name, path: [...path, field], isOptional, keys, use });
}

function keysOf(object: Fields, path: Path): Reference['keys'] {
  if (typeof object['key'] === 'string') return [{ key: object['key'], path: [...path, 'key'] }];
  return listOf(object['items']).flatMap((item, index) => {
    const key = textAt(item, ['key']);
    return key === undefined ? [] : [{ key, path: [...path, 'items', index, 'key'] }];
  });
}

function listOf(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [];
}
