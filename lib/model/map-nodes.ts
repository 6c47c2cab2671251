import type { Node } from './node.ts';

/**
 * Rebuilds a node from the inside out.
 *
 * @param change given a node whose inner nodes are changed already; returns the node or another.
 */
export function mapNode(node: Node, change: (node: Node) => Node): Node {
  const inner = (child: Node): Node => mapNode(child, change);
  switch (node.type) {
    case 'object':
      return change({ ...node, properties: mapValues(node.properties, inner) });
    case 'map':
      return change({ ...node, values: inner(node.values) });
    case 'array':
      return change({ ...node, items: inner(node.items) });
    case 'union':
      return change({ ...node, branches: node.branches.map(inner) });
    case 'string':
    case 'number':
    case 'integer':
    case 'boolean':
    case 'int-or-string':
    case 'quantity':
    case 'any':
    case 'ref':
      return change(node);
  }
}

/** Applies `change` to every value of an object, keeping the keys and their order. */
export function mapValues<From, To>(
  object: { readonly [key: string]: From },
  change: (value: From, key: string) => To,
): { [key: string]: To } {
  return Object.fromEntries(
    Object.entries(object).map(([key, value]) => [key, change(value, key)]),
  );
}
