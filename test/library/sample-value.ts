import type { Json, MapNode, Node, ObjectNode, StringNode } from '../../lib/model/node.ts';
import { STRING_FORMATS } from '../../lib/model/string-formats.ts';

type Definitions = { readonly [name: string]: Node };

/** Deeper than this an object is left empty: recursive definitions have no end. */
const DEPTH = 6;

/** Tried against a pattern and a format, in this order. */
const STRINGS = ['a', '1', '2026-01-31T12:00:00Z', 'YQ==', '1s', '10.0.0.1'];

/**
 * A small value that a schema accepts: of an object its required properties, or one when none is required; of an array
 * one item.
 */
export function sampleValue(node: Node, definitions: Definitions, depth = 0): Json {
  if (node.const !== undefined) return node.const;
  if (node.enum?.[0] !== undefined) return node.enum[0];
  const inner = (next: Node | undefined): Json =>
    sampleValue(next ?? { type: 'any' }, definitions, depth + 1);
  if (node.type === 'ref') return inner(definitions[node.name]);
  if (node.type === 'union') return inner(node.branches[0]);
  if (node.type === 'array') return depth > DEPTH ? [] : [inner(node.items)];
  if (node.type === 'map' || node.type === 'object')
    return depth > DEPTH ? {} : sampleFields(node, inner);
  return sampleScalar(node);
}

type Scalar = Exclude<Node, { type: 'ref' | 'union' | 'array' | 'map' | 'object' }>;

function sampleScalar(node: Scalar): Json {
  switch (node.type) {
    case 'string':
      return sampleString(node);
    case 'integer':
    case 'number':
      return Math.max(1, node.minimum ?? 1);
    case 'boolean':
      return true;
    case 'int-or-string':
      return 1;
    case 'quantity':
      return '1';
    case 'any':
      return { a: 'b' };
  }
}

function sampleString({ pattern, format = '', minLength = 1 }: StringNode): string {
  const own = pattern === undefined ? [] : [new RegExp(pattern, 'u')];
  const checked = STRING_FORMATS[format];
  const tests = checked === undefined ? own : [...own, checked];
  const found = STRINGS.find((text) => tests.every((test) => test.test(text))) ?? 'a';
  return found.padEnd(minLength, 'a');
}

const SCALARS = new Set<string | undefined>(['string', 'integer', 'boolean']);

function sampleFields(node: MapNode | ObjectNode, inner: (node: Node | undefined) => Json): Json {
  if (node.type === 'map')
    return { [sampleString(node.keys ?? { type: 'string' })]: inner(node.values) };
  const { properties, required } = node;
  const optional = Object.keys(properties).filter((name) => SCALARS.has(properties[name]?.type));
  const names = required.length > 0 ? required : optional.slice(0, 1);
  return Object.fromEntries(names.map((name) => [name, inner(properties[name])]));
}
