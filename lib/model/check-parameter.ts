import { Failure } from '../finding/failure.ts';
import type { Encoding, Parameter } from './family.ts';
import type { Node } from './node.ts';

/** The types that an encoding can write. */
const ENCODABLE: { readonly [encoding in Encoding]?: readonly string[] } = {
  string: ['boolean', 'integer'],
  'go-bool': ['boolean'],
  'comma-list': ['array of string'],
  'semicolon-list': ['array of string'],
  csv: ['array of string'],
  base64: ['string'],
};

const RANGES = [
  ['minLength', 'maxLength'],
  ['minItems', 'maxItems'],
  ['minProperties', 'maxProperties'],
  ['minimum', 'maximum'],
] as const;

/**
 * Refuses what the meta-schema cannot: keywords that contradict each other.
 *
 * @param place names the declaration and the definition, for messages.
 * @throws Failure `usage` that names the parameter.
 */
export function checkParameter(parameter: Parameter, place: string): void {
  const problem = encodingProblem(parameter) ?? metadataProblem(parameter);
  if (problem !== undefined) throw new Failure('usage', `${place}: ${parameter.name}: ${problem}`);
  checkNode(parameter.node, `${place}: ${parameter.name}`);
}

function encodingProblem({ encoding, node }: Parameter): string | undefined {
  const types = ENCODABLE[encoding];
  if (types === undefined || types.includes(typeName(node))) return undefined;
  return `the encoding ${encoding} writes ${types.join(' or ')}, not ${typeName(node)}`;
}

function typeName(node: Node): string {
  return node.type === 'array' ? `array of ${node.items.type}` : node.type;
}

/** tk refuses an object that has an annotation or a label which is no string. */
function metadataProblem({ encoding, node, targets }: Parameter): string | undefined {
  if (encoding !== 'value' || node.type === 'string') return undefined;
  const key = targets.find(
    ([metadata, field, ...rest]) =>
      metadata === 'metadata' && (field === 'annotations' || field === 'labels') && rest.length > 0,
  );
  if (key === undefined) return undefined;
  return `${key.join('.')} is a string in a manifest, so x-tankard-encoding must say how it is made`;
}

function checkNode(node: Node, place: string): void {
  for (const [least, most] of RANGES) {
    const limits = node as { readonly [limit in typeof least | typeof most]?: number };
    if ((limits[least] ?? -Infinity) > (limits[most] ?? Infinity))
      throw new Failure('usage', `${place}: ${least} is greater than ${most}`);
  }
  if (node.type === 'array') checkNode(node.items, `${place}[]`);
  if (node.type === 'map') checkNode(node.values, `${place}.*`);
  if (node.type !== 'object') return;
  const named = [...node.required, ...Object.entries(node.dependencies ?? {}).flat(2)];
  const stranger = named.find((name) => !Object.hasOwn(node.properties, name));
  if (stranger !== undefined)
    throw new Failure('usage', `${place}: no property is named ${stranger}`);
  for (const [name, property] of Object.entries(node.properties))
    checkNode(property, `${place}.${name}`);
}
