import { oncePer } from '../validate/rendered/once-per.ts';
import { isInEveryNamespace } from '../validate/rendered/provided-config-maps.ts';
import type { ObjectName } from '../validate/rendered/rendered-objects.ts';
import {
  isMirroredTo,
  isSurelyMirroredTo,
  readReflection,
} from '../validate/rendered/reflection.ts';
import { sourcesNamed, type MirrorSource } from '../validate/rules/secrets/mirror-source.ts';
import type { GraphBuilder } from './graph-builder.ts';
import type { RelationNode } from './relation-graph.ts';

/** The kinds of objects that Pods read and Reflector copies. */
export type DataKind = 'Secret' | 'ConfigMap';

/**
 * The node of a Secret or ConfigMap that something reads: rendered, made by a controller, or a mirror. What makes it where
 * it is read, and is not yet related to it, is related on the way.
 *
 * @param where its namespace is the empty string when it is not known.
 */
export function dataNode(
  graph: GraphBuilder,
  kind: DataKind,
  where: { readonly namespace: string; readonly name: string },
): RelationNode {
  const { namespace, name } = where;
  const { objects } = graph;
  const named = objectOf(kind, where);
  if (objects.find('', kind, where) !== undefined) return graph.object(named, 'missing');
  const sources = sourcesNamed(objects, kind, name);
  if (sources.some((source) => source.namespace === namespace || source.isEverywhere === true)) {
    const made = graph.object(named, 'made');
    relateEverywhere(graph, kind, { made, where });
    return made;
  }
  const mirrored = sources.filter((source) => mirrorLabel(source, namespace) !== undefined);
  if (mirrored.length > 0) {
    const mirror = graph.object(named, 'mirror');
    for (const source of mirrored)
      graph.relate(
        graph.object(objectOf(kind, { namespace: source.namespace, name }), 'made'),
        mirrorLabel(source, namespace) ?? '',
        mirror,
      );
    return mirror;
  }
  return elsewhere(graph, kind, { where, sources });
}

/** Something that no object makes in the namespace itself. */
function elsewhere(
  graph: GraphBuilder,
  kind: DataKind,
  { where, sources }: { readonly where: ObjectName; readonly sources: readonly MirrorSource[] },
): RelationNode {
  const { namespace = '', name } = where;
  if (kind === 'ConfigMap' && isInEveryNamespace(graph.objects, name)) {
    const made = graph.object(objectOf(kind, { namespace, name }), 'made');
    for (const bundle of graph.objects.of('trust.cert-manager.io', 'Bundle'))
      if (bundle.resource.name === name) graph.relate(graph.rendered(bundle), 'makes', made);
    return made;
  }
  // What names no namespace is put into one later, most likely into this one.
  const later = sources.find((source) => source.namespace === '' || namespace === '');
  return graph.object(
    objectOf(kind, { namespace: later?.namespace ?? namespace, name }),
    later === undefined ? 'missing' : 'made',
  );
}

/** Labels of namespaces decide where a ClusterExternalSecret makes its Secret; here it is read. */
function relateEverywhere(
  graph: GraphBuilder,
  kind: DataKind,
  { made, where }: { readonly made: RelationNode; readonly where: ObjectName },
): void {
  if (kind === 'ConfigMap') return;
  for (const secret of graph.objects.secrets.named(where.name))
    if (secret.isEverywhere === true) graph.relate(graph.rendered(secret.by), 'makes', made);
}

/** How the object of the core group is named. */
export function objectOf(
  kind: DataKind | 'ServiceAccount' | 'Service',
  { namespace = '', name }: ObjectName,
): { apiVersion: 'v1'; kind: string; namespace: string; name: string } {
  return { apiVersion: 'v1', kind, namespace, name };
}

/** How a source is related to its copy in a namespace; undefined when Reflector makes none there. */
function mirrorLabel(source: MirrorSource, namespace: string): string | undefined {
  const reflection = reflectionOf(source.annotations);
  const where = { own: source.namespace, namespace };
  if (!isMirroredTo(reflection, where)) return undefined;
  return isSurelyMirroredTo(reflection, where) ? IS_MIRRORED : MAY_BE_MIRRORED;
}

/** Reflector surely makes the copy. */
export const IS_MIRRORED = 'is mirrored as';
/** Labels of the namespace decide, or a pattern that cannot be tried. */
export const MAY_BE_MIRRORED = 'may be mirrored as';

const reflectionOf = oncePer(readReflection);
