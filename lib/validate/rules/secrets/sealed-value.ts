import { recordAt } from '../../rendered/pods.ts';
import { decodeBase64 } from '../../rendered/secret-data.ts';
import type { Rule } from '../rule.ts';

/** A value of a SealedSecret that kubeseal cannot have made. */
export const sealedValue: Rule = {
  code: 'secrets/sealed-value',
  *check(objects) {
    for (const on of objects.of('bitnami.com', 'SealedSecret')) {
      const data = ['spec', 'encryptedData'];
      for (const [key, value] of Object.entries(recordAt(on.value, data))) {
        const problem = typeof value === 'string' ? problemOf(value) : undefined;
        if (problem === undefined) continue;
        yield {
          on,
          path: [...data, key],
          fault: 'value',
          message: `the value of ${key} ${problem}: the controller cannot decrypt it`,
          expected: 'what kubeseal prints: base64 that begins with Ag for a key of 4096 bits',
          hint: 'Seal the value again and copy all of it: kubeseal --raw, or encryptedData of kubeseal -o yaml.',
        };
      }
    }
  },
};

/** Bytes of a session key, encrypted with an RSA key of 2048, 3072, 4096 or 8192 bits. */
const KEY_LENGTHS = new Set([256, 384, 512, 1024]);
/** Of AES-GCM. */
const TAG = 16;

/** Source: sealed-secrets v0.36, pkg/crypto/crypto.go, HybridEncrypt. */
function problemOf(value: string): string | undefined {
  const bytes = decodeBase64(value);
  if (bytes === undefined) return 'is no base64';
  const length = bytes.length < 2 ? 0 : bytes.readUInt16BE();
  if (!KEY_LENGTHS.has(length)) return 'does not begin as a sealed value does';
  return bytes.length < 2 + length + TAG ? 'is cut off' : undefined;
}
