import { isIPv4, isIPv6 } from 'node:net';

/** A range of addresses. */
export interface Cidr {
  readonly family: 4 | 6;
  readonly address: bigint;
  /** How many bits all its addresses share with that one. */
  readonly length: number;
}

/** Whether a text is an IP address as Kubernetes reads it: without a zone, and IPv4 not as IPv6. */
export function isAddress(text: string): boolean {
  return familyOf(text) !== undefined;
}

/** @returns undefined when the text is no address. */
export function familyOf(text: string): 4 | 6 | undefined {
  if (isIPv4(text)) return 4;
  return isIPv6(text) && !text.includes('%') && !/^::ffff:/i.test(text) ? 6 : undefined;
}

/**
 * Reads an address with the length of its prefix, such as `10.0.0.0/8`.
 *
 * @returns undefined when the text is none.
 */
export function parseCidr(text: string): Cidr | undefined {
  const [address = '', length = '', ...rest] = text.split('/');
  const family = familyOf(address);
  if (family === undefined || rest.length > 0 || !/^(?:0|[1-9]\d{0,2})$/.test(length))
    return undefined;
  const bits = family === 4 ? 32 : 128;
  if (Number(length) > bits) return undefined;
  const number = family === 4 ? readV4(address) : readV6(address);
  return { family, address: number, length: Number(length) };
}

/** What is wrong with a range of addresses, to stand after it. Source: k8s.io/apimachinery v0.36.3 pkg/util/validation/ip.go. */
export function cidrFault(text: string): string | undefined {
  const cidr = parseCidr(text);
  if (cidr === undefined) return 'is no CIDR, such as 10.0.0.0/8';
  const rest = BigInt((cidr.family === 4 ? 32 : 128) - cidr.length);
  return (cidr.address >> rest) << rest === cidr.address
    ? undefined
    : `has bits after its prefix of ${cidr.length}, which Kubernetes refuses since 1.36`;
}

/** Whether `inner` is a part of `outer`, and not all of it. */
export function isPartOf(inner: Cidr, outer: Cidr): boolean {
  if (inner.family !== outer.family || inner.length <= outer.length) return false;
  const shift = BigInt((outer.family === 4 ? 32 : 128) - outer.length);
  return inner.address >> shift === outer.address >> shift;
}

function readV4(text: string): bigint {
  return text.split('.').reduce((sum, part) => sum * 256n + BigInt(part), 0n);
}

function readV6(text: string): bigint {
  const embedded = /^(.*:)(\d+\.\d+\.\d+\.\d+)$/.exec(text);
  if (embedded?.[1] !== undefined && embedded[2] !== undefined) {
    const last = readV4(embedded[2]);
    return readV6(`${embedded[1]}${(last >> 16n).toString(16)}:${(last & 0xffffn).toString(16)}`);
  }
  const [head = '', tail] = text.split('::');
  const left = head === '' ? [] : head.split(':');
  const right = tail === undefined || tail === '' ? [] : tail.split(':');
  const zeros = Array.from({ length: 8 - left.length - right.length }, () => '0');
  return [...left, ...zeros, ...right].reduce(
    (sum, part) => sum * 65_536n + BigInt(`0x${part}`),
    0n,
  );
}
