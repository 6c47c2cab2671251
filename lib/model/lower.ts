import { isJsonSchema, type JsonSchema } from './json-schema.ts';
import { mapValues } from './map-nodes.ts';
import type { Lowered, Node, SchemaModel } from './node.ts';
import { OBJECT_META } from '../sources/upstream-schema.ts';
import { addObjectMetadata } from './passes/add-object-metadata.ts';
import { fillDefaultsInConditions } from './passes/fill-defaults-in-conditions.ts';
import { followApiServer } from './passes/follow-api-server.ts';
import { pruneDefinitions } from './passes/prune-definitions.ts';
import { readNode } from './read-node.ts';
import { reachableDefinitions } from './reachable-definitions.ts';
import { below, unexpressedKeywords, type Reader, type SchemaDialect } from './reader.ts';

export type { JsonSchema } from './json-schema.ts';
export type { SchemaDialect } from './reader.ts';

/** Model -> Model. Each has its own file in `passes/`; its comment says what it does and why. */
export type Pass = (model: SchemaModel) => SchemaModel;

const PASSES: { readonly [dialect in SchemaDialect]: readonly Pass[] } = {
  declaration: [pruneDefinitions],
  kubernetes: [followApiServer, pruneDefinitions],
  crd: [addObjectMetadata, fillDefaultsInConditions, pruneDefinitions],
};

/** Definitions that a pass refers to. */
const ADDED_REFS: { readonly [dialect in SchemaDialect]: readonly string[] } = {
  declaration: [],
  kubernetes: [],
  crd: [OBJECT_META],
};

/**
 * Lowers a JSON Schema to the Model. Never throws on a schema, however odd: what the Model cannot hold is
 * counted in `unexpressed`. The input is not changed.
 *
 * @param schema.root the schema of the value itself.
 * @param schema.definitions what its references name (`#/definitions/NAME`, `#/$defs/NAME` or
 *   `#/components/schemas/NAME`), beside the `definitions` or `$defs` that the root itself has. For the
 *   dialect `crd` they are Kubernetes' own, among them ObjectMeta.
 * @param dialect which rules the root follows.
 */
export function lowerSchema(
  schema: {
    readonly root: JsonSchema;
    readonly definitions?: { readonly [name: string]: JsonSchema };
  },
  dialect: SchemaDialect,
): Lowered {
  const reader: Reader = { dialect, at: [], tally: new Map() };
  const definitions = { ...ownDefinitions(schema.root), ...schema.definitions };
  // The root's own definitions would otherwise be walked as a part of it, reached or not.
  const { definitions: _own, $defs: _defs, ...rootAlone } = schema.root;
  const reached = reachableDefinitions([rootAlone, ...ADDED_REFS[dialect]], definitions);
  const model: SchemaModel = {
    root: readNode(rootAlone, reader),
    definitions: readDefinitions(reached, reader),
  };
  return {
    model: PASSES[dialect].reduce((current, pass) => pass(current), model),
    unexpressed: unexpressedKeywords(reader),
  };
}

function ownDefinitions(root: JsonSchema): { [name: string]: JsonSchema } {
  const own = root['definitions'] ?? root['$defs'];
  return isJsonSchema(own) ? (own as { [name: string]: JsonSchema }) : {};
}

function readDefinitions(
  definitions: { readonly [name: string]: JsonSchema },
  reader: Reader,
): { [name: string]: Node } {
  // What a CRD refers to is not in the CRD but among Kubernetes' own definitions, in their dialect.
  const dialect = reader.dialect === 'crd' ? 'kubernetes' : reader.dialect;
  return mapValues(definitions, (definition, name) =>
    readNode(definition, { ...below(reader, 'definitions', name), dialect }),
  );
}
