import { isRecord } from '../../../manifest/is-record.ts';
import { isSet, type Fields } from '../../rendered/items.ts';
import { serverRule, type ServerFinding } from './server-rule.ts';

/** A server terminates TLS without a certificate, a key or the CA for clients. */
export const tlsCredentialMissing = serverRule(
  'gateways/tls-credential-missing',
  function* check({ tls, mode, path }) {
    if (tls === undefined || (mode !== 'SIMPLE' && !isMutual(mode))) return;
    if (isSet(tls['credentialName']) || isSet(tls['credentialNames'])) return;
    yield* [certificate(tls, mode), clientCa(tls, mode)].flatMap((found) =>
      found === undefined ? [] : [{ ...found, path: [...path, 'tls', ...(found.path ?? [])] }],
    );
  },
);

function isMutual(mode: string | undefined): boolean {
  return mode === 'MUTUAL' || mode === 'OPTIONAL_MUTUAL';
}

function certificate(tls: Fields, mode = ''): ServerFinding | undefined {
  const lists = tls['tlsCertificates'];
  const pairs = Array.isArray(lists) && lists.length > 0 ? lists.filter(isRecord) : [tls];
  if (pairs.every((pair) => isSet(pair['serverCertificate']) && isSet(pair['privateKey']))) return;
  const hasFiles = pairs[0] !== tls || isSet(tls['serverCertificate']) || isSet(tls['privateKey']);
  const half = isSet(tls['serverCertificate']) ? 'privateKey' : 'serverCertificate';
  if (hasFiles && pairs[0] !== tls) return missing(['tlsCertificates'], mode, 'both files');
  return hasFiles
    ? missing([half], mode, half)
    : missing(['credentialName'], mode, 'a certificate');
}

function clientCa(tls: Fields, mode = ''): ServerFinding | undefined {
  if (!isMutual(mode) || isSet(tls['caCertificates'])) return undefined;
  const hasFiles = isSet(tls['tlsCertificates']) || isSet(tls['serverCertificate']);
  return hasFiles ? missing(['caCertificates'], mode, 'a CA for clients') : undefined;
}

function missing(path: string[], mode: string, what: string): ServerFinding {
  return {
    path,
    fault: 'missing',
    message: `the mode ${mode} needs ${what}, and Istio refuses the Gateway`,
    expected: 'credentialName, or files of certificate and key (with caCertificates for MUTUAL)',
    hint: 'Write credentialName with the name of a Secret in the namespace of the gateway workload.',
  };
}
