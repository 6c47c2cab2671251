import os from 'node:os';
import { isJsonSchema, type JsonSchema } from '../../lib/model/json-schema.ts';
import { parseImportSource, PRESET_NAMES } from '../../lib/sources/import-source.ts';
import { resolveImport } from '../../lib/sources/resolve-import.ts';
import { cacheDirectory } from '../../lib/disk/cache.ts';
import { openUpstream, type Upstream } from '../../lib/sources/upstream.ts';

/** A rule of a known CRD, in a schema of its own: a resource with the node as `spec`, and no other rule. */
export interface KnownRule {
  readonly rule: string;
  /** The kind and the place where it was first met. */
  readonly place: string;
  readonly schema: JsonSchema;
}

/** The kinds of every preset, those that a project has to import among them. */
async function allKinds(): Promise<Upstream> {
  const root = os.tmpdir();
  const imports = await Promise.all(
    PRESET_NAMES.map((name) => resolveImport(parseImportSource(name), { root })),
  );
  return openUpstream({ directory: cacheDirectory('schemas'), imports, root });
}

/** Every rule of every CRD that Tankard pins, once for each schema that it stands at. */
export async function knownRules(): Promise<KnownRule[]> {
  const upstream = await allKinds();
  const found = new Map<string, KnownRule>();
  for (const kind of upstream.kinds().filter(({ dialect }) => dialect === 'crd')) {
    const { root } = await upstream.loadSchema(kind);
    for (const known of rulesIn(root, `${kind.apiVersion} ${kind.kind}`)) {
      const key = JSON.stringify(known.schema);
      if (!found.has(key)) found.set(key, known);
    }
  }
  return [...found.values()];
}

function rulesIn(node: unknown, place: string): KnownRule[] {
  if (!isJsonSchema(node)) return [];
  const rules = Array.isArray(node['x-kubernetes-validations'])
    ? node['x-kubernetes-validations']
    : [];
  const own = rules.map((rule: { rule: string }) => ({
    rule: rule.rule,
    place,
    schema: resourceWith({ ...withoutText(node), 'x-kubernetes-validations': [rule] }),
  }));
  const members = isJsonSchema(node['properties']) ? Object.entries(node['properties']) : [];
  return [
    ...own,
    ...members.flatMap(([name, member]) => rulesIn(member, `${place}.${name}`)),
    ...rulesIn(node['items'], `${place}[]`),
    ...rulesIn(node['additionalProperties'], `${place}{}`),
  ];
}

function resourceWith(spec: JsonSchema): JsonSchema {
  return { type: 'object', properties: { spec } };
}

/** Without descriptions and rules, in all of it. */
function withoutText(node: JsonSchema): JsonSchema {
  return JSON.parse(
    JSON.stringify(node, (key, value: unknown) =>
      (key === 'description' && typeof value === 'string') || key === 'x-kubernetes-validations'
        ? undefined
        : value,
    ),
  ) as JsonSchema;
}
