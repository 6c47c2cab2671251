import { useEffect, useRef, useState } from 'preact/hooks';
import type { CutGraph } from './cut-hubs.ts';
import { LayoutMemory } from './layout-memory.ts';
import { inOrderOf, partsOf, type PlacedGraph, placeParts } from './place-cards.ts';

/** The picture as it is laid out, and what went wrong. */
export interface Placing {
  /** Of the graph before while a new one is being laid out; absent until the first is. */
  readonly placed?: PlacedGraph;
  readonly problem?: string;
}

/**
 * Lays out a graph whenever it is another one.
 *
 * @param aspect says width by height of the space that there is
 */
export function usePlaced(graph: CutGraph, aspect: () => number): Placing {
  const [placed, setPlaced] = useState<PlacedGraph>();
  const [problem, setProblem] = useState<string>();
  const memory = useRef<LayoutMemory | undefined>(undefined);
  const shown = useRef<PlacedGraph | undefined>(undefined);
  useEffect(() => {
    memory.current = new LayoutMemory(setProblem);
    return () => memory.current?.close();
  }, []);
  useEffect(() => {
    let isWanted = true;
    const place = async (): Promise<void> => {
      const parts = inOrderOf(
        partsOf(graph),
        shown.current?.cards.map(({ card }) => card.id) ?? [],
      );
      const layouts = await memory.current?.layouts(parts);
      if (!isWanted || !layouts) return;
      const next = placeParts(parts, layouts, aspect(), shown.current?.rowWidth);
      shown.current = next;
      setPlaced(next);
    };
    void place();
    return () => {
      isWanted = false;
    };
  }, [graph]);
  return { ...(placed ? { placed } : {}), ...(problem === undefined ? {} : { problem }) };
}
