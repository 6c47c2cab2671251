import type { Json, Node, NumericNode, StringNode } from '../../model/node.ts';
import { code } from './markdown.ts';

/** A longer pattern says less to a reader than the words about it. */
const MAX_PATTERN_LENGTH = 48;

/** The type of a value and its limits, in Markdown: `string (1 to 63 characters)`, `array of string`. */
export function typeWords(node: Node): string {
  const limits = limitsOf(node).filter((limit) => limit !== '');
  return [
    ...(node.writeOnly === true ? ['secret'] : []),
    node.enum === undefined ? nameOf(node) : valueWords(node.enum),
    ...(limits.length === 0 ? [] : [`(${limits.join(', ')})`]),
    ...partsOf(node),
  ].join(' ');
}

function nameOf(node: Node): string {
  if (node.type === 'map' && node.values.type === 'any') return 'object';
  return node.type === 'any' ? 'any value' : node.type;
}

function valueWords(values: readonly Json[]): string {
  return values.map((one) => code(JSON.stringify(one))).join(', ');
}

function partsOf(node: Node): string[] {
  if (node.type === 'array') return [`of ${typeWords(node.items)}`];
  if (node.type !== 'map' || node.values.type === 'any') return [];
  return [`of ${typeWords(node.values)}`];
}

function limitsOf(node: Node): string[] {
  switch (node.type) {
    case 'array':
      return [sizeWords(node.minItems, node.maxItems, 'item')];
    case 'map':
      return [sizeWords(node.minProperties, node.maxProperties, 'field'), keyWords(node.keys)];
    case 'object':
      return [sizeWords(node.minProperties, node.maxProperties, 'field')];
    case 'string':
      return [sizeWords(node.minLength, node.maxLength, 'character'), patternWords(node.pattern)];
    case 'integer':
    case 'number':
      return [rangeWords(node.minimum, node.maximum), alternativeWords(node)];
    default:
      return [];
  }
}

function keyWords(keys: StringNode | undefined): string {
  const limits = keys === undefined ? [] : limitsOf(keys).filter((limit) => limit !== '');
  return limits.length === 0 ? '' : `names: ${limits.join(', ')}`;
}

interface Range {
  readonly const?: number;
  readonly minimum?: number;
  readonly maximum?: number;
}

function alternativeWords(node: NumericNode): string {
  const ranges = (node.junctors?.anyOf ?? []) as readonly Range[];
  return ranges
    .map((range) => range.const?.toString() ?? rangeWords(range.minimum, range.maximum))
    .join(' or ');
}

function sizeWords(minimum: number | undefined, maximum: number | undefined, unit: string): string {
  if (maximum === undefined && minimum === 1) return 'not empty';
  const range =
    minimum === maximum && minimum !== undefined ? `${minimum}` : rangeWords(minimum, maximum);
  return range === '' ? '' : `${range} ${unit}${(maximum ?? minimum) === 1 ? '' : 's'}`;
}

function rangeWords(minimum: number | undefined, maximum: number | undefined): string {
  if (minimum === undefined) return maximum === undefined ? '' : `at most ${maximum}`;
  return maximum === undefined ? `at least ${minimum}` : `${minimum} to ${maximum}`;
}

function patternWords(pattern: string | undefined): string {
  const isShown =
    pattern !== undefined && pattern.length <= MAX_PATTERN_LENGTH && !pattern.includes('`');
  return isShown ? code(pattern) : '';
}
