import type { Manifest } from '../../../manifest/parse-manifests.ts';
import type { Path } from '../../../finding/finding.ts';
import { recordAt } from '../../rendered/pods.ts';
import type { Rule, RuleFinding } from '../rule.ts';

/** A key of a Secret or ConfigMap that the API server refuses. */
export const dataKey: Rule = {
  code: 'secrets/data-key',
  *check(objects) {
    for (const [group, kind, ...fields] of PLACES)
      for (const on of objects.of(group, kind))
        for (const field of fields) yield* inField(on, field);
  },
};

const PLACES: readonly [string, string, ...Path[]][] = [
  ['', 'Secret', ['data'], ['stringData']],
  ['', 'ConfigMap', ['data'], ['binaryData']],
  ['bitnami.com', 'SealedSecret', ['spec', 'encryptedData'], ['spec', 'template', 'data']],
  ['external-secrets.io', 'ExternalSecret', ['spec', 'target', 'template', 'data']],
];

/** Source: Kubernetes, IsConfigMapKey in apimachinery/pkg/util/validation. */
const KEY = /^(?!\.\.)(?!\.$)[-._a-zA-Z0-9]{1,253}$/;

function* inField(on: Manifest, field: Path): Iterable<RuleFinding> {
  const isBinary = field[0] === 'binaryData';
  for (const key of Object.keys(recordAt(on.value, field))) {
    const isTwice = isBinary && Object.hasOwn(recordAt(on.value, ['data']), key);
    if (KEY.test(key) && !isTwice) continue;
    const shown = JSON.stringify(key.slice(0, 80));
    yield {
      on,
      path: [...field, key],
      fault: 'key',
      message: isTwice
        ? `${shown} stands in data too, and may stand in one of them only`
        : `${shown} is no key that a Secret or ConfigMap can have`,
      expected: isTwice
        ? 'a key that data does not have'
        : 'up to 253 letters, digits, and - . _, not beginning with two dots',
      hint: isTwice
        ? 'Take it away in one of them.'
        : 'Rename the key; a volume can give it any path under items.',
    };
  }
}
