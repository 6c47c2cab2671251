import { reflectedOf } from '../../rendered/reflection-sources.ts';
import type { Rule } from '../rule.ts';

/** Mirrors are to be made in the namespace of the source alone, where Reflector never makes one. */
export const mirrorInOwnNamespace: Rule = {
  code: 'secrets/mirror-in-own-namespace',
  *check(objects) {
    for (const { on, kind, namespace, reflection, pathOf } of reflectedOf(objects)) {
      const { patterns, selector } = reflection.autoNamespaces;
      if (!reflection.auto || selector !== undefined || patterns.length === 0) continue;
      if (patterns.some((pattern) => pattern !== namespace)) continue;
      yield {
        on,
        path: pathOf('reflection-auto-namespaces'),
        fault: 'value',
        value: patterns.join(','),
        message: `mirrors are to be made in ${namespace} alone, where the ${kind} itself is`,
        expected: 'other namespaces than that of the source',
        hint: 'Name the namespaces that need a copy.',
      };
    }
  },
};
