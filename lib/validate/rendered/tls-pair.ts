import { createPrivateKey, X509Certificate, type KeyObject } from 'node:crypto';
import type { Manifest } from '../../manifest/parse-manifests.ts';
import { oncePer } from './once-per.ts';
import { recordAt } from './pods.ts';
import { secretValue, type SecretValue } from './secret-data.ts';

/** A certificate and its key, as they stand in a rendered Secret. */
export interface TlsPair {
  readonly certificate: SecretValue;
  readonly key: SecretValue;
  /** The certificates, that of the server first if all is right; empty when one cannot be read. */
  readonly chain: readonly X509Certificate[];
  /** Undefined when it cannot be read. */
  readonly privateKey: KeyObject | undefined;
  /** Whether the certificate stands where the key belongs, and the other way round. */
  readonly isSwapped: boolean;
}

/**
 * The pair of a Secret with `tls.crt` and `tls.key`, whatever its type.
 * Empty values are passed over: the API server takes them, and a controller fills them.
 */
export const tlsPairOf: (secret: Manifest) => TlsPair | undefined = oncePer((secret) => {
  const hasKey = ['data', 'stringData'].some((field) =>
    Object.hasOwn(recordAt(secret.value, [field]), 'tls.crt'),
  );
  const certificate = hasKey ? secretValue(secret, 'tls.crt') : undefined;
  const key = hasKey ? secretValue(secret, 'tls.key') : undefined;
  if (certificate === undefined || key === undefined) return undefined;
  if (certificate.bytes.length === 0 || key.bytes.length === 0) return undefined;
  return readPair(certificate, key);
});

function readPair(certificate: SecretValue, key: SecretValue): TlsPair {
  const isKey = PRIVATE_KEY.test(certificate.bytes.toString('latin1'));
  const isCertificate = key.bytes.includes('-----BEGIN CERTIFICATE');
  return {
    certificate,
    key,
    chain: readChain(certificate.bytes.toString('latin1')),
    privateKey: readKey(key.bytes),
    isSwapped: isKey && isCertificate && !PRIVATE_KEY.test(key.bytes.toString('latin1')),
  };
}

const PRIVATE_KEY = /-----BEGIN [A-Z ]*PRIVATE KEY-----/;

const CERTIFICATE = /-----BEGIN CERTIFICATE-----.*?-----END CERTIFICATE-----/gs;

function readChain(pem: string): X509Certificate[] {
  try {
    return Array.from(pem.matchAll(CERTIFICATE), ([text]) => new X509Certificate(text));
  } catch {
    return [];
  }
}

function readKey(pem: Buffer): KeyObject | undefined {
  try {
    return createPrivateKey(pem);
  } catch {
    return undefined;
  }
}

/** Whether a key is encrypted: PKCS #8 (RFC 7468), or as OpenSSL used to (RFC 1421). */
export function isEncrypted({ key }: TlsPair): boolean {
  return /-----BEGIN ENCRYPTED PRIVATE KEY-----|^Proc-Type:\s*4,ENCRYPTED/m.test(
    key.bytes.toString('latin1'),
  );
}

/** Whether a certificate belongs to the key of the pair. */
export function isOfKey(certificate: X509Certificate, { privateKey }: TlsPair): boolean {
  try {
    return privateKey !== undefined && certificate.checkPrivateKey(privateKey);
  } catch {
    return false;
  }
}

/** The names that a certificate is for: its subjectAltName, else its common name. */
export function namesOf(certificate: X509Certificate): string[] {
  const names = (certificate.subjectAltName ?? '')
    .split(', ')
    .flatMap((entry) => /^DNS:(.+)$/.exec(entry)?.[1] ?? []);
  const common = /^CN=(.+)$/m.exec(certificate.subject)?.[1];
  return names.length > 0 || common === undefined ? names : [common];
}
