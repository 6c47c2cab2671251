import type { Path } from '../../finding/finding.ts';
import type { Manifest } from '../../manifest/parse-manifests.ts';
import { oncePer } from './once-per.ts';
import { recordAt } from './pods.ts';
import { readReflection, REFLECTOR_PREFIX, type Reflection } from './reflection.ts';
import type { RenderedObjects } from './rendered-objects.ts';

/** A Secret or ConfigMap with annotations of Reflector. */
export interface Reflected {
  readonly kind: 'Secret' | 'ConfigMap';
  /** The empty string when the object names none. */
  readonly namespace: string;
  readonly name: string;
  /** The object that has the annotations: itself, or what it is made from. */
  readonly on: Manifest;
  readonly reflection: Reflection;
  /** The annotation `reflects`: NAMESPACE/NAME of the source of a mirror. */
  readonly reflects: string | undefined;
  /** Whether one of its annotations is none of Reflector's, found by annotation/unknown-key. */
  readonly isMisspelt: boolean;
  /** The annotations of Reflector, by what follows its prefix. */
  readonly annotations: Readonly<Record<string, unknown>>;
  /** Where one stands, by what follows the prefix. */
  readonly pathOf: (annotation: string) => Path;
}

const KNOWN =
  /^(?:reflects|reflected-(?:version|at)|auto-reflects|reflection-(?:allowed|auto-enabled)|reflection-(?:allowed|auto)-namespaces(?:-selector)?)$/;

type Annotated = Pick<Reflected, 'kind' | 'namespace' | 'name' | 'on'> & {
  readonly all: Readonly<Record<string, unknown>>;
  readonly path: Path;
};

/** All Secrets and ConfigMaps that Reflector is told something about. */
export const reflectedOf: (objects: RenderedObjects) => readonly Reflected[] = oncePer(
  (objects) => [...secrets(objects), ...configMaps(objects)].flatMap(reflected),
);

function secrets(objects: RenderedObjects): Annotated[] {
  return objects.secrets.all.map(({ namespace, name, by, annotations, annotationsPath }) => ({
    kind: 'Secret',
    namespace,
    name,
    on: by,
    all: annotations,
    path: annotationsPath,
  }));
}

function configMaps(objects: RenderedObjects): Annotated[] {
  const path = ['metadata', 'annotations'];
  return objects.of('', 'ConfigMap').map((on) => ({
    kind: 'ConfigMap',
    namespace: on.resource.namespace ?? '',
    name: on.resource.name,
    on,
    all: recordAt(on.value, path),
    path,
  }));
}

function reflected({ all, path, ...what }: Annotated): Reflected[] {
  if (!Object.keys(all).some((key) => key.startsWith(REFLECTOR_PREFIX))) return [];
  const own = Object.entries(all).filter(([key]) => key.startsWith(REFLECTOR_PREFIX));
  const annotations = Object.fromEntries(
    own.map(([key, value]) => [key.slice(REFLECTOR_PREFIX.length), value]),
  );
  const { reflects } = annotations;
  // Annotations in the JSON of another one have no place of their own.
  const isText = path.at(-1) !== 'annotations';
  return [
    {
      ...what,
      annotations,
      isMisspelt: Object.keys(annotations).some((name) => !KNOWN.test(name)),
      reflection: readReflection(all),
      reflects: typeof reflects === 'string' && reflects !== '' ? reflects : undefined,
      pathOf: (annotation) => (isText ? path : [...path, `${REFLECTOR_PREFIX}${annotation}`]),
    },
  ];
}
