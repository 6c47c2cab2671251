import type { Api } from '../lower-api.ts';
import { byCodePoint, jsonPointer } from '../json-schema.ts';
import type { Node, UnexpressedKeyword } from '../node.ts';

type Place = readonly (string | number)[];

/**
 * The CEL rules of a source. The Model holds them, a library in Jsonnet cannot run them.
 *
 * @returns one keyword with their number and the first place, or nothing when there are none.
 */
export function uncheckedRules({ resources, definitions }: Api): UnexpressedKeyword[] {
  const places: Place[] = [];
  for (const [name, node] of Object.entries(definitions))
    collect(node, ['definitions', name], places);
  for (const { group, version, kind, definition, node } of resources)
    if (definition === undefined) collect(node, [`${group}/${version}/${kind}`], places);
  const [first] = places.map(jsonPointer).sort(byCodePoint);
  if (first === undefined) return [];
  return [{ keyword: 'x-kubernetes-validations', count: places.length, at: first }];
}

function collect(node: Node, at: Place, places: Place[]): void {
  places.push(...(node.cel ?? []).map(() => at));
  switch (node.type) {
    case 'object':
      for (const [name, property] of Object.entries(node.properties))
        collect(property, [...at, 'properties', name], places);
      break;
    case 'array':
      collect(node.items, [...at, 'items'], places);
      break;
    case 'map':
      collect(node.values, [...at, 'additionalProperties'], places);
      break;
    case 'union':
      node.branches.forEach((branch, index) => collect(branch, [...at, index], places));
      break;
    default:
  }
}
