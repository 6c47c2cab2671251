import type { Api } from '../lower-api.ts';
import type { ArrayNode, Json, MapNode, Node, NumericNode, StringNode } from '../node.ts';
import { resolve } from './members.ts';

/**
 * The type of a value in words: `string`, `array of Container`, `map of string`.
 *
 * @param node references are followed; a definition is called by its last name.
 */
export function typeWords(node: Node, api: Api): string {
  const { node: resolved, definition } = resolve(node, api);
  switch (resolved.type) {
    case 'array':
      return `array of ${typeWords(resolved.items, api)}`;
    case 'map':
      return resolved.values.type === 'any'
        ? 'object'
        : `map of ${typeWords(resolved.values, api)}`;
    case 'object':
      return definition?.split('.').at(-1) ?? 'object';
    case 'int-or-string':
      return 'integer or string';
    case 'any':
      return 'any value';
    case 'union':
      return unionWords(resolved.branches, api);
    default:
      return resolved.type;
  }
}

function unionWords(branches: readonly Node[], api: Api): string {
  return [...new Set(branches.map((branch) => typeWords(branch, api)))].join(' or ');
}

/** Something that a schema asks of a value, or says of it. */
export interface Fact {
  /** What it is about: `default`, `pattern`, `list map keys`. */
  readonly name: string;
  readonly text: string;
}

/** What is allowed beside the type, in words. */
export function factsOf(node: Node, api: Api): Fact[] {
  const { node: resolved } = resolve(node, api);
  const facts: (readonly [name: string, text: string | undefined])[] = [
    ['default', resolved.default === undefined ? undefined : JSON.stringify(resolved.default)],
    ['always', resolved.const === undefined ? undefined : showValue(resolved.const)],
    ...limitsOf(resolved, api),
    ['null', resolved.nullable === true ? 'is a value of its own' : undefined],
    ['secret', resolved.writeOnly === true ? 'no message shows it' : undefined],
    ['deprecated', resolved.deprecated === true ? 'do not use it any more' : undefined],
    ...(resolved.cel ?? []).map((one) => ['rule', one.message ?? one.rule] as const),
  ];
  return facts.flatMap(([name, text]) => (text === undefined ? [] : [{ name, text }]));
}

/**
 * The values that are allowed, as Jsonnet writes them.
 *
 * @returns empty when they are not listed. What an array or a map holds counts.
 */
export function allowedValues(node: Node, api: Api): string[] {
  const { node: resolved } = resolve(node, api);
  if (resolved.enum !== undefined) return resolved.enum.map(showValue);
  if (resolved.type === 'array') return allowedValues(resolved.items, api);
  return resolved.type === 'map' ? allowedValues(resolved.values, api) : [];
}

function showValue(value: Json): string {
  return typeof value === 'string' && value !== '' ? value : JSON.stringify(value);
}

type Row = readonly [name: string, text: string | undefined];

function limitsOf(node: Node, api: Api): Row[] {
  switch (node.type) {
    case 'string':
      return textLimits(node);
    case 'integer':
    case 'number':
      return numberLimits(node);
    case 'int-or-string':
      return [
        ['pattern', node.pattern],
        ['range', range(node.minimum, node.maximum)],
      ];
    case 'array':
      return arrayLimits(node, api);
    case 'map':
      return mapLimits(node);
    case 'object':
      return [
        ['fields', range(node.minProperties, node.maxProperties)],
        ['open', node.closed ? undefined : 'fields that are not named here are kept'],
        ['embedded', node.embeddedResource === true ? 'a whole object of Kubernetes' : undefined],
      ];
    default:
      return [];
  }
}

function textLimits(node: StringNode): Row[] {
  return [
    ['format', node.format],
    ['length', range(node.minLength, node.maxLength)],
    ['pattern', node.pattern],
  ];
}

function numberLimits(node: NumericNode): Row[] {
  return [
    ['range', range(node.minimum, node.maximum)],
    ['above', node.exclusiveMinimum?.toString()],
    ['below', node.exclusiveMaximum?.toString()],
    ['multiple of', node.multipleOf?.toString()],
  ];
}

function arrayLimits(node: ArrayNode, api: Api): Row[] {
  const isSet = node.uniqueItems === true || node.listType === 'set';
  const item = resolve(node.items, api).node;
  const isScalar = item.type !== 'object' && item.type !== 'array' && item.type !== 'map';
  return [
    ['items', range(node.minItems, node.maxItems)],
    ['unique', isSet ? 'no item twice' : undefined],
    ['one item for each', node.mapKeys?.join(', ')],
    ...(isScalar ? limitsOf(item, api).map(([name, text]) => [`item ${name}`, text] as const) : []),
  ];
}

function mapLimits(node: MapNode): Row[] {
  return [
    ['fields', range(node.minProperties, node.maxProperties)],
    ['key pattern', node.keys?.pattern],
  ];
}

function range(least: number | undefined, most: number | undefined): string | undefined {
  if (least === undefined) return most === undefined ? undefined : `at most ${most}`;
  if (most === undefined) return `at least ${least}`;
  return least === most ? `${least}` : `${least} to ${most}`;
}
