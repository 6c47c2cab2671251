import { isSet } from '../../rendered/items.ts';
import { listed } from '../../words.ts';
import { serverRule } from './server-rule.ts';

/** A server says in two ways where its certificate is. */
export const certificateSources = serverRule(
  'gateways/certificate-sources',
  function* check({ tls, mode, path }) {
    if (tls === undefined || mode === 'ISTIO_MUTUAL') return;
    const hasFiles = isSet(tls['serverCertificate']) && isSet(tls['privateKey']);
    const others = ['credentialName', 'credentialNames', 'tlsCertificates'].filter((field) =>
      isSet(tls[field]),
    );
    // A rule of the CRD itself finds credentialNames beside one of the other two.
    const isCrdFinding = others.includes('credentialNames');
    if (others.length === 0 || (!hasFiles && (others.length < 2 || isCrdFinding))) return;
    const fields = [...others, ...(hasFiles ? ['serverCertificate'] : [])];
    const extra = fields.at(-1) ?? '';
    yield {
      path: [...path, 'tls', extra],
      fault: 'key',
      message: `the certificate is named by ${listed(fields, 'and')}, and Istio refuses more than one`,
      expected: 'one of credentialName, credentialNames, tlsCertificates and serverCertificate',
    };
  },
);
