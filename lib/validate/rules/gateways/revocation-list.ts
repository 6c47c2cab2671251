import { isSet } from '../../rendered/items.ts';
import { serverRule } from './server-rule.ts';

/** A revocation list stands where Istio refuses one. */
export const revocationList = serverRule(
  'gateways/revocation-list',
  function* check({ tls, mode, path }) {
    if (tls === undefined || !isSet(tls['caCrl'])) return;
    const hasCredential = isSet(tls['credentialName']);
    // With a credential and one of these modes Istio looks no further.
    if (mode !== 'SIMPLE' || hasCredential || isSet(tls['credentialNames'])) return;
    yield {
      path: [...path, 'tls', 'caCrl'],
      fault: 'key',
      message: 'SIMPLE checks no client certificates, and Istio refuses caCrl with it',
      expected: 'caCrl with mode MUTUAL and files of certificate and CA',
    };
  },
);
