import { patternsOverlap } from '../validate/rendered/patterns-overlap.ts';
import {
  isMirroredTo,
  isSurelyMirroredTo,
  patternMatches,
  type NamespaceFilter,
} from '../validate/rendered/reflection.ts';
import { reflectedOf, type Reflected } from '../validate/rendered/reflection-sources.ts';
import { sourceOf } from '../validate/rules/secrets/mirror-source.ts';
import { dataNode, IS_MIRRORED, MAY_BE_MIRRORED, objectOf } from './data-nodes.ts';
import type { GraphBuilder } from './graph-builder.ts';

/** Relates Secrets and ConfigMaps to the copies that Reflector makes of them. */
export function addMirrors(graph: GraphBuilder): void {
  for (const reflected of reflectedOf(graph.objects)) {
    const { kind, name } = reflected;
    const node = graph.object(objectOf(kind, reflected), 'made');
    const source = sourceOf(reflected);
    if (source !== undefined) graph.relate(dataNode(graph, kind, source), IS_MIRRORED, node);
    for (const { namespace, label } of mirrorsOf(graph, reflected))
      graph.relate(node, label, graph.object(objectOf(kind, { namespace, name }), 'mirror'));
  }
}

interface Mirror {
  /** A namespace; or, where none is known, the pattern or label selector that takes them. */
  readonly namespace: string;
  readonly label: string;
}

/** A pattern that takes more of the known namespaces stands for them all, which nobody would read one by one. */
const MOST_NAMESPACES = 20;
/** What no list at all means. */
const ANY = '.*';
const PLAIN = /^[a-z0-9](?:[-a-z0-9]*[a-z0-9])?$/;

function mirrorsOf(graph: GraphBuilder, { namespace: own, reflection }: Reflected): Mirror[] {
  const { allowed, auto, allowedNamespaces, autoNamespaces } = reflection;
  if (!allowed || !auto) return [];
  const [filter, other] = isLimited(autoNamespaces)
    ? [autoNamespaces, allowedNamespaces]
    : [allowedNamespaces, autoNamespaces];
  const patterns = isLimited(filter) ? filter.patterns : [ANY];
  const found = patterns.flatMap((pattern): Mirror[] => {
    const taken = PLAIN.test(pattern) ? [pattern] : knownNamespaces(graph, own, pattern);
    if (taken.length === 0 || taken.length > MOST_NAMESPACES)
      return mayMeet(pattern, other) ? [{ namespace: pattern, label: IS_MIRRORED }] : [];
    return taken
      .filter((namespace) => isMirroredTo(reflection, { own, namespace }))
      .map((namespace) => ({
        namespace,
        label: isSurelyMirroredTo(reflection, { own, namespace }) ? IS_MIRRORED : MAY_BE_MIRRORED,
      }));
  });
  const { selector } = filter;
  return selector === undefined
    ? found
    : [...found, { namespace: selector, label: MAY_BE_MIRRORED }];
}

function isLimited({ patterns, selector }: NamespaceFilter): boolean {
  return patterns.length > 0 || selector !== undefined;
}

function knownNamespaces({ objects }: GraphBuilder, own: string, pattern: string): string[] {
  return [...objects.namespaces].filter(
    (namespace) => namespace !== own && patternMatches(pattern, namespace) === true,
  );
}

function mayMeet(pattern: string, other: NamespaceFilter): boolean {
  if (!isLimited(other) || other.selector !== undefined) return true;
  return other.patterns.some((one) => patternsOverlap(one, pattern));
}
