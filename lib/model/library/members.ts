import type { Api } from '../lower-api.ts';
import type { Node, ObjectNode } from '../node.ts';
import { argumentName, camelLower, freeName, inClaimOrder, setterName } from './names.ts';

/** A function that sets one property: `withReplicas(replicas)`. */
export interface Setter {
  readonly type: 'setter';
  readonly name: string;
  /** The name of its one parameter. */
  readonly argument: string;
  readonly property: string;
  /** The property's node, references followed. */
  readonly node: Node;
  /** The name of the definition that the reference led to. */
  readonly definition: string | undefined;
  readonly required: boolean;
  /** Name of the function that adds to what is there, for arrays and maps: `withPortsMixin`. */
  readonly mixin: string | undefined;
}

/** A field that holds the functions of a nested object: `spec`. */
export interface Nested {
  readonly type: 'nested';
  readonly name: string;
  readonly property: string;
  readonly node: ObjectNode;
  readonly definition: string | undefined;
  /**
   * What its functions write: `field`, a part of the same object as the functions around it; `item`, an object of its
   * own, which is an item of the array or a value of the map of that name.
   */
  readonly writes: 'field' | 'item';
}

/** What an object of the library has, beside its constructors. */
export type Member = Setter | Nested;

/** Names that constructors have, and `mixin`, by which ksonnet's users reach the object itself. */
const RESERVED = ['new', 'fromObject', 'mixin'];

/** A reference followed to its end. */
export interface Resolved {
  readonly node: Node;
  readonly definition: string | undefined;
}

/** Follows references. What the place says of itself (its description, its default) wins over the definition. */
export function resolve(node: Node, api: Api): Resolved {
  if (node.type !== 'ref') return { node, definition: undefined };
  const target = api.definitions[node.name] ?? ({ type: 'any' } as const);
  const { type: _type, name, ...own } = node;
  const inner = resolve(target, api);
  return {
    node: { ...inner.node, ...own },
    definition: inner.definition ?? name,
  };
}

/** Where an object stands. */
export interface MembersOptions {
  /** Whether it is the root of a kind: its apiVersion, kind and status are not for users to set. */
  readonly isResource: boolean;
  /** The definitions that it is inside of; what is recursive is set as a whole. */
  readonly ancestors: ReadonlySet<string>;
}

const NOT_SETTABLE = new Set(['apiVersion', 'kind', 'status']);

/**
 * The functions and nested objects of an object, by property in code point order. Properties whose names lead to the same
 * function get numbers.
 */
export function membersOf(node: ObjectNode, api: Api, options: MembersOptions): Member[] {
  const taken = new Set(RESERVED);
  const properties = Object.keys(node.properties).filter(
    (property) => !(options.isResource && NOT_SETTABLE.has(property)),
  );
  const members = inClaimOrder(properties).flatMap((property): Member[] => {
    const resolved = resolve(node.properties[property] as Node, api);
    const nested = nestedOf(property, resolved, { api, taken, ...options });
    if (nested?.writes === 'field') return [nested];
    const required = node.required.includes(property);
    const setter = setterOf(property, resolved, { required, taken });
    return nested === undefined ? [setter] : [setter, nested];
  });
  // Sorting is stable: the setter of a property stays before its functions.
  return members.sort((a, b) => Number(a.property > b.property) - Number(a.property < b.property));
}

function setterOf(
  property: string,
  { node, definition }: Resolved,
  { required, taken }: { readonly required: boolean; readonly taken: Set<string> },
): Setter {
  const name = freeName(setterName(property), taken);
  const adds = node.type === 'array' || node.type === 'map' || node.type === 'object';
  return {
    type: 'setter',
    name,
    argument: argumentName(property),
    property,
    node,
    definition,
    required,
    mixin: adds ? freeName(`${name}Mixin`, taken) : undefined,
  };
}

interface NestedContext extends MembersOptions {
  readonly api: Api;
  readonly taken: Set<string>;
}

function nestedOf(
  property: string,
  { node, definition }: Resolved,
  { api, ancestors, taken }: NestedContext,
): Nested | undefined {
  const writes = node.type === 'object' ? 'field' : 'item';
  const inner = node.type === 'object' ? { node, definition } : itemOf(node, api);
  if (inner === undefined || !hasProperties(inner.node)) return undefined;
  if (inner.definition !== undefined && ancestors.has(inner.definition)) return undefined;
  const name = freeName(camelLower(property), taken);
  return { type: 'nested', name, property, writes, ...inner, node: inner.node };
}

/** What an array or a map holds, unless it has an object of the library of its own, as Kubernetes' definitions do. */
function itemOf(node: Node, api: Api): Resolved | undefined {
  if (node.type !== 'array' && node.type !== 'map') return undefined;
  const item = node.type === 'array' ? node.items : node.values;
  const resolved = resolve(item, api);
  return resolved.definition === undefined ? resolved : undefined;
}

/** Whether a node is an object with named properties: it has functions of its own. */
export function hasProperties(node: Node): node is ObjectNode {
  return node.type === 'object' && Object.keys(node.properties).length > 0;
}

/** What an item cannot do without, in the order of the schema. */
export function requiredProperties(node: ObjectNode): string[] {
  return node.required.filter(
    (name) => Object.hasOwn(node.properties, name) && node.properties[name]?.default === undefined,
  );
}

/** A parameter that takes the value of one property. */
export interface Argument extends Resolved {
  readonly argument: string;
  readonly property: string;
}

/** The parameters of the constructor of an item: `new(port, hosts)`; none when it can do without anything. */
export function requiredArguments(node: ObjectNode, api: Api): Argument[] {
  const taken = new Set<string>();
  return requiredProperties(node).map((property) => ({
    property,
    argument: freeName(argumentName(property), taken),
    ...resolve(node.properties[property] ?? { type: 'any' }, api),
  }));
}
