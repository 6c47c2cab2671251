import type { Json, Node, SchemaModel } from '../../lib/model/node.ts';

type Members = { readonly [key: string]: Json };

/** What the API server does before it validates: fields that are absent get their defaults. */
export function fillDefaults(value: Json, node: Node, model: SchemaModel): Json {
  const inner = (member: Json, of: Node): Json => fillDefaults(member, of, model);
  if (node.type === 'ref') return inner(value, model.definitions[node.name] as Node);
  if (node.type === 'array' && Array.isArray(value))
    return value.map((item) => inner(item as Json, node.items));
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return value;
  if (node.type === 'map')
    return mapMembers(value as Members, (member) => inner(member, node.values));
  if (node.type !== 'object') return value;
  const defaults = Object.entries(node.properties).flatMap(([name, property]): [string, Json][] =>
    property.default === undefined || Object.hasOwn(value, name) ? [] : [[name, property.default]],
  );
  return mapMembers({ ...(value as Members), ...Object.fromEntries(defaults) }, (member, name) => {
    const property = Object.hasOwn(node.properties, name) ? node.properties[name] : undefined;
    return property === undefined ? member : inner(member, property);
  });
}

function mapMembers(value: Members, change: (member: Json, name: string) => Json): Members {
  return Object.fromEntries(
    Object.entries(value).map(([name, member]) => [name, change(member, name)]),
  );
}
