import { isOfKey, tlsPairOf } from '../../rendered/tls-pair.ts';
import type { Rule } from '../rule.ts';

/** A TLS Secret whose key does not belong to its first certificate: what serves it refuses the pair. */
export const tlsPair: Rule = {
  code: 'secrets/tls-pair',
  *check(objects) {
    for (const on of objects.of('', 'Secret')) {
      const pair = tlsPairOf(on);
      const leaf = pair?.chain[0];
      if (leaf === undefined || pair?.privateKey === undefined || isOfKey(leaf, pair)) continue;
      const place = pair.chain.findIndex((one) => isOfKey(one, pair));
      const isChain = place > 0;
      yield {
        on,
        path: isChain ? pair.certificate.path : pair.key.path,
        fault: 'value',
        message: isChain
          ? `the certificate of the key in tls.key is number ${place + 1} in tls.crt; it has to be the first`
          : 'the private key in tls.key is not that of the certificate in tls.crt',
        expected: isChain
          ? 'the certificate of the server first, then those that signed it'
          : 'the key with which the certificate was requested',
        hint: isChain
          ? 'Put the certificate of the server first: cat server.crt intermediate.crt.'
          : 'Take both from the same issue: `openssl x509 -noout -pubkey` and `openssl pkey -pubout` have to print the same.',
      };
    }
  },
};
