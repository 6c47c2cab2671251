import type { EnumSite } from './enum-overlay.ts';
import type { ReducedKind, ReducedSchema, Reduction } from './reduction.ts';
import { type JsonSchema, OBJECT_META } from './upstream-schema.ts';

type Definitions = Record<string, JsonSchema>;

interface Operation {
  readonly 'x-kubernetes-group-version-kind'?: { readonly kind: string };
  readonly requestBody?: {
    readonly content: Record<string, { readonly schema?: { readonly $ref?: string } }>;
  };
}

interface OpenApi {
  readonly paths?: Record<string, { readonly post?: Operation }>;
  /** Absent where a group and version has no kinds of its own. */
  readonly components?: { readonly schemas?: Definitions };
}

const REFERENCE = '#/definitions/';
const KINDS = 'x-kubernetes-group-version-kind';

/**
 * Reads the kinds of OpenAPI v3 documents, one a group and version, as the API server publishes them at
 * `/openapi/v3`: its own and those of the CRDs installed there.
 *
 * @param documents JSON texts. A definition that several have is the same in all, but for the kinds that it stands for.
 * @param enums to put into strings that have none.
 */
export function reduceOpenApi(
  documents: readonly string[],
  enums: readonly EnumSite[] = [],
): Reduction {
  const kinds: ReducedKind[] = [];
  const all: Definitions = {};
  for (const text of documents) {
    // The only strings that start so are references; in JSON text a quote inside a string is escaped.
    const document = JSON.parse(
      text.replaceAll('"#/components/schemas/', `"${REFERENCE}`),
    ) as OpenApi;
    const definitions = document.components?.schemas ?? {};
    for (const site of enums) applyEnum(definitions, site);
    for (const [name, schema] of Object.entries(definitions)) all[name] = merged(all[name], schema);
    kinds.push(...kindsOf(document));
  }
  const definitions = sortedByName(all);
  return {
    dialect: 'kubernetes',
    kinds,
    definitions,
    ...(all[OBJECT_META] !== undefined && { objectMeta: closure(all, OBJECT_META) }),
  };
}

/** DeleteOptions and WatchEvent belong to every group and version; from Kubernetes 1.37 on, each file says its own. */
function merged(known: JsonSchema | undefined, other: JsonSchema): JsonSchema {
  const [kinds, more] = [known?.[KINDS], other[KINDS]];
  if (known === undefined || !Array.isArray(kinds) || !Array.isArray(more)) return known ?? other;
  const texts = new Set(kinds.map((kind) => JSON.stringify(kind)));
  const added: unknown[] = more.filter((kind) => !texts.has(JSON.stringify(kind)));
  return added.length === 0 ? known : { ...known, [KINDS]: [...kinds, ...added] };
}

function sortedByName(definitions: Definitions): Definitions {
  const names = Object.keys(definitions).sort();
  return Object.fromEntries(names.map((name) => [name, definitions[name] ?? {}]));
}

/** The source also has definitions that are not served, and each file only its own group's. */
function applyEnum(definitions: Definitions, site: EnumSite): void {
  let node: unknown = definitions[site.definition];
  for (const step of site.path) node = (node as Record<string, unknown> | undefined)?.[step];
  const target = node as { type?: unknown; enum?: unknown } | undefined;
  if (target?.type === 'string') target.enum = site.values;
}

/**
 * The kinds with a collection that can be posted to. Those that exist only below another object, such as
 * Scale or Eviction, and the options and lists of requests have none.
 */
function kindsOf(document: OpenApi): ReducedKind[] {
  const kinds: ReducedKind[] = [];
  for (const [path, { post }] of Object.entries(document.paths ?? {})) {
    const match = /^\/(?:api|apis\/([^/]+))\/([^/]+)\/(namespaces\/\{namespace\}\/)?([^/{]+)$/.exec(
      path,
    );
    const kind = post?.['x-kubernetes-group-version-kind']?.kind;
    const name = definitionName(post);
    if (match === null || kind === undefined || name === undefined) continue;
    const [, group, version = '', namespaces, plural = ''] = match;
    const hasStatus = `${path}/{name}/status` in (document.paths ?? {});
    kinds.push({
      apiVersion: group === undefined ? version : `${group}/${version}`,
      kind,
      plural,
      namespaced: namespaces !== undefined,
      ...(hasStatus && { statusSubresource: true }),
      schema: closure(document.components?.schemas ?? {}, name),
      definition: name,
    });
  }
  return kinds;
}

function definitionName(post: Operation | undefined): string | undefined {
  const [body] = Object.values(post?.requestBody?.content ?? {});
  return body?.schema?.$ref?.slice(REFERENCE.length);
}

/** A definition with all that it reaches, itself among them only when it is recursive. */
function closure(all: Definitions, name: string): ReducedSchema {
  const root = all[name] ?? {};
  const reached = new Set<string>();
  const visit = (value: unknown): void => {
    if (typeof value !== 'object' || value === null) return;
    for (const [keyword, inner] of Object.entries(value)) {
      if (keyword !== '$ref' || typeof inner !== 'string') visit(inner);
      else if (!reached.has(inner.slice(REFERENCE.length))) {
        reached.add(inner.slice(REFERENCE.length));
        visit(all[inner.slice(REFERENCE.length)]);
      }
    }
  };
  visit(root);
  const names = [...reached].sort();
  return { root, definitions: Object.fromEntries(names.map((each) => [each, all[each] ?? {}])) };
}
