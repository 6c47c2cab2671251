import { customResourceFormat } from '../../lib/model/custom-resource-formats.ts';
import { lowerSchema } from '../../lib/model/lower.ts';
import { mapNode } from '../../lib/model/map-nodes.ts';
import type { Node, SchemaModel } from '../../lib/model/node.ts';
import type { Upstream, UpstreamKind, UpstreamSchema } from '../../lib/sources/upstream.ts';

/** A kind with its schema as upstream wrote it and as the validator gets it. */
export interface JudgedKind {
  readonly kind: UpstreamKind;
  /** `group/version/Kind`, as exceptions name it. */
  readonly name: string;
  readonly schema: UpstreamSchema;
  /** What instances are made from: as the validator has it, but for {@link REQUIRED}. */
  readonly model: SchemaModel;
}

/** What no person writes: versions before v1 whose kind is there in v1, and what only the API server posts. */
const LEFT_OUT =
  /^(?:authentication|authorization|events|internal\.apiserver|lifecycle|storagemigration)\.|\/Binding$|\/v\d+(?:alpha|beta)\d+\//;
/** Kinds that exist in versions before v1 only, by what people use. */
const KEPT =
  /\/(?:SealedSecret|PushSecret|EnvoyFilter|ProxyConfig|WasmPlugin|ECRAuthorizationToken|Password|Webhook)$/;

/**
 * What the OpenAPI requires and the API server reads as its zero value when it is absent. Valid instances have it, since
 * libraries and kubeconform want it; that the validator does not is an exception about defects.
 */
const REQUIRED: { readonly [definition: string]: string } = {
  'io.k8s.api.core.v1.LimitRangeSpec': 'limits',
  'io.k8s.apiextensions-apiserver.pkg.apis.apiextensions.v1.CustomResourceDefinitionVersion':
    'served',
};

/**
 * The kinds whose verdicts are compared.
 *
 * @param wanted a regular expression on `group/version/Kind`. @default what people use, in its newest version
 */
export async function judgedKinds(upstream: Upstream, wanted?: RegExp): Promise<JudgedKind[]> {
  const kinds = upstream.kinds().filter((kind) => {
    const name = nameOf(kind);
    return wanted?.test(name) ?? (!LEFT_OUT.test(name) || KEPT.test(name));
  });
  return Promise.all(kinds.map((kind) => judged(kind, upstream)));
}

async function judged(kind: UpstreamKind, upstream: Upstream): Promise<JudgedKind> {
  const schema = await upstream.loadSchema(kind);
  const { model } = lowerSchema(schema, schema.dialect);
  const own = schema.dialect === 'crd' ? withServerFormats(model) : withRequired(model);
  return { kind, name: nameOf(kind), schema, model: pinned(own, kind) };
}

/** As `toJsonSchema` does it: formats have other rules in custom resources than in the metadata, which is a reference. */
function withServerFormats(model: SchemaModel): SchemaModel {
  const root = mapNode(model.root, (node) => {
    if (node.type !== 'string' || node.format === undefined) return node;
    return { ...node, format: customResourceFormat(node.format) ?? node.format };
  });
  return { ...model, root };
}

function withRequired(model: SchemaModel): SchemaModel {
  const definitions = Object.entries(model.definitions).map(([name, node]): [string, Node] => {
    const field = REQUIRED[name];
    if (field === undefined || node.type !== 'object') return [name, node];
    return [name, { ...node, required: [...node.required, field] }];
  });
  return { ...model, definitions: Object.fromEntries(definitions) };
}

/** As `toJsonSchema` does it: the root says which kind it is. */
function pinned(model: SchemaModel, { apiVersion, kind }: UpstreamKind): SchemaModel {
  const { root } = model;
  if (root.type !== 'object') throw new Error(`the schema of ${kind} is not an object`);
  const constants: { [name: string]: Node } = {
    apiVersion: { type: 'string', const: apiVersion },
    kind: { type: 'string', const: kind },
  };
  const required = [...new Set([...root.required, 'apiVersion', 'kind'])];
  return {
    ...model,
    root: { ...root, properties: { ...root.properties, ...constants }, required },
  };
}

function nameOf({ apiVersion, kind }: UpstreamKind): string {
  return `${apiVersion.includes('/') ? '' : 'core/'}${apiVersion}/${kind}`;
}
