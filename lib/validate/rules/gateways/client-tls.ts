import { ISTIO } from '../../rendered/istio-servers.ts';
import { isSet, type Fields } from '../../rendered/items.ts';
import { recordAt } from '../../rendered/pods.ts';
import type { Rule } from '../rule.ts';
import { below, missing, refusals, surplus, type Refused } from './refused.ts';
import { trafficPolicies } from './traffic-policy.ts';

/** The TLS settings of a DestinationRule lack what their mode needs, or have what excludes another field. */
export const clientTls: Rule = {
  code: 'gateways/client-tls',
  *check(objects) {
    for (const on of objects.of(ISTIO, 'DestinationRule'))
      for (const { path, policy } of trafficPolicies(on.value)) {
        const problems = below([...path, 'tls'], tlsProblems(recordAt(policy, ['tls'])));
        for (const found of refusals('DestinationRule', problems)) yield { on, ...found };
      }
  },
};

const FILES = ['clientCertificate', 'privateKey', 'caCertificates', 'caCrl'];

/** Source: istio/istio, pkg/config/validation/agent, ValidateTLS. */
function* tlsProblems(tls: Fields): Generator<Refused> {
  const { mode } = tls;
  if (mode !== 'SIMPLE' && mode !== 'MUTUAL') return;
  if (tls['insecureSkipVerify'] === true) {
    const checks = ['caCertificates', 'subjectAltNames'];
    if (mode === 'SIMPLE') checks.push('credentialName');
    const field = checks.find((one) => isSet(tls[one]));
    if (field !== undefined)
      yield surplus([field], 'insecureSkipVerify switches the check off', 'one of the two');
  }
  if (isSet(tls['credentialName'])) {
    const field = FILES.find((one) => isSet(tls[one]));
    if (field !== undefined)
      yield surplus([field], 'credentialName stands beside it', 'one of the two');
  } else if (mode === 'MUTUAL') {
    const field = ['clientCertificate', 'privateKey'].find((one) => !isSet(tls[one]));
    if (field !== undefined)
      yield missing([field], `mode MUTUAL needs ${field}`, 'credentialName, or both files');
  }
}
