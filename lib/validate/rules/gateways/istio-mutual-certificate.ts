import { certificateFields } from '../../rendered/istio-servers.ts';
import { serverRule } from './server-rule.ts';

/** A server of mode ISTIO_MUTUAL, which has the mesh's own certificates, names others. */
export const istioMutualCertificate = serverRule(
  'gateways/istio-mutual-certificate',
  function* check({ tls, mode, path }) {
    if (tls === undefined || mode !== 'ISTIO_MUTUAL') return;
    const field = certificateFields(tls).find((one) => one !== 'caCrl');
    if (field === undefined) return;
    yield {
      path: [...path, 'tls', field],
      fault: 'key',
      message: `ISTIO_MUTUAL has the certificates of the mesh, and Istio refuses ${field} beside it`,
      expected: 'no certificate fields',
      hint: `Take ${field} away, or write mode: MUTUAL to use it.`,
    };
  },
);
