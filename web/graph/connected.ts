/** A connection between two things, by their ids, with a direction. */
export interface Connection {
  readonly from: string;
  readonly to: string;
}

/**
 * @param start id of one thing
 * @returns its id and those of everything on a path to it or from it, in the direction of the connections
 */
export function onPathsThrough(
  connections: readonly Connection[],
  start: string,
): ReadonlySet<string> {
  const found = new Set([start]);
  for (const end of ['from', 'to'] as const) {
    const next = neighbours(connections, end);
    const seen = new Set([start]);
    for (const id of seen) {
      found.add(id);
      for (const other of next.get(id) ?? []) seen.add(other);
    }
  }
  return found;
}

/** @returns for each id those at the other end of its connections; `end` is the end that the id is at. */
function neighbours(
  connections: readonly Connection[],
  end: 'from' | 'to',
): ReadonlyMap<string, readonly string[]> {
  const found = new Map<string, string[]>();
  for (const connection of connections) {
    const other = end === 'from' ? connection.to : connection.from;
    const list = found.get(connection[end]);
    if (list) list.push(other);
    else found.set(connection[end], [other]);
  }
  return found;
}

/**
 * @param ids of all things
 * @returns the sets of things that hang together whatever the direction, each sorted by code point, sorted by their first
 */
export function components(
  ids: readonly string[],
  connections: readonly Connection[],
): readonly (readonly string[])[] {
  const next = neighbours(
    [...connections, ...connections.map(({ from, to }) => ({ from: to, to: from }))],
    'from',
  );
  const done = new Set<string>();
  const found: string[][] = [];
  for (const id of ids.toSorted()) {
    if (done.has(id)) continue;
    const component = new Set([id]);
    for (const one of component) for (const other of next.get(one) ?? []) component.add(other);
    for (const one of component) done.add(one);
    found.push([...component].toSorted());
  }
  return found;
}
