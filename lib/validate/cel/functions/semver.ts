import { Arguments, type FunctionTable } from '../call.ts';
import { CelError, ExtensionValue, type Value } from '../value.ts';

const NUMBER = String.raw`(0|[1-9]\d*)`;
const IDENTIFIERS = String.raw`([\dA-Za-z-]+(?:\.[\dA-Za-z-]+)*)`;
const SEMVER = new RegExp(
  String.raw`^${NUMBER}\.${NUMBER}\.${NUMBER}(?:-${IDENTIFIERS})?(?:\+${IDENTIFIERS})?$`,
);
const MOST_UINT = 2n ** 64n;

/** A version in the form of semver.org, as github.com/blang/semver reads it. */
export class Semver extends ExtensionValue {
  readonly typeName = 'kubernetes.Semver';
  /** Major, minor and patch. */
  readonly numbers: readonly bigint[];
  readonly prerelease: readonly string[];

  constructor(numbers: readonly bigint[], prerelease: readonly string[]) {
    super();
    this.numbers = numbers;
    this.prerelease = prerelease;
  }

  equals(other: Semver): boolean {
    return this.compare(other) === 0;
  }

  /** Build metadata does not count. */
  compare(other: Semver): -1 | 0 | 1 {
    for (const [index, number] of this.numbers.entries()) {
      const against = other.numbers[index] ?? 0n;
      if (number !== against) return number < against ? -1 : 1;
    }
    return comparePrereleases(this.prerelease, other.prerelease);
  }
}

function comparePrereleases(left: readonly string[], right: readonly string[]): -1 | 0 | 1 {
  if (left.length === 0 || right.length === 0)
    return left.length === right.length ? 0 : left.length === 0 ? 1 : -1;
  for (const [index, part] of left.entries()) {
    const other = right[index];
    if (other === undefined) return 1;
    const order = compareIdentifiers(part, other);
    if (order !== 0) return order;
  }
  return left.length < right.length ? -1 : 0;
}

function compareIdentifiers(left: string, right: string): -1 | 0 | 1 {
  if (left === right) return 0;
  const [isNumber, isOtherNumber] = [/^\d+$/.test(left), /^\d+$/.test(right)];
  if (isNumber !== isOtherNumber) return isNumber ? -1 : 1;
  return (isNumber ? BigInt(left) < BigInt(right) : left < right) ? -1 : 1;
}

/**
 * Reads a version; undefined when the text is none.
 *
 * @param normalize take `v1.02` for `1.2.0`.
 */
export function parseSemver(text: string, normalize: boolean): Semver | undefined {
  const source = normalize ? normalized(text) : text;
  const [, major, minor, patch, prerelease] = SEMVER.exec(source ?? '') ?? [];
  if (major === undefined || minor === undefined || patch === undefined) return undefined;
  const identifiers = prerelease === undefined ? [] : prerelease.split('.');
  const numbers = [major, minor, patch].map(BigInt);
  const numeric = identifiers.filter((part) => /^\d+$/.test(part));
  const isBad =
    numeric.some((part) => part.length > 1 && part.startsWith('0')) ||
    [...numbers, ...numeric.map(BigInt)].some((number) => number >= MOST_UINT);
  return isBad ? undefined : new Semver(numbers, identifiers);
}

/** Source: normalizeAndParse of k8s.io/apiserver/pkg/cel/library. */
function normalized(text: string): string | undefined {
  const [major = '', minor, ...rest] = text.replace(/^v/, '').split('.');
  const parts = [major, minor, rest.length === 0 ? undefined : rest.join('.')]
    .filter((part) => part !== undefined)
    .map((part) =>
      part.length > 1
        ? part.replace(/^0+(?=\d)|^0+(?!\d)/, (zeros) => (/^0+\d/.test(part) ? '' : zeros && '0'))
        : part,
    );
  if (parts.length < 3 && /[+-]/.test(parts.at(-1) ?? '')) return undefined;
  while (parts.length < 3) parts.push('0');
  return parts.join('.');
}

/** Kubernetes' functions of versions. */
export const SEMVER_FUNCTIONS: FunctionTable = {
  semver(values) {
    const version = read('semver', values);
    if (version === undefined) throw new CelError('the text is no semantic version');
    return version;
  },
  isSemver: (values) => read('isSemver', values) !== undefined,
};

function read(name: string, values: readonly Value[]): Semver | undefined {
  const args = new Arguments(name, values, [1, 2]);
  return parseSemver(args.text(0), args.count === 2 && args.bool(1));
}

/** Kubernetes' methods of versions. */
export const SEMVER_METHODS: FunctionTable = {
  major: (values) => numberOf('major', values, 0),
  minor: (values) => numberOf('minor', values, 1),
  patch: (values) => numberOf('patch', values, 2),
  compareTo: (values) => BigInt(compare('compareTo', values)),
  isGreaterThan: (values) => compare('isGreaterThan', values) === 1,
  isLessThan: (values) => compare('isLessThan', values) === -1,
};

function numberOf(name: string, values: readonly Value[], index: number): Value {
  return new Arguments(name, values, [1]).of(Semver, 0).numbers[index] ?? 0n;
}

function compare(name: string, values: readonly Value[]): number {
  const args = new Arguments(name, values, [2]);
  return args.of(Semver, 0).compare(args.of(Semver, 1));
}
