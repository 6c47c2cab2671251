import type { Json, Node, ObjectNode, StringNode } from '../../lib/model/node.ts';
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
  const inner = (next: Node): Json => sampleValue(next, definitions, depth + 1);
  switch (node.type) {
    case 'ref':
      return inner(definitions[node.name] ?? { type: 'any' });
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
    case 'array':
      return depth > DEPTH ? [] : [inner(node.items)];
    case 'map':
      return depth > DEPTH
        ? {}
        : { [sampleString(node.keys ?? { type: 'string' })]: inner(node.values) };
    case 'object':
      return depth > DEPTH ? {} : sampleObject(node, inner);
    case 'union':
      return inner(node.branches[0] ?? { type: 'any' });
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

function sampleObject(node: ObjectNode, inner: (node: Node) => Json): Json {
  const scalar = ['string', 'integer', 'boolean'];
  const optional = Object.keys(node.properties).filter((name) =>
    scalar.includes(node.properties[name]?.type ?? ''),
  );
  const names = node.required.length > 0 ? node.required : optional.slice(0, 1);
  return Object.fromEntries(
    names.map((name) => [name, inner(node.properties[name] ?? { type: 'any' })]),
  );
}
