import type { Path } from '../../../finding/finding.ts';
import { isSurelyMirroredTo } from '../../rendered/reflection.ts';
import { type Reflected, reflectedOf } from '../../rendered/reflection-sources.ts';
import { configMapsByName } from '../../rendered/provided-config-maps.ts';
import type { Manifest } from '../../../manifest/parse-manifests.ts';
import type { RenderedObjects } from '../../rendered/rendered-objects.ts';
import { recordAt } from '../../rendered/pods.ts';
import { REFLECTS } from '../../rendered/secret-makers.ts';
import { namePath } from './name-path.ts';
import type { Rule } from '../rule.ts';

/** A Secret or ConfigMap stands where Reflector is to make a mirror of the same name. */
export const mirrorCollision: Rule = {
  code: 'secrets/mirror-collision',
  *check(objects) {
    const told = new Set<Manifest>();
    for (const source of reflectedOf(objects)) {
      if (!source.reflection.auto || !source.reflection.allowed || source.reflects) continue;
      for (const { manifest, namespace, path } of sameName(objects, source)) {
        const isMirror = { own: source.namespace, namespace };
        if (told.has(manifest) || !isSurelyMirroredTo(source.reflection, isMirror)) continue;
        told.add(manifest);
        yield {
          on: manifest,
          path,
          fault: 'value',
          value: source.name,
          message: `Reflector is to make a mirror of the ${source.kind} ${source.name} of ${source.namespace} here, under this name`,
          expected: `another name, or a namespace without a mirror`,
          hint: 'Rename one of them, leave this namespace out of reflection-auto-namespaces, or do not render this one.',
        };
      }
    }
  },
};

/** What a person wrote under the name of the source; a mirror that names its source is none of it. */
function sameName(
  objects: RenderedObjects,
  { kind, name }: Reflected,
): { manifest: Manifest; namespace: string; path: Path }[] {
  const found =
    kind === 'Secret'
      ? objects.secrets
          .named(name)
          .filter(({ isEverywhere }) => !isEverywhere)
          .map((secret) => ({ ...secret, manifest: secret.by, path: namePath(secret) }))
      : (configMapsByName(objects).get(name) ?? []).map((one) => ({
          ...one,
          path: ['metadata', 'name'],
        }));
  return found.filter(
    ({ manifest, annotations }) =>
      annotations[REFLECTS] === undefined &&
      recordAt(manifest.value, ['metadata', 'annotations'])[REFLECTS] === undefined,
  );
}
