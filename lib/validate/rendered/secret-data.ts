import type { Path } from '../../finding/finding.ts';
import type { Manifest } from '../../manifest/parse-manifests.ts';
import { valueAt } from '../../manifest/secret-fields.ts';

/** What a Secret holds under a key. */
export interface SecretValue {
  readonly path: Path;
  readonly bytes: Buffer;
}

/** Base64 as the API server reads it: standard, padded; line breaks do not count. */
const BASE64 = /^(?:[A-Za-z0-9+/\r\n])*={0,2}[\r\n]*$/;

/**
 * The value of a key of a Secret; `stringData` wins over `data`.
 *
 * @returns undefined when there is none, or `data` has no base64 there.
 */
export function secretValue({ value }: Manifest, key: string): SecretValue | undefined {
  const plain = valueAt(value, ['stringData', key]);
  if (typeof plain === 'string') return { path: ['stringData', key], bytes: Buffer.from(plain) };
  const coded = valueAt(value, ['data', key]);
  const bytes = typeof coded === 'string' ? decodeBase64(coded) : undefined;
  return bytes && { path: ['data', key], bytes };
}

/** @returns undefined for what is not standard base64 with its padding. */
export function decodeBase64(text: string): Buffer | undefined {
  if (!BASE64.test(text)) return undefined;
  const letters = text.replaceAll(/[\r\n]/g, '').length;
  return letters % 4 === 0 ? Buffer.from(text, 'base64') : undefined;
}
