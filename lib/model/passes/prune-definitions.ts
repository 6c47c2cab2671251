import { mapNode } from '../map-nodes.ts';
import type { Node, SchemaModel } from '../node.ts';
import { refsIn } from '../reachable-definitions.ts';

/**
 * Drops the definitions that no reference leads to, such as those whose last reference another pass
 * removed. A reference to a definition that does not exist becomes `any`, so that later stages can follow each.
 */
export function pruneDefinitions(model: SchemaModel): SchemaModel {
  const reached = new Set<string>();
  const pending: Node[] = [model.root];
  for (let node = pending.pop(); node !== undefined; node = pending.pop())
    for (const name of namesIn(node)) {
      const definition = model.definitions[name];
      if (definition === undefined || reached.has(name)) continue;
      reached.add(name);
      pending.push(definition);
    }
  const close = (node: Node): Node => mapNode(node, (inner) => withoutDanglingRef(inner, reached));
  return {
    root: close(model.root),
    definitions: Object.fromEntries(
      Object.entries(model.definitions)
        .filter(([name]) => reached.has(name))
        .map(([name, node]) => [name, close(node)]),
    ),
  };
}

function withoutDanglingRef(node: Node, known: ReadonlySet<string>): Node {
  if (node.type !== 'ref' || known.has(node.name)) return node;
  const { type: _type, name: _name, ...base } = node;
  return { ...base, type: 'any' };
}

function namesIn(node: Node): Set<string> {
  const names = new Set<string>();
  mapNode(node, (inner) => {
    if (inner.type === 'ref') names.add(inner.name);
    for (const name of refsIn(inner.junctors)) names.add(name);
    return inner;
  });
  return names;
}
