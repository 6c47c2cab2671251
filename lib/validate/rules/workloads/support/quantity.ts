import { BINARY_SUFFIXES, DECIMAL_SUFFIXES } from '../../../quantity-suffixes.ts';

/**
 * Quantities of Kubernetes in billionths, the smallest part that they keep; smaller parts are rounded up.
 * Source: k8s.io/apimachinery v0.36.3 pkg/api/resource/quantity.go, suffix.go.
 */
const NANO = 9;

const QUANTITY = /^([+-]?)(\d*)(?:\.(\d*))?(?:([KMGTPE]i|[numkMGTPE]?)|[eE]([+-]?\d{1,2}))$/;

/**
 * Reads a quantity, such as `500m`, `1.5Gi` or 2.
 *
 * @returns in billionths; undefined for what is none, which the schema says.
 */
export function parseQuantity(value: unknown): bigint | undefined {
  if (typeof value !== 'string' && typeof value !== 'number') return undefined;
  const known = parsed.get(value);
  if (known !== undefined) return known;
  const quantity = readQuantity(value);
  if (quantity !== undefined && parsed.size < MOST_REMEMBERED) parsed.set(value, quantity);
  return quantity;
}

/** The same few quantities stand on thousands of containers. */
const parsed = new Map<string | number, bigint>();
const MOST_REMEMBERED = 1000;

function readQuantity(value: string | number): bigint | undefined {
  const [whole, sign, integer = '', fraction = '', suffix = '', exponent] =
    QUANTITY.exec(String(value)) ?? [];
  if (whole === undefined || integer + fraction === '') return undefined;
  const digits = BigInt(integer + fraction) * 2n ** BigInt(BINARY_SUFFIXES[suffix] ?? 0);
  const power = NANO - fraction.length + (DECIMAL_SUFFIXES[suffix] ?? 0) + Number(exponent ?? 0);
  const size =
    power >= 0 ? digits * 10n ** BigInt(power) : dividedUp(digits, 10n ** BigInt(-power));
  return sign === '-' ? -size : size;
}

function dividedUp(digits: bigint, by: bigint): bigint {
  return (digits + by - 1n) / by;
}

/** Whether it has no parts smaller than one. */
export function isWhole(quantity: bigint): boolean {
  // The API server looks at thousandths, rounded up.
  return dividedUp(quantity < 0n ? -quantity : quantity, 1_000_000n) % 1000n === 0n;
}
