import type { FoundObject } from '../../model/library/find-object.ts';
import type { LibraryFunction } from '../../model/library/part.ts';
import { callText, type Place } from '../../model/library/place.ts';
import { allowedValues, factsOf, typeWords } from '../../model/library/type-words.ts';
import type { Api } from '../../model/lower-api.ts';
import type { ExplainedField, Explanation } from './explanation.ts';

/** A place with the way to it. */
export interface FoundPlace {
  readonly found: FoundObject;
  /** From the object on. */
  readonly path: readonly Place[];
  /** The fields of the last one. */
  readonly inside: readonly Place[];
}

/** What explaining takes beside the place. */
export interface ExplainOptions {
  /** The variable that programs have the library in. */
  readonly variable: string;
  /** The path that they import. */
  readonly importPath: string;
  /** Other objects of the same name and group. */
  readonly others: readonly FoundObject[];
}

/** Explains a place. */
export function explainPlace(
  { found, path, inside }: FoundPlace,
  { variable, importPath, others }: ExplainOptions,
): Explanation {
  const { library, object, group, version } = found;
  const { api } = library;
  const place = path.at(-1) as Place;
  const { node, definition } = place;
  return {
    library: library.name,
    import: `local ${variable} = import '${importPath}';`,
    group: group.group === 'core' ? '' : group.group,
    version: version.field,
    kind: object.kind,
    scope: scopeOf(found),
    path: path.slice(1).map(({ name }) => name),
    type: typeWords(
      definition === undefined ? node : { ...node, type: 'ref', name: definition },
      api,
    ),
    required: place.required,
    values: allowedValues(node, api),
    facts: factsOf(node, api),
    description: node.description ?? '',
    fields: inside.map((one) => fieldOf(one, api)),
    functions: functionsOf(place, variable),
    items: place.items?.id.replaceAll('.', '/'),
    others: others.map((one) => `${one.library.name}/${one.object.id.replaceAll('.', '/')}`),
  };
}

function scopeOf({ object }: FoundObject): Explanation['scope'] {
  if (object.resource === undefined) return undefined;
  return object.resource.namespaced ? 'namespaced' : 'cluster';
}

function fieldOf({ name, node, definition, required }: Place, api: Api): ExplainedField {
  return {
    name,
    type: typeWords(
      definition === undefined ? node : { ...node, type: 'ref', name: definition },
      api,
    ),
    required,
    values: allowedValues(node, api),
    description: node.description ?? '',
  };
}

/** The functions that set a place, then those for what it holds. */
function functionsOf({ setters, part, items }: Place, variable: string): string[] {
  const calls = (id: string, functions: readonly LibraryFunction[]): string[] =>
    functions.map((one) => callText(variable, id, one));
  // An object of its own has a page of its own: here stands how one is made.
  const own = part?.functions.filter((one) => items === undefined || one.property === undefined);
  return [...calls(setters.id, setters.functions), ...calls(part?.id ?? '', own ?? [])];
}
