import fc from 'fast-check';
import type {
  ArrayNode,
  IntOrStringNode,
  Json,
  MapNode,
  Node,
  NumericNode,
  ObjectNode,
  SchemaModel,
  StringNode,
  UniqueKeys,
} from '../../lib/model/node.ts';
import { customResourceFormat } from '../../lib/model/custom-resource-formats.ts';
import { toJavaScriptPattern } from '../../lib/model/re2-pattern.ts';
import { QUANTITY_FORMAT, STRING_FORMATS } from '../../lib/model/string-formats.ts';
import { conditionChoices } from './conditions.ts';

type Values = fc.Arbitrary<Json>;

/** Below so many objects and lists only what is required is generated: recursive schemas end there. */
export const DEEPEST = 12;
/** So many optional fields an object has at most, so that instances stay small; over many runs all are met. */
const MOST_OPTIONAL = 3;

/** Makes arbitrary values from the nodes of one model, each arbitrary once. */
export class InstanceGenerator {
  readonly #model: SchemaModel;
  readonly #made = new Map<Node, Map<number, Values>>();

  constructor(model: SchemaModel) {
    this.#model = model;
  }

  /** Values that the whole schema allows. */
  get instances(): Values {
    return this.values(this.#model.root, 0);
  }

  /** The node itself, or what it refers to. */
  resolve(node: Node): Node {
    return node.type === 'ref' ? this.resolve(this.#model.definitions[node.name] as Node) : node;
  }

  /**
   * Values that a node allows.
   *
   * @param depth how many objects and lists are around the node.
   */
  values(node: Node, depth: number): Values {
    const byDepth = this.#made.get(node) ?? new Map<number, Values>();
    this.#made.set(node, byDepth);
    const made = byDepth.get(depth) ?? this.#make(node, depth);
    byDepth.set(depth, made);
    return made;
  }

  #make(node: Node, depth: number): Values {
    const values = exactly(node) ?? this.#shape(node, depth);
    if (node.nullable !== true) return values;
    return fc.oneof({ weight: 8, arbitrary: values }, { weight: 1, arbitrary: fc.constant(null) });
  }

  #shape(node: Node, depth: number): Values {
    switch (node.type) {
      case 'object':
        return this.#object(node, depth);
      case 'map':
        return this.#map(node, depth);
      case 'array':
        return this.#array(node, depth);
      case 'string':
        return strings(node);
      case 'number':
      case 'integer':
        return numbers(node);
      case 'boolean':
        return fc.boolean();
      case 'int-or-string':
        return fc.oneof(numbers({ ...node, type: 'integer', format: 'int32' }), texts(node));
      case 'quantity':
        return fc.oneof(fc.nat(), strings({ type: 'string', format: QUANTITY_FORMAT }));
      case 'union':
        return fc.oneof(...node.branches.map((branch) => this.values(branch, depth)));
      case 'any':
        return fc.jsonValue({ maxDepth: 1 }).filter((value) => value !== null) as Values;
      case 'ref':
        return this.values(this.resolve(node), depth);
    }
  }

  #object(node: ObjectNode, depth: number): Values {
    const names = Object.keys(node.properties);
    const { minProperties = 0, maxProperties = Infinity } = node;
    return conditionChoices(node.junctors).chain(({ include, exclude }) => {
      const always = new Set(
        [...neededOf(node), ...include].filter((name) => names.includes(name)),
      );
      const optional = names.filter((name) => !always.has(name) && !exclude.includes(name));
      const least = Math.max(0, minProperties - always.size);
      const most = Math.min(Math.max(mostOptional(depth), least), maxProperties - always.size);
      const size = {
        minLength: Math.min(least, optional.length),
        maxLength: Math.min(most, optional.length),
      };
      return fc
        .subarray(optional, size)
        .chain((chosen) =>
          this.#record(node, withDependencies(node, [...always, ...chosen]), depth),
        );
    });
  }

  #record(node: ObjectNode, names: readonly string[], depth: number): Values {
    const members = names.map((name): [string, Values] => [
      name,
      this.values(node.properties[name] as Node, depth + 1),
    ]);
    return fc.record(Object.fromEntries(members), { noNullPrototype: true });
  }

  #map(node: MapNode, depth: number): Values {
    const { minProperties = 0, maxProperties = Infinity } = node;
    const maxKeys = Math.min(maxProperties, Math.max(minProperties, depth >= DEEPEST ? 0 : 2));
    return fc.dictionary(
      node.keys === undefined ? mapKeys : (strings(node.keys) as fc.Arbitrary<string>),
      this.values(node.values, depth + 1),
      {
        minKeys: minProperties,
        maxKeys,
        noNullPrototype: true,
      },
    );
  }

  #array(node: ArrayNode, depth: number): Values {
    const { minItems = 0, maxItems = Infinity } = node;
    const most = Math.min(maxItems, Math.max(minItems, depth >= DEEPEST ? 0 : 2));
    // An empty list shows little.
    const minLength = fc.oneof(
      { weight: 5, arbitrary: fc.constant(Math.max(minItems, Math.min(1, most))) },
      { weight: 1, arbitrary: fc.constant(minItems) },
    );
    const items = this.values(node.items, depth + 1);
    const limits = (length: number) => ({ minLength: length, maxLength: most });
    const isSame = this.#sameness(node);
    return minLength.chain((length) =>
      isSame === undefined
        ? fc.array(items, limits(length))
        : fc.uniqueArray(items, { ...limits(length), comparator: isSame }),
    );
  }

  /** Which items of a list must not be in it together, if any. */
  #sameness(node: ArrayNode): ((left: Json, right: Json) => boolean) | undefined {
    const { uniqueItems, listType, mapKeys, uniqueKeys = [] } = node;
    const identities: ((item: Json) => string | undefined)[] = uniqueKeys.map(
      (unique) => (item) => uniqueKey(item, unique),
    );
    if (uniqueItems === true || listType === 'set') identities.push((item) => JSON.stringify(item));
    else if (listType === 'map' && mapKeys !== undefined)
      identities.push((item) => listMapKey(item, node, this.resolve(node.items)));
    if (identities.length === 0) return undefined;
    return (left, right) =>
      identities.some((of) => of(left) !== undefined && of(left) === of(right));
  }
}

/** What tells the items of a list map apart; an absent key counts with its default. */
function listMapKey(item: Json, { mapKeys = [] }: ArrayNode, items: Node): string {
  const members = (item ?? {}) as { [key: string]: Json };
  const properties = items.type === 'object' ? items.properties : {};
  return JSON.stringify(mapKeys.map((key) => members[key] ?? properties[key]?.default ?? null));
}

/** @returns undefined when the item lacks a key without a default: it is not compared. */
export function uniqueKey(item: Json, { keys, defaults = {} }: UniqueKeys): string | undefined {
  const members = (item ?? {}) as { [key: string]: Json };
  const values = keys.map((key) => members[key] ?? defaults[key]);
  return values.includes(undefined) ? undefined : JSON.stringify(values);
}

function exactly(node: Node): Values | undefined {
  if (node.const !== undefined) return fc.constant(node.const);
  return node.enum === undefined || node.enum.length === 0
    ? undefined
    : fc.constantFrom(...node.enum);
}

/** What is required and has no default. */
function neededOf({ required, properties }: ObjectNode): string[] {
  return required.filter((name) => properties[name]?.default === undefined);
}

function mostOptional(depth: number): number {
  if (depth >= DEEPEST) return 0;
  return depth > DEEPEST / 2 ? 1 : MOST_OPTIONAL;
}

function withDependencies({ dependencies = {} }: ObjectNode, names: readonly string[]): string[] {
  const others = new Map(Object.entries(dependencies));
  return [...new Set(names.flatMap((name) => [name, ...(others.get(name) ?? [])]))];
}

/** Texts that decoders take for something else, and any others. */
const anyText = fc.oneof(
  fc.constantFrom(
    '',
    'web',
    'a-b.c',
    'true',
    'null',
    'yes',
    '~',
    '1',
    '1e3',
    '0x1F',
    '12:30',
    '2026-01-02',
    '=',
    '|',
  ),
  fc.constantFrom(
    ' ',
    "it's",
    '"',
    '\\',
    '%s',
    '${x}',
    '{{ x }}',
    '---',
    'é',
    '😀',
    '\u0000',
    '\u2028',
  ),
  fc.string({ maxLength: 12 }),
  fc.string({ unit: 'grapheme', maxLength: 8 }),
);

const mapKeys = fc.oneof(
  fc.constantFrom(
    'app',
    'app.kubernetes.io/name',
    'a-b',
    'A_B',
    '',
    '$ref',
    'constructor',
    'self',
    'local',
  ),
  fc.string({ minLength: 1, maxLength: 8 }).filter((name) => name !== '__proto__'),
);

/** Strings that a node without const and enum allows. */
export function strings(node: StringNode): Values {
  const { format = '' } = node;
  if (node.pattern === undefined) {
    if (format === 'byte') return base64(0);
    // In custom resources it may not be empty.
    if (format === customResourceFormat('byte')) return base64(1);
    if (format === 'date-time' || format === customResourceFormat('date-time')) return times;
  }
  if (node.pattern === undefined && format === QUANTITY_FORMAT)
    return fc.stringMatching(STRING_FORMATS[QUANTITY_FORMAT] as RegExp);
  return texts(node);
}

const times = fc
  .tuple(
    fc.date({ noInvalidDate: true, min: new Date('0001-01-01'), max: new Date('9999-12-30') }),
    fc.constantFrom('Z', '.5Z', '.123456Z', '+02:00', '-11:30'),
  )
  .map(([date, zone]) => date.toISOString().slice(0, 19) + zone);

function base64(minLength: number): Values {
  return fc
    .uint8Array({ minLength, maxLength: 12 })
    .map((bytes) => Buffer.from(bytes).toString('base64'));
}

function texts(node: StringNode | IntOrStringNode): Values {
  const { maxLength } = node;
  const minLength = node.type === 'string' ? (node.minLength ?? 0) : 0;
  const fits = (text: string): boolean => {
    const { length } = Array.from(text);
    return length >= minLength && length <= (maxLength ?? Infinity);
  };
  const pattern = node.pattern === undefined ? undefined : toJavaScriptPattern(node.pattern);
  const limit = maxLength === undefined ? {} : { maxLength };
  if (pattern !== undefined) return fc.stringMatching(new RegExp(pattern, 'u'), limit).filter(fits);
  const atLeast = minLength < 8 ? [anyText.filter(fits)] : [];
  return fc.oneof(
    ...atLeast,
    fc.string({ unit: 'grapheme-ascii', minLength, ...limit }).filter(fits),
  );
}

function numbers(node: NumericNode): Values {
  const { min, max } = bounds(node);
  if (node.type === 'number' && node.multipleOf === undefined)
    return fc.double({ min, max, noNaN: true, noDefaultInfinity: true }).map((value) => value + 0);
  const step = node.multipleOf ?? 1;
  return fc
    .integer({ min: Math.ceil(min / step), max: Math.floor(max / step) })
    .map((value) => value * step + 0);
}

/**
 * The least and the greatest value of a number.
 *
 * @returns whole numbers stay where JavaScript has them all, and within int32 for the format of that name.
 */
export function bounds(node: NumericNode): { min: number; max: number } {
  const range = node.format === 'int32' ? 2 ** 31 : 2 ** 53;
  const isWhole = node.type === 'integer';
  const after = isWhole ? 1 : Number.EPSILON;
  return {
    min:
      node.minimum ??
      (node.exclusiveMinimum === undefined
        ? -range + (range > 2 ** 31 ? 1 : 0)
        : node.exclusiveMinimum + after),
    max:
      node.maximum ??
      (node.exclusiveMaximum === undefined ? range - 1 : node.exclusiveMaximum - after),
  };
}
