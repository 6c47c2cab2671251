import { mkdir, mkdtemp, realpath, rm, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { buildLibrary, type LibraryObject } from '../../lib/model/library/library.ts';
import {
  hasProperties,
  membersOf,
  resolve,
  type MembersOptions,
} from '../../lib/model/library/members.ts';
import { type Api, lowerApi } from '../../lib/model/lower-api.ts';
import type { Node, ObjectNode } from '../../lib/model/node.ts';
import { openImport } from '../../lib/sources/open-import.ts';
import { resolveImport } from '../../lib/sources/resolve-import.ts';
import { makeLibrary } from '../../lib/workflow/make-library.ts';
import type { ArgumentSchemas } from './calls.ts';

/** The typed library of one Kubernetes, on disk. */
export interface TypedLibrary {
  /** Holds main.libsonnet. */
  readonly folder: string;
  readonly schemas: ArgumentSchemas;
  readonly remove: () => Promise<void>;
}

/** Makes the library of a Kubernetes minor, such as `1.30`. */
export async function typedKubernetes(version: string): Promise<TypedLibrary> {
  const options = { root: os.tmpdir() };
  const locked = await resolveImport({ type: 'kubernetes', version }, options);
  const api = lowerApi(await openImport(locked, options));
  const name = `k8s-${version}`;
  const folder = await realpath(await mkdtemp(path.join(os.tmpdir(), 'tankard-typed-')));
  for (const file of (await makeLibrary(name, locked, options)).files) {
    await mkdir(path.dirname(path.join(folder, file.path)), { recursive: true });
    await writeFile(path.join(folder, file.path), file.text);
  }
  const objects = buildLibrary(name, api).groups.flatMap((group) =>
    group.versions.flatMap((one) => one.objects),
  );
  const nodes = new Map(objects.flatMap((object) => objectArguments(object, api)));
  return {
    folder,
    schemas: { argumentOf: (id) => nodes.get(id), definitions: api.definitions },
    remove: () => rm(folder, { recursive: true, force: true }),
  };
}

type Argument = readonly [id: string, node: Node];

function objectArguments(object: LibraryObject, api: Api): Argument[] {
  const { node } = resolve(object.node, api);
  if (!hasProperties(node)) return [];
  const ancestors = new Set(object.definition === undefined ? [] : [object.definition]);
  return argumentsOf(object.id, node, {
    api,
    isResource: object.resource !== undefined,
    ancestors,
  });
}

function argumentsOf(
  id: string,
  node: ObjectNode,
  { api, ...options }: MembersOptions & { readonly api: Api },
): Argument[] {
  return membersOf(node, api, options).flatMap((member): Argument[] => {
    if (member.type === 'setter') {
      const names = member.mixin === undefined ? [member.name] : [member.name, member.mixin];
      return names.map((name) => [`${id}.${name}`, member.node]);
    }
    const { definition } = member;
    const ancestors = new Set(options.ancestors);
    if (definition !== undefined) ancestors.add(definition);
    return argumentsOf(`${id}.${member.name}`, member.node, { api, isResource: false, ancestors });
  });
}
