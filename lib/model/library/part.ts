import type { Api } from '../lower-api.ts';
import type { Node } from '../node.ts';
import type { HandWritten, HandWrittenFunction } from './hand-written.ts';
import { HAND_WRITTEN_OBJECTS } from './hand-written.ts';
import type { Library, LibraryObject } from './library.ts';
import {
  hasProperties,
  membersOf,
  requiredArguments,
  type Argument,
  type Nested,
  type Setter,
} from './members.ts';

/** A parameter of a function of a library. */
export interface FunctionParameter {
  readonly name: string;
  /** What the argument has to be; undefined where only the code of a hand-written function says it. */
  readonly node: Node | undefined;
  /** Jsonnet, when the argument may be left out. */
  readonly default: string | undefined;
}

/** A function of a library, as its documentation has it. */
export interface LibraryFunction {
  readonly name: string;
  readonly parameters: readonly FunctionParameter[];
  /** What it does: sentences; empty when the source says nothing. */
  readonly help: string;
  /** The property that it sets or adds to; undefined for all others. */
  readonly property: string | undefined;
}

/** An object of a library, or an object inside it that has functions of its own. */
export interface Part {
  /** The fields that lead to it from the library: `apps.v1.deployment.spec`. */
  readonly id: string;
  /** Its schema; undefined for what is written by hand alone. */
  readonly node: Node | undefined;
  /** Hand-written ones first, then constructors, then the others by property. */
  readonly functions: readonly LibraryFunction[];
  readonly nested: readonly Nested[];
  /** The definitions that it is inside of, its own among them. */
  readonly ancestors: ReadonlySet<string>;
}

/** What finding the functions of a part takes. */
export interface PartContext {
  readonly api: Api;
  readonly handWritten: HandWritten;
}

/** The objects of a version that are written by hand alone, by field, with what the API calls them. */
export function handWrittenObjects(
  prefix: string,
  handWritten: HandWritten,
): { readonly id: string; readonly field: string; readonly kind: string }[] {
  return [...HAND_WRITTEN_OBJECTS]
    .filter(([id]) => id.startsWith(`${prefix}.`) && handWritten.has(id))
    .map(([id, kind]) => ({ id, field: id.slice(prefix.length + 1), kind }));
}

/** An object of a library with its functions. */
export function objectPart(object: LibraryObject, { api, handWritten }: PartContext): Part {
  const { id, node, definition, resource } = object;
  const ancestors = new Set(definition === undefined ? [] : [definition]);
  const isResource = resource !== undefined;
  const members = hasProperties(node) ? membersOf(node, api, { isResource, ancestors }) : [];
  const byHand = (handWritten.get(id) ?? []).map(describeHandWritten);
  const generated = [
    ...(isResource ? resourceConstructors(object) : []),
    ...members.filter((one) => one.type === 'setter').flatMap(setterFunctions),
  ];
  return { id, node, ancestors, functions: merge(byHand, generated), nested: nestedIn(members) };
}

/** A part that is written by hand alone. */
export function handWrittenPart(id: string, { handWritten }: PartContext): Part {
  const functions = (handWritten.get(id) ?? []).map(describeHandWritten);
  return { id, node: undefined, ancestors: new Set(), functions, nested: [] };
}

/** A part inside another one. */
export function nestedPart(nested: Nested, outer: Part, { api, handWritten }: PartContext): Part {
  const { node, definition, writes, name } = nested;
  const id = `${outer.id}.${name}`;
  const ancestors =
    definition === undefined ? outer.ancestors : new Set([...outer.ancestors, definition]);
  const members = membersOf(node, api, { isResource: false, ancestors });
  const byHand = (handWritten.get(id) ?? []).map(describeHandWritten);
  const generated = [
    ...(writes === 'item' ? itemConstructors(nested, api) : []),
    ...members.filter((one) => one.type === 'setter').flatMap(setterFunctions),
  ];
  return { id, node, ancestors, functions: merge(byHand, generated), nested: nestedIn(members) };
}

function nestedIn(members: readonly { readonly type: string }[]): Nested[] {
  return members.filter((one): one is Nested => one.type === 'nested');
}

/** Hand-written functions stand in place of generated ones of the same name. */
function merge(
  byHand: readonly LibraryFunction[],
  generated: readonly LibraryFunction[],
): LibraryFunction[] {
  const taken = new Map(byHand.map((one) => [one.name, one]));
  const kept = generated.filter(({ name }) => !taken.has(name));
  const replaced = new Map(generated.map((one) => [one.name, one]));
  return [
    ...byHand.map((one) => ({ ...one, property: replaced.get(one.name)?.property })),
    ...kept,
  ];
}

function resourceConstructors({ kind, resource }: LibraryObject): LibraryFunction[] {
  const scope = resource?.namespaced === true ? '' : ', which stands in no namespace';
  const name: FunctionParameter = { name: 'name', node: { type: 'string' }, default: undefined };
  const object: FunctionParameter = {
    name: 'object',
    node: { type: 'map', values: { type: 'any' } },
    default: undefined,
  };
  return [
    {
      name: 'new',
      parameters: [name],
      help: `A ${kind} of this name${scope}.`,
      property: undefined,
    },
    {
      name: 'fromObject',
      parameters: [object],
      help: `A ${kind} given as a whole, which is checked to its depth.`,
      property: undefined,
    },
  ];
}

function itemConstructors({ node, property }: Nested, api: Api): LibraryFunction[] {
  const parameters = requiredArguments(node, api).map(describeArgument);
  if (parameters.length === 0) return [];
  const help = `One of ${property}, with what it cannot do without.`;
  return [{ name: 'new', parameters, help, property: undefined }];
}

function describeArgument({ argument, node }: Argument): FunctionParameter {
  return { name: argument, node, default: undefined };
}

function setterFunctions(setter: Setter): LibraryFunction[] {
  const { name, mixin, node, property } = setter;
  const parameters = [describeArgument(setter)];
  const set = { name, parameters, help: node.description ?? '', property };
  if (mixin === undefined) return [set];
  return [set, { ...set, name: mixin, help: `As ${name}, but adds to what is there.` }];
}

function describeHandWritten({
  name,
  parameters,
  help,
  text,
}: HandWrittenFunction): LibraryFunction {
  return {
    name,
    help,
    property: undefined,
    parameters: parameters.map((one) => ({
      name: one.name,
      node: testedNode(one.name, text) ?? literalNode(one.default),
      default: one.default,
    })),
  };
}

const TESTS: readonly (readonly [test: string, node: Node])[] = [
  ['isString', { type: 'string' }],
  ['isNumber', { type: 'number' }],
  ['isBoolean', { type: 'boolean' }],
  ['isArray', { type: 'array', items: { type: 'any' } }],
  ['isObject', { type: 'map', values: { type: 'any' } }],
];

/** What the asserts of a function ask of a parameter, when it is one type. */
function testedNode(name: string, text: string): Node | undefined {
  const found = TESTS.filter(([test]) => text.includes(`std.${test}(${name})`));
  return found.length === 1 ? found[0]?.[1] : undefined;
}

function literalNode(text: string | undefined): Node | undefined {
  if (text === 'true' || text === 'false') return { type: 'boolean' };
  if (text === undefined) return undefined;
  if (/^\d+$/.test(text)) return { type: 'number' };
  if (text.startsWith("'")) return { type: 'string' };
  return text.startsWith('{') ? { type: 'map', values: { type: 'any' } } : undefined;
}

/** All objects of a library with where they stand. */
export function objectsOf(library: Library): LibraryObject[] {
  return library.groups.flatMap(({ versions }) => versions.flatMap(({ objects }) => objects));
}
