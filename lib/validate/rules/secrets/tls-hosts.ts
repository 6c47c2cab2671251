import type { Rule } from '../rule.ts';
import { certificateNames, covers, tlsUsesOf } from './tls-uses.ts';

/** A host that is served with a certificate which is not for it: clients refuse the connection. */
export const tlsHosts: Rule = {
  code: 'secrets/tls-hosts',
  *check(objects) {
    for (const { on, path, host, secrets } of tlsUsesOf(objects)) {
      const names = secrets.map(certificateNames);
      if (names.some((known) => known === undefined || known.some((name) => covers(name, host))))
        continue;
      const known = names.flatMap((each) => each ?? []);
      const isApex = known.includes(`*.${host}`);
      yield {
        on,
        path,
        fault: 'value',
        value: host,
        severity: isApex ? 'warning' : 'error',
        message: `the certificate of ${secrets[0]?.name} is for ${known.join(', ')}, not for ${host}`,
        expected: 'hosts that the certificate is for',
        hint: isApex
          ? `*.${host} is not ${host} itself: request the certificate for both.`
          : 'Request the certificate for this host too, or name another Secret.',
      };
    }
  },
};
