import { lowerSchema } from '../../lib/model/lower.ts';
import type { Node, SchemaModel } from '../../lib/model/node.ts';
import type { Upstream, UpstreamKind, UpstreamSchema } from '../../lib/sources/upstream.ts';

/** A kind with its schema as upstream wrote it and as the validator gets it. */
export interface JudgedKind {
  readonly kind: UpstreamKind;
  /** `group/version/Kind`, as exceptions name it. */
  readonly name: string;
  readonly schema: UpstreamSchema;
  readonly model: SchemaModel;
}

/** What no person writes: versions before v1 whose kind is there in v1, and what only the API server posts. */
const LEFT_OUT =
  /^(?:authentication|authorization|events|internal\.apiserver|lifecycle|storagemigration)\.|\/Binding$|\/v\d+(?:alpha|beta)\d+\//;
/** Kinds that exist in versions before v1 only, by what people use. */
const KEPT =
  /\/(?:SealedSecret|PushSecret|EnvoyFilter|ProxyConfig|WasmPlugin|ECRAuthorizationToken|Password|Webhook)$/;

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
  return { kind, name: nameOf(kind), schema, model: pinned(model, kind) };
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
