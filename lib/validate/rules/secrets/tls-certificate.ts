import { tlsPairOf } from '../../rendered/tls-pair.ts';
import type { Rule } from '../rule.ts';

/** A TLS Secret whose certificate cannot be read. */
export const tlsCertificate: Rule = {
  code: 'secrets/tls-certificate',
  *check(objects) {
    for (const on of objects.of('', 'Secret')) {
      const pair = tlsPairOf(on);
      if (pair === undefined || pair.chain.length > 0) continue;
      yield {
        on,
        path: pair.certificate.path,
        fault: 'value',
        message: pair.isSwapped
          ? 'tls.crt holds the private key, and tls.key the certificate'
          : 'tls.crt holds no certificate that can be read',
        expected: 'certificates in PEM, that of the server first',
        hint: 'Give it the text between BEGIN CERTIFICATE and END CERTIFICATE, these lines too: fullchain.pem of certbot.',
      };
    }
  },
};
