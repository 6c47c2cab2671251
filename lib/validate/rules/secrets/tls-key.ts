import { isEncrypted, tlsPairOf } from '../../rendered/tls-pair.ts';
import type { Rule } from '../rule.ts';

/** A TLS Secret whose private key cannot be read. */
export const tlsKey: Rule = {
  code: 'secrets/tls-key',
  *check(objects) {
    for (const on of objects.of('', 'Secret')) {
      const pair = tlsPairOf(on);
      if (pair === undefined || pair.privateKey !== undefined || pair.isSwapped) continue;
      yield {
        on,
        path: pair.key.path,
        fault: 'value',
        message: isEncrypted(pair)
          ? 'tls.key is encrypted, and nothing in the cluster has its password'
          : 'tls.key holds no private key that can be read',
        expected: 'one private key in PEM, not encrypted',
        hint: 'Give it the text between BEGIN PRIVATE KEY and END PRIVATE KEY, these lines too; `openssl pkey -in FILE` takes a password off.',
      };
    }
  },
};
