import { Failure } from '../finding/failure.ts';
import type { FileObject } from './parse-objects.ts';
import type { ReducedKind } from './reduction.ts';
import type { JsonSchema } from './upstream-schema.ts';

const OPEN: JsonSchema = { type: 'object', 'x-kubernetes-preserve-unknown-fields': true };

/** The names that the API server lets a CRD have, but in any case. They become names of files and of code. */
const NAMES = {
  group: /^[a-z0-9]([a-z0-9-]*[a-z0-9])?(\.[a-z0-9]([a-z0-9-]*[a-z0-9])?)*$/i,
  label: /^[a-z]([a-z0-9-]*[a-z0-9])?$/i,
};

/**
 * The kinds that a CustomResourceDefinition defines, one for each version that it serves; `apiextensions.k8s.io/v1`
 * and `v1beta1`. Nothing is closed that the API server leaves open: a version without a schema takes every field,
 * and so does each object of a CRD with `preserveUnknownFields`, which in v1beta1 is the default.
 *
 * @param place the file and the object in it, as messages name it.
 * @throws Failure `usage` when a name that it must have is missing or cannot be one.
 */
export function crdKinds(crd: FileObject, place: string): ReducedKind[] {
  const spec = record(crd['spec']);
  const names = record(spec['names']);
  const group = required(spec['group'], 'spec.group', NAMES.group, place);
  const identity = {
    kind: required(names['kind'], 'spec.names.kind', NAMES.label, place),
    plural: required(names['plural'], 'spec.names.plural', NAMES.label, place),
    namespaced: spec['scope'] !== 'Cluster',
  };
  const beta = String(crd['apiVersion']).endsWith('/v1beta1');
  const isOpen = spec['preserveUnknownFields'] ?? beta;
  return versionsOf(spec, place)
    .filter(({ served }) => served !== false)
    .map((version) => {
      const name = required(version['name'], 'the name of a version', NAMES.label, place);
      const root = schemaOf(version, spec);
      return {
        apiVersion: `${group}/${name}`,
        ...identity,
        ...(hasStatus(version, spec) && { statusSubresource: true }),
        ...(version['deprecated'] === true && { deprecation: warningOf(version) }),
        schema: { root: isOpen === true ? opened(root) : root, definitions: {} },
      };
    });
}

function versionsOf(spec: FileObject, place: string): FileObject[] {
  const { versions, version } = spec;
  if (Array.isArray(versions) && versions.length > 0) return versions.map(record);
  if (version !== undefined) return [{ name: version }];
  throw fault(place, 'spec.versions is missing');
}

/** In v1beta1 the versions may share one schema. */
function schemaOf(version: FileObject, spec: FileObject): JsonSchema {
  const own = record(version['schema'])['openAPIV3Schema'];
  const shared = record(spec['validation'])['openAPIV3Schema'];
  const schema = record(own ?? shared);
  if (Object.keys(schema).length === 0) return OPEN;
  // The root is an object whatever the schema says of it.
  return { ...schema, type: 'object' };
}

/** In v1beta1 the versions may share the subresources. */
function hasStatus(version: FileObject, spec: FileObject): boolean {
  const { status } = record(version['subresources'] ?? spec['subresources']);
  return isObject(status);
}

function warningOf({ deprecationWarning }: FileObject): string {
  return typeof deprecationWarning === 'string' ? deprecationWarning : '';
}

function opened(schema: JsonSchema): JsonSchema {
  const result: Record<string, unknown> = { ...schema };
  const isMap = schema['additionalProperties'] !== undefined;
  if (isObject(schema['properties'])) result['properties'] = mapSchemas(schema['properties']);
  if (schema['properties'] !== undefined || (schema['type'] === 'object' && !isMap))
    result['x-kubernetes-preserve-unknown-fields'] = true;
  for (const keyword of ['items', 'additionalProperties'])
    if (isObject(schema[keyword])) result[keyword] = opened(schema[keyword]);
  return result;
}

function mapSchemas(schemas: FileObject): FileObject {
  const entries = Object.entries(schemas);
  return Object.fromEntries(
    entries.map(([name, each]) => [name, isObject(each) ? opened(each) : each]),
  );
}

function required(value: unknown, what: string, pattern: RegExp, place: string): string {
  if (value === undefined || value === null || value === '')
    throw fault(place, `${what} is missing`);
  if (typeof value !== 'string' || !pattern.test(value))
    throw fault(place, `${what} cannot be ${JSON.stringify(value)}`);
  return value;
}

function fault(place: string, reason: string): Failure {
  return new Failure('usage', `${place} is not a valid CustomResourceDefinition: ${reason}`);
}

function record(value: unknown): FileObject {
  return isObject(value) ? value : {};
}

function isObject(value: unknown): value is FileObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
