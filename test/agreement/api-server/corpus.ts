import { readFileSync } from 'node:fs';
import path from 'node:path';
import { loadAll } from 'js-yaml';
import type { Json, SchemaModel } from '../../../lib/model/node.ts';
import { lowerSchema } from '../../../lib/model/lower.ts';
import type { Upstream, UpstreamKind } from '../../../lib/sources/upstream.ts';

/** A manifest that an API server takes, with the schema that it follows. */
export interface Valid {
  readonly value: { readonly [field: string]: Json };
  readonly kind: UpstreamKind;
  readonly model: SchemaModel;
}

/** A manifest to be judged by both. */
export interface Case {
  /** Tells it from all others of its class; says what was done, and to what. */
  readonly name: string;
  readonly value: { readonly [field: string]: Json };
}

/** Defects of one sort. A file of `classes` exports one; more of them are added to the list in `classes/all.ts`. */
export interface DefectClass {
  readonly name: string;
  /** The same manifests give the same cases. */
  cases(valid: readonly Valid[]): readonly Case[];
}

/** The valid manifests of this folder. */
export async function validManifests(upstream: Upstream): Promise<Valid[]> {
  const text = readFileSync(path.join(import.meta.dirname, 'valid.yaml'), 'utf8');
  const values = loadAll(text) as Valid['value'][];
  return Promise.all(
    values.map(async (value) => {
      const kind = kindOf(value, upstream);
      if (kind === undefined) throw new Error(`no schema has ${JSON.stringify(value['kind'])}`);
      const schema = await upstream.loadSchema(kind);
      return { value, kind, model: lowerSchema(schema, schema.dialect).model };
    }),
  );
}

/** The kind that a manifest says to be of; undefined: no schema has it. */
export function kindOf(value: Valid['value'], upstream: Upstream): UpstreamKind | undefined {
  const { apiVersion, kind } = value as { readonly apiVersion: string; readonly kind: string };
  return upstream.kind(apiVersion, kind);
}

/** How a case names a manifest. */
export function label({ value, kind }: Valid): string {
  const { name } = value['metadata'] as { name: string };
  return `${kind.apiVersion} ${kind.kind} ${name}`;
}

/** A copy with another value at a path, made where it is missing; undefined removes what is there. */
export function edited(
  { value }: Pick<Valid, 'value'>,
  place: readonly (string | number)[],
  wrong: Json | undefined,
): Valid['value'] {
  const copy = structuredClone(value) as { [field: string]: unknown };
  let parent: { [step: string | number]: unknown } = copy;
  for (const [index, step] of place.slice(0, -1).entries()) {
    parent[step] ??= typeof place[index + 1] === 'number' ? [] : {};
    parent = parent[step] as typeof parent;
  }
  const last = place.at(-1) as string;
  if (wrong === undefined) Reflect.deleteProperty(parent, last);
  else parent[last] = wrong;
  return copy as Valid['value'];
}
