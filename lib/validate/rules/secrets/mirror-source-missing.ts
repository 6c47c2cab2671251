import { reflectedOf } from '../../rendered/reflection-sources.ts';
import type { Rule } from '../rule.ts';
import { sourceOf, sourcesNamed } from './mirror-source.ts';

/** A mirror names a source that nothing renders: it stays as it is. */
export const mirrorSourceMissing: Rule = {
  code: 'secrets/mirror-source-missing',
  looksForAbsence: true,
  *check(objects) {
    for (const mirror of reflectedOf(objects)) {
      const source = sourceOf(mirror);
      if (source === undefined) continue;
      const { namespace, name } = source;
      const same = sourcesNamed(objects, mirror.kind, name);
      if (same.some((one) => one.namespace === namespace || one.isEverywhere)) continue;
      const elsewhere = same.map((one) => one.namespace).filter((one) => one !== mirror.namespace);
      yield {
        on: mirror.on,
        path: mirror.pathOf('reflects'),
        fault: 'value',
        value: mirror.reflects,
        message: `no ${mirror.kind} ${name} is rendered in the namespace ${namespace}${elsewhere.length > 0 ? `, but in ${elsewhere.join(', ')}` : ''}`,
        expected: 'NAMESPACE/NAME of the source',
        hint: 'Render the source; when the cluster or another environment has it, accept this finding.',
      };
    }
  },
};
