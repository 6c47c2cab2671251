import type { Library, LibraryGroup, LibraryObject, LibraryVersion } from './library.ts';
import { camelLower } from './names.ts';
import { SHORT_NAMES } from './short-names.ts';

/** An object that a name may mean. */
export interface FoundObject {
  readonly library: Library;
  readonly group: LibraryGroup;
  readonly version: LibraryVersion;
  readonly object: LibraryObject;
}

/** A way to read a path: what narrows the object down, its name, and the fields below it. */
export interface PathReading {
  readonly scope: readonly string[];
  readonly name: string;
  readonly fields: readonly string[];
}

/**
 * The ways to read a path, the likeliest first: `deployment.spec`, `apps/v1/deployment.spec`,
 * `istio/gateway.spec.servers`, and as Jsonnet has it, `apps.v1.deployment.spec`. An index, as findings print it
 * (`pod.spec.containers[0].image`), is passed over.
 *
 * @returns none when the text names nothing.
 */
export function readPath(path: string): PathReading[] {
  const text = path.replaceAll(/\[\d*\]/g, '');
  const slash = text.lastIndexOf('/');
  const scope = text.slice(0, Math.max(slash, 0)).split('/').filter(isThere);
  const parts = text
    .slice(slash + 1)
    .split('.')
    .filter(isThere);
  // Library, group and version may stand before it.
  return parts.slice(0, 4).map((name, index) => ({
    scope: [...scope, ...parts.slice(0, index)],
    name,
    fields: parts.slice(index + 1),
  }));
}

function isThere(part: string): boolean {
  return part !== '';
}

/** What a name means, in lower case: a short name is its kind. */
export function wantedName(name: string): string {
  const lower = name.toLowerCase();
  return SHORT_NAMES[lower] ?? lower;
}

/** The objects of a library that a reading means; kinds only, where there are any. */
export function findObjects(library: Library, { scope, name }: PathReading): FoundObject[] {
  const wanted = wantedName(name);
  const kinds = new Set(
    library.api.resources
      .filter(({ plural }) => plural === wanted)
      .map(({ kind }) => kind.toLowerCase()),
  ).add(wanted);
  const found = library.groups.flatMap((group) =>
    group.versions.flatMap((version) =>
      version.objects
        .filter(({ kind }) => kinds.has(kind.toLowerCase()))
        .map((object) => ({ library, group, version, object })),
    ),
  );
  const inScope = found.filter((one) => scope.every((part) => isIn(one, part.toLowerCase())));
  const resources = inScope.filter(({ object }) => object.resource !== undefined);
  return resources.length > 0 ? resources : inScope;
}

/** Whether an object stands in what a part of a path names: its library, group or version. */
function isIn({ library, group, version }: FoundObject, part: string): boolean {
  const isKubernetes = library.groups.some((one) => one.field === 'core');
  const names = [library.name, camelLower(library.name), group.field, group.group, version.field];
  if (isKubernetes) names.push('k', 'k8s');
  return names.some((one) => one.toLowerCase() === part);
}
