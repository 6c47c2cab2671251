import path from 'node:path';
import type { Explanation } from '../emit/explain/explanation.ts';
import { explainPlace, type FoundPlace } from '../emit/explain/explain-place.ts';
import { Failure } from '../finding/failure.ts';
import { nearestName } from '../finding/nearest-name.ts';
import {
  findObjects,
  readPath,
  wantedName,
  type FoundObject,
  type PathReading,
} from '../model/library/find-object.ts';
import { Places, type Place } from '../model/library/place.ts';
import { objectsOf } from '../model/library/part.ts';
import { compareVersions } from '../model/library/version-order.ts';
import { readImportLock, type ImportLock } from '../sources/import-lock.ts';
import { findProjectRoot } from '../tanka/project.ts';
import { openImport, type SourceOptions } from '../sources/open-import.ts';
import type { ApiSchemas } from '../sources/api-schemas.ts';
import { readAliased } from './kubernetes-alias.ts';
import { libraryUse } from './library-use.ts';
import { arrangeLibrary, type LibraryParts } from './open-library.ts';
import { running, type ProjectOptions } from './project.ts';

/** What to explain. */
export interface ExplainOptions extends ProjectOptions {
  /** Only in the library of this name. @default every imported one */
  readonly library?: string;
}

/**
 * Explains an object of the imported libraries, or a field of one: what it is and which functions set it.
 *
 * @param text such as `deployment.spec.strategy` or `istio/gateway.spec.servers.tls.mode`.
 * @throws Failure `usage` outside a project, without imports, when there is no such object or field, or when several
 *   groups have such an object; as `openImport`.
 */
export async function explain(text: string, options: ExplainOptions = {}): Promise<Explanation> {
  const root = findProjectRoot(path.resolve(options.cwd ?? process.cwd()));
  const aliased = await readAliased(root);
  const lock = chosenLibraries(readImportLock(root), options.library);
  const readings = readPath(text);
  if (readings.length === 0) throw namesNothing(text);
  const opened = await openMatching(lock, readings, { root, ...running(options) });
  const found = findPlaces(text, readings, opened);
  const chosen = choose(text, found, { lock, aliased });
  const { name } = chosen.found.library;
  const use = libraryUse(name, lock.get(name)?.source ?? '', aliased);
  return explainPlace(chosen, {
    variable: use.variable,
    importPath: use.path,
    others: found.map((one) => one.found).filter((one) => one !== chosen.found),
  });
}

function namesNothing(text: string): Failure {
  return new Failure('usage', `the path ${JSON.stringify(text)} names no kind`, {
    hint: 'A path is a kind and the fields below it, such as deployment.spec.strategy or istio/gateway.spec.servers.',
  });
}

/** The libraries to look in. */
function chosenLibraries(lock: ImportLock, wanted: string | undefined): ImportLock {
  if (lock.size === 0)
    throw new Failure('usage', 'nothing is imported', {
      hint: 'Import a library first, such as `tankard import k8s@1.34`.',
    });
  if (wanted === undefined) return lock;
  const library = lock.get(wanted);
  if (library !== undefined) return new Map([[wanted, library]]);
  const names = [...lock.keys()];
  throw new Failure('usage', `the library ${wanted} is not imported`, {
    hint: `There is ${nearestName(wanted, names) ?? names.join(', ')}.`,
  });
}

/** Opens the libraries that have an object of a name in question; lowering the others would cost more than the rest. */
async function openMatching(
  lock: ImportLock,
  readings: readonly PathReading[],
  options: SourceOptions,
): Promise<LibraryParts[]> {
  const wanted = new Set(readings.map(({ name }) => wantedName(name)));
  const opened: LibraryParts[] = [];
  const names: string[] = [];
  for (const [name, locked] of lock) {
    const schemas = await openImport(locked, options);
    const own = namesIn(schemas);
    names.push(...own);
    if (own.some((one) => wanted.has(one.toLowerCase())))
      opened.push(
        await arrangeLibrary(name, schemas, { ...options, kubernetes: locked.kubernetes }),
      );
  }
  if (opened.length > 0) return opened;
  const [first] = readings;
  throw notFound(first?.name ?? '', names, [...lock.keys()]);
}

function namesIn({ kinds, definitions }: ApiSchemas): string[] {
  const parts = Object.keys(definitions).map((name) => name.slice(name.lastIndexOf('.') + 1));
  return [...kinds.flatMap(({ kind, plural }) => [kind, plural]), ...parts];
}

function notFound(name: string, names: readonly string[], libraries: readonly string[]): Failure {
  const near = nearestName(name, names);
  const hint =
    near === undefined
      ? '`tankard docs` writes pages in which all kinds can be searched.'
      : `Did you mean ${near}?`;
  return new Failure('usage', `no kind is called ${name} in ${libraries.join(', ')}`, { hint });
}

/** The places that a path leads to, by the likeliest way to read it. */
function findPlaces(
  text: string,
  readings: readonly PathReading[],
  opened: readonly LibraryParts[],
): FoundPlace[] {
  let problem: Failure | undefined;
  for (const reading of readings) {
    const results = opened.flatMap((parts) => {
      const { library, handWritten } = parts;
      const places = new Places(library, { api: library.api, handWritten });
      return findObjects(library, reading).map((found) => walk(found, places, reading.fields));
    });
    const found = results.filter((one): one is FoundPlace => !(one instanceof Failure));
    if (found.length > 0) return found;
    problem ??= results.find((one) => one instanceof Failure);
  }
  const names = opened.flatMap(({ library }) => objectsOf(library).map(({ kind }) => kind));
  const libraries = opened.map(({ library }) => library.name);
  throw problem ?? notFound(text, names, libraries);
}

function walk(found: FoundObject, places: Places, fields: readonly string[]): FoundPlace | Failure {
  const trail = [places.ofObject(found.object)];
  for (const field of fields) {
    const place = trail.at(-1) as Place;
    const inside = places.inside(place);
    const next = match(inside, field);
    if (next === undefined) return noField(found, trail, inside, field);
    if (next !== 'itself') trail.push(next);
  }
  return { found, path: trail, inside: places.inside(trail.at(-1) as Place) };
}

/** A field by its name, or by that of a function: `withType` is `type`, `new` the object that it makes. */
function match(inside: readonly Place[], name: string): Place | 'itself' | undefined {
  const exact = inside.find((one) => one.name === name);
  if (exact !== undefined) return exact;
  const lower = name.toLowerCase();
  const near = inside.find(
    (one) =>
      one.name.toLowerCase() === lower ||
      one.setters.functions.some((own) => own.name.toLowerCase() === lower),
  );
  return near ?? (['new', 'fromObject'].includes(name) ? 'itself' : undefined);
}

function noField(
  { object }: FoundObject,
  trail: readonly Place[],
  inside: readonly Place[],
  field: string,
): Failure {
  const way = [object.kind, ...trail.slice(1).map(({ name }) => name)].join('.');
  const names = inside.map(({ name }) => name);
  if (names.length === 0) return new Failure('usage', `${way} has no fields`);
  const near = nearestName(field, names);
  const hint = near === undefined ? `It has ${names.join(', ')}.` : `Did you mean ${near}?`;
  return new Failure('usage', `${way} has no field ${field}`, { hint });
}

/** The newest stable version in the library that is used; several groups are told apart by the user. */
function choose(
  text: string,
  found: readonly FoundPlace[],
  { lock, aliased }: { readonly lock: ImportLock; readonly aliased: string | undefined },
): FoundPlace {
  const groups = new Set(found.map((one) => one.found.group.group));
  if (groups.size > 1) throw ambiguous(text, found);
  const rank = ({ library }: FoundObject): number => {
    const source = lock.get(library.name)?.source ?? '';
    if (libraryUse(library.name, source, aliased).isDefault) return -1;
    return [...lock.keys()].indexOf(library.name);
  };
  const ranked = [...found].sort((a, b) => rank(a.found) - rank(b.found) || byVersion(a, b));
  return ranked[0] as FoundPlace;
}

function ambiguous(text: string, found: readonly FoundPlace[]): Failure {
  // One for each group: the newest stable version.
  const best = new Map<string, FoundPlace>();
  for (const one of found.toSorted(byVersion)) {
    const key = `${one.found.library.name} ${one.found.group.group}`;
    if (!best.has(key)) best.set(key, one);
  }
  const places = [...best.values()].map((one) => one.found).map(placeName);
  const [first] = best.values();
  const fields = first?.path.slice(1).map(({ name }) => `.${name}`) ?? [];
  return new Failure('usage', `${text} is in several groups: ${places.join(', ')}`, {
    hint: `Name one: \`tankard explain ${places[0]}${fields.join('')}\`.`,
  });
}

function byVersion(left: FoundPlace, right: FoundPlace): number {
  return compareVersions(left.found.version.field, right.found.version.field);
}

/** `istio/networking.istio.io/v1/gateway`. */
function placeName({ library, group, version, object }: FoundObject): string {
  return [library.name, group.group, version.field, object.field].join('/');
}
