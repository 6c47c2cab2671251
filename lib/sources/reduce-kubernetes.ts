import { type EnumSite, parseEnums } from './enum-overlay.ts';
import type { ModuleFiles, ReducedKind, ReducedSchema, Reduction } from './reduction.ts';
import { type JsonSchema, OBJECT_META } from './upstream-schema.ts';

type Definitions = Record<string, JsonSchema>;

interface Operation {
  readonly 'x-kubernetes-group-version-kind'?: { readonly kind: string };
  readonly requestBody?: {
    readonly content: Record<string, { readonly schema?: { readonly $ref?: string } }>;
  };
}

interface OpenApi {
  readonly paths: Record<string, { readonly post?: Operation }>;
  readonly components: { readonly schemas: Definitions };
}

const REFERENCE = '#/definitions/';

/**
 * Reads the kinds of Kubernetes itself from its published OpenAPI v3 files, one a group and version, and puts
 * the enums back that these leave out.
 *
 * The files are made from an API server with every alpha and beta feature on, so they also have fields and
 * kinds which a real cluster of that version has only behind a feature gate: what they have may still be
 * dropped by a cluster, and what they do not have exists nowhere.
 *
 * @param files the `api/openapi-spec/v3` files and `zz_generated.openapi.go`.
 */
export function reduceKubernetes(files: ModuleFiles): Reduction {
  const enums = readEnums(files);
  const kinds: ReducedKind[] = [];
  let objectMeta: ReducedSchema | undefined;
  for (const [file, bytes] of files) {
    if (!file.endsWith('.json')) continue;
    // The only strings that start so are references; in JSON text a quote inside a string is escaped.
    const text = bytes.toString('utf8').replaceAll('"#/components/schemas/', `"${REFERENCE}`);
    const document = JSON.parse(text) as OpenApi;
    const definitions = document.components.schemas;
    for (const site of enums) applyEnum(definitions, site);
    kinds.push(...kindsOf(document));
    if (definitions[OBJECT_META] !== undefined) objectMeta ??= closure(definitions, OBJECT_META);
  }
  return { kinds, ...(objectMeta === undefined ? {} : { objectMeta }) };
}

function readEnums(files: ModuleFiles): EnumSite[] {
  const sites: EnumSite[] = [];
  for (const [file, bytes] of files)
    if (file.endsWith('.go')) sites.push(...parseEnums(bytes.toString('utf8')));
  return sites;
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
  for (const [path, { post }] of Object.entries(document.paths)) {
    const match = /^\/(?:api|apis\/([^/]+))\/([^/]+)\/(namespaces\/\{namespace\}\/)?([^/{]+)$/.exec(
      path,
    );
    const kind = post?.['x-kubernetes-group-version-kind']?.kind;
    const name = definitionName(post);
    if (match === null || kind === undefined || name === undefined) continue;
    const [, group, version = '', namespaces, plural = ''] = match;
    kinds.push({
      apiVersion: group === undefined ? version : `${group}/${version}`,
      kind,
      plural,
      namespaced: namespaces !== undefined,
      schema: closure(document.components.schemas, name),
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
