import type { X509Certificate } from 'node:crypto';
import { tlsPairOf } from '../../rendered/tls-pair.ts';
import type { Rule } from '../rule.ts';

/** A TLS Secret whose certificate has expired, or is for later. */
export const tlsValidity: Rule = {
  code: 'secrets/tls-validity',
  *check(objects) {
    const now = Date.now();
    for (const on of objects.of('', 'Secret')) {
      const pair = tlsPairOf(on);
      const leaf = pair?.chain[0];
      const problem = leaf && problemOf(leaf, now);
      if (pair === undefined || problem === undefined) continue;
      yield {
        on,
        path: pair.certificate.path,
        fault: 'value',
        message: `the certificate in tls.crt ${problem}`,
        expected: 'a certificate that is valid today',
        hint: 'Renew it. cert-manager renews by itself what its Certificates describe.',
      };
    }
  },
};

function problemOf({ validFrom, validTo }: X509Certificate, now: number): string | undefined {
  if (Date.parse(validTo) < now) return `expired on ${day(validTo)}`;
  return Date.parse(validFrom) > now + DAY ? `is not valid before ${day(validFrom)}` : undefined;
}

/** Clocks differ, and a certificate that was made a moment ago is no mistake. */
const DAY = 24 * 60 * 60 * 1000;

function day(date: string): string {
  return new Date(date).toISOString().slice(0, 'YYYY-MM-DD'.length);
}
