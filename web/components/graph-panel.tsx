import { signal } from '@preact/signals';
import type { ComponentType, JSX } from 'preact';
import { useEffect } from 'preact/hooks';
import type { GraphViewProps } from '../graph/graph-view.tsx';
import { nodeMarks } from '../graph/node-marks.ts';
import { environment } from '../state/environment.ts';
import { resourceKeyOf } from '../state/relations.ts';
import { lastResource, openResource } from '../state/route.ts';

/** The view of the graph, loaded when it is first looked at. */
const loaded = signal<{ readonly GraphView: ComponentType<GraphViewProps> } | undefined>(undefined);

/** Id of the selected node. It stays while other views are looked at. */
const selectedNode = signal<string | undefined>(undefined);

/** How the resources of the environment depend on each other. */
export function GraphPanel(): JSX.Element {
  useEffect(() => {
    if (loaded.value === undefined)
      void import('../graph/graph-view.tsx').then((module) => (loaded.value = module));
    // Who comes from a resource looks for it.
    const opened = environment.peek()?.relations.nodes.find((node) => {
      const key = resourceKeyOf(node);
      return key !== undefined && key === lastResource.peek();
    });
    if (opened !== undefined) selectedNode.value = opened.id;
  }, []);
  const shown = environment.value;
  if (loaded.value === undefined || shown === undefined) return <p class="empty">Loading</p>;
  const { GraphView } = loaded.value;
  const graph = shown.relations;
  const open = (id: string): void => {
    const node = graph.nodes.find((one) => one.id === id);
    const key = node === undefined ? undefined : resourceKeyOf(node);
    if (key !== undefined) openResource(key);
  };
  return (
    <div class="graph-panel">
      <GraphView
        graph={graph}
        marks={nodeMarks(graph, shown.resources, shown.changes)}
        selected={selectedNode.value}
        onSelect={(id) => (selectedNode.value = id)}
        onOpen={open}
      />
    </div>
  );
}
