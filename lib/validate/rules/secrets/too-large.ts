import { isRecord } from '../../../manifest/is-record.ts';
import type { Manifest } from '../../../manifest/parse-manifests.ts';
import type { Path } from '../../../finding/finding.ts';
import { recordAt } from '../../rendered/pods.ts';
import type { Rule } from '../rule.ts';

/** Source: Kubernetes, MaxSecretSize in pkg/apis/core; that of ConfigMaps is the same. */
const LIMIT = 1024 * 1024;

/** A Secret or ConfigMap whose values are together larger than the API server takes. */
export const tooLarge: Rule = {
  code: 'secrets/too-large',
  *check(objects) {
    for (const on of [...objects.of('', 'Secret'), ...objects.of('', 'ConfigMap')]) {
      if (isSurelySmall(on)) continue;
      const sizes = sizesOf(on);
      const total = sizes.reduce((sum, { size }) => sum + size, 0);
      if (total <= LIMIT) continue;
      const largest = sizes.reduce((most, one) => (one.size > most.size ? one : most));
      yield {
        on,
        path: largest.path,
        fault: 'value',
        message: `the values are ${total} bytes together, more than ${LIMIT}; ${largest.path.at(-1)} has ${largest.size} of them`,
        expected: `at most ${LIMIT} bytes, 1 MiB`,
        hint: 'Split it, or put what is large into a volume or an image. The API server refuses it as it is.',
      };
    }
  },
};

/** UTF-8 has three bytes at most for what JavaScript counts as one. */
function isSurelySmall({ value }: Manifest): boolean {
  let length = 0;
  for (const field of ['data', 'stringData', 'binaryData'])
    for (const text of Object.values(recordAt(value, [field])))
      length += typeof text === 'string' ? text.length : 0;
  return 3 * length <= LIMIT;
}

/** The size of each value, decoded; what `stringData` overrides does not count. */
function sizesOf({ value, resource }: Manifest): { path: Path; size: number }[] {
  const isCoded = resource.kind === 'Secret';
  const plain = isCoded ? value['stringData'] : value['data'];
  const coded = isCoded ? value['data'] : value['binaryData'];
  const [plainField, codedField] = isCoded ? ['stringData', 'data'] : ['data', 'binaryData'];
  const over = isRecord(plain) ? plain : {};
  return [
    ...texts(plain).map(([key, text]) => ({
      path: [plainField, key],
      size: Buffer.byteLength(text),
    })),
    ...texts(coded)
      .filter(([key]) => !Object.hasOwn(over, key))
      .map(([key, text]) => ({ path: [codedField, key], size: Buffer.byteLength(text, 'base64') })),
  ];
}

function texts(value: unknown): [string, string][] {
  if (!isRecord(value)) return [];
  return Object.entries(value).filter(
    (entry): entry is [string, string] => typeof entry[1] === 'string',
  );
}
