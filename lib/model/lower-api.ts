import type { ApiKind, ApiSchemas } from '../sources/api-schemas.ts';
import type { JsonSchema } from './json-schema.ts';
import { mapNode, mapValues } from './map-nodes.ts';
import type { Node, ObjectNode, UnexpressedKeyword } from './node.ts';
import { addObjectMetadata } from './passes/add-object-metadata.ts';
import { markSecretFields, markSecretNames } from './passes/mark-secrets.ts';
import { followApiServer } from './passes/follow-api-server.ts';
import { fillDefaultsInConditions } from './passes/fill-defaults-in-conditions.ts';
import { readNode } from './read-node.ts';
import { below, unexpressedKeywords, type Reader } from './reader.ts';
import { definitionName } from './schema-ref.ts';

/** A kind of object that users create, as the Model has it. */
export interface ApiResource {
  /** The API group; empty for the core group. */
  readonly group: string;
  readonly version: string;
  readonly kind: string;
  readonly plural: string;
  readonly namespaced: boolean;
  /** Name of the definition that `node` is; undefined for a CRD. */
  readonly definition: string | undefined;
  /** Its schema; of type `any` when the CRD has none. */
  readonly node: Node;
}

/** Everything that one source publishes, as the Model has it. */
export interface Api {
  /** By group, version and kind in the order of the source. */
  readonly resources: readonly ApiResource[];
  /** Every `ref` node names one of them. */
  readonly definitions: { readonly [name: string]: Node };
  readonly unexpressed: readonly UnexpressedKeyword[];
}

type Definitions = { readonly [name: string]: Node };

/**
 * Lowers all that a source publishes, each definition once. Never throws on a schema, however odd: what the Model
 * cannot hold is counted.
 *
 * @param schemas the source; for CRDs its definitions have to contain those of ObjectMeta, which is otherwise any
 *   value.
 */
export function lowerApi(schemas: ApiSchemas): Api {
  const tally: Reader['tally'] = new Map();
  // What CRDs borrow from Kubernetes, their metadata, is not theirs to report.
  const isOwn = schemas.kinds.some(({ schema }) => '$ref' in schema);
  const reader: Reader = { dialect: 'kubernetes', at: [], tally: isOwn ? tally : new Map() };
  const read = mapValues(schemas.definitions, (schema, name) =>
    markSecretFields(readNode(schema, below(reader, 'definitions', name)), name),
  );
  const { definitions } = followApiServer(
    { root: { type: 'any' }, definitions: read },
    { keepRequired: true },
  );
  const closed = mapValues(definitions, (node) => withoutDanglingRefs(node, definitions));
  return {
    resources: schemas.kinds.map((kind) => resourceOf(kind, closed, tally)),
    definitions: closed,
    unexpressed: unexpressedKeywords({ ...reader, tally }),
  };
}

function resourceOf(
  { apiVersion, kind, plural, namespaced, dialect, schema }: ApiKind,
  definitions: Definitions,
  tally: Reader['tally'],
): ApiResource {
  const [version = '', group = ''] = apiVersion.split('/').reverse();
  const identity = { group, version, kind, plural, namespaced };
  const ref = typeof schema['$ref'] === 'string' ? definitionName(schema['$ref']) : undefined;
  if (ref !== undefined)
    return { ...identity, definition: ref, node: definitions[ref] ?? { type: 'any' } };
  const node = readNode(schema, { dialect, at: [`${apiVersion}/${kind}`], tally });
  return { ...identity, definition: undefined, node: customResource(node, schema, definitions) };
}

function customResource(node: Node, schema: JsonSchema, definitions: Definitions): Node {
  // A version without a schema keeps what it is sent, except for what every object has.
  const root: Node =
    Object.keys(schema).length === 0 || node.type === 'any' ? openObject(node) : node;
  const { root: complete } = fillDefaultsInConditions(addObjectMetadata({ root, definitions: {} }));
  return withoutDanglingRefs(markSecretNames(complete), definitions);
}

function openObject(node: Node): ObjectNode {
  const { description } = node;
  return {
    type: 'object',
    properties: {},
    required: [],
    closed: false,
    ...(description === undefined ? {} : { description }),
  };
}

function withoutDanglingRefs(node: Node, definitions: Definitions): Node {
  return mapNode(node, (inner) => {
    if (inner.type !== 'ref' || Object.hasOwn(definitions, inner.name)) return inner;
    const { type: _type, name: _name, ...base } = inner;
    return { ...base, type: 'any' };
  });
}
