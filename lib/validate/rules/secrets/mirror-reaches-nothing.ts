import { patternMatches } from '../../rendered/reflection.ts';
import { type Reflected, reflectedOf } from '../../rendered/reflection-sources.ts';
import type { RenderedObjects } from '../../rendered/rendered-objects.ts';
import type { Rule } from '../rule.ts';

/**
 * A pattern of Reflector that takes none of the rendered namespaces. Only where Namespaces themselves are rendered, of which
 * the source's is not the only one: else they are another environment's.
 */
export const mirrorReachesNothing: Rule = {
  code: 'secrets/mirror-reaches-nothing',
  looksForAbsence: true,
  *check(objects) {
    for (const reflected of reflectedOf(objects)) {
      const { on, namespace, reflection, pathOf } = reflected;
      if (!reflection.allowed || !ownsNamespaces(objects, namespace)) continue;
      const { list, patterns } = patternsInUse(reflected);
      const others = [...objects.namespaces].filter((name) => name !== namespace);
      const idle = patterns.filter((pattern) =>
        others.every((name) => patternMatches(pattern, name) === false),
      );
      if (idle.length === 0 || patterns.every((pattern) => pattern === namespace)) continue;
      yield {
        on,
        path: pathOf(list),
        fault: 'value',
        value: patterns.join(','),
        message: `${idle.join(', ')} matches none of the rendered namespaces: ${some(others)}`,
        expected: 'patterns that match the whole name of a namespace',
        hint: 'When the namespace is made elsewhere, accept this finding.',
      };
    }
  },
};

function ownsNamespaces(objects: RenderedObjects, own: string): boolean {
  return objects.of('', 'Namespace').some(({ resource }) => resource.name !== own);
}

/** Mirrors are made by the automatic list; without it they are made by hand in what is allowed. */
function patternsInUse({ reflection }: Reflected): { list: string; patterns: readonly string[] } {
  const isAuto = reflection.auto && reflection.autoNamespaces.patterns.length > 0;
  return isAuto
    ? { list: 'reflection-auto-namespaces', patterns: reflection.autoNamespaces.patterns }
    : { list: 'reflection-allowed-namespaces', patterns: reflection.allowedNamespaces.patterns };
}

function some(names: readonly string[]): string {
  const most = 5;
  return `${names.slice(0, most).join(', ')}${names.length > most ? ', ...' : ''}`;
}
