/** Seconds of each unit. Source: Go, time.ParseDuration. */
const UNITS: Readonly<Record<string, number>> = {
  h: 3600,
  m: 60,
  s: 1,
  ms: 1e-3,
  us: 1e-6,
  µs: 1e-6,
  ns: 1e-9,
};

const PART = /(\d+\.?\d*|\.\d+)(h|ms|us|µs|ns|m|s)/g;

/**
 * Reads a duration as Go does.
 *
 * @param text such as `2160h` or `1h30m`.
 * @returns seconds; undefined for what is none.
 */
export function parseDuration(text: string): number | undefined {
  const [, sign, rest = ''] = /^([-+]?)(.+)$/s.exec(text) ?? [];
  if (rest === '0') return 0;
  const parts = Array.from(rest.matchAll(PART));
  if (parts.length === 0 || parts.map(([part]) => part).join('') !== rest) return undefined;
  const seconds = parts.reduce(
    (sum, [, number, unit]) => sum + Number(number) * (UNITS[unit ?? ''] ?? 0),
    0,
  );
  return sign === '-' ? -seconds : seconds;
}
