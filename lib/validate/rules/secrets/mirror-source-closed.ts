import { readReflection, takes } from '../../rendered/reflection.ts';
import { reflectedOf } from '../../rendered/reflection-sources.ts';
import type { Rule } from '../rule.ts';
import { type MirrorSource, sourceOf, sourcesNamed } from './mirror-source.ts';

/** A mirror names a source that does not allow its namespace: Reflector copies nothing. */
export const mirrorSourceClosed: Rule = {
  code: 'secrets/mirror-source-closed',
  *check(objects) {
    for (const mirror of reflectedOf(objects)) {
      const source = sourceOf(mirror);
      if (source === undefined || mirror.namespace === '') continue;
      if (source.name === mirror.name && source.namespace === mirror.namespace) continue;
      const found = sourcesNamed(objects, mirror.kind, source.name).filter(
        ({ namespace }) => namespace === source.namespace,
      );
      const reasons = found.map((one) => refusal(one, mirror.namespace));
      const [reason] = reasons;
      if (reason === undefined || reasons.includes(undefined)) continue;
      yield {
        on: mirror.on,
        path: mirror.pathOf('reflects'),
        fault: 'value',
        value: mirror.reflects,
        message: `the ${mirror.kind} ${source.name} in ${source.namespace} ${reason}: Reflector fills no mirror in ${mirror.namespace}`,
        expected: 'a source that allows this namespace',
        hint: 'Set reflection-allowed to "true" at the source, and name this namespace in its reflection-allowed-namespaces.',
      };
    }
  },
};

function refusal({ annotations }: MirrorSource, namespace: string): string | undefined {
  const { allowed, auto, allowedNamespaces } = readReflection(annotations);
  // What the source lacks is then found at the source itself.
  const isHalf = auto || allowedNamespaces.patterns.length > 0 || allowedNamespaces.selector;
  if (!allowed && isHalf) return undefined;
  if (!allowed) return 'does not set reflection-allowed';
  if (takes(allowedNamespaces, namespace)) return undefined;
  return `allows only ${allowedNamespaces.patterns.join(', ')}`;
}
