import { valueAt } from '../../../manifest/secret-fields.ts';
import { textAt } from '../../rendered/values-at.ts';
import type { Rule } from '../rule.ts';

/** A private key of a size that its algorithm has not, which cert-manager refuses. */
export const certificateKeySize: Rule = {
  code: 'secrets/certificate-key-size',
  *check(objects) {
    for (const on of objects.of('cert-manager.io', 'Certificate')) {
      const path = ['spec', 'privateKey', 'size'];
      const size = valueAt(on.value, path);
      const algorithm = textAt(on.value, ['spec', 'privateKey', 'algorithm']) ?? 'RSA';
      const expected =
        typeof size === 'number' && size > 0 ? expectedFor(algorithm, size) : undefined;
      if (expected === undefined) continue;
      yield {
        on,
        path,
        fault: 'value',
        value: size,
        message: `a key of ${algorithm} cannot have ${String(size)} bits; cert-manager refuses the Certificate`,
        expected,
        hint: 'Take size away for the default, or change the algorithm.',
      };
    }
  },
};

/** What is right, when the size is wrong. */
function expectedFor(algorithm: string, size: number): string | undefined {
  if (algorithm === 'RSA') return size < 2048 || size > 8192 ? '2048 to 8192' : undefined;
  const isWrong = algorithm === 'ECDSA' && ![256, 384, 521].includes(size);
  return isWrong ? '256, 384 or 521' : undefined;
}
