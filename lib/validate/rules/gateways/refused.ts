import { isIP } from 'node:net';
import type { Path } from '../../../finding/finding.ts';
import { isRecord } from '../../../manifest/is-record.ts';
import { isLabel } from '../../rendered/host-names.ts';
import type { Fields } from '../../rendered/items.ts';
import type { ServerFinding } from './server-rule.ts';

/** What Istio's webhook refuses of an object. */
export interface Refused {
  /** From where the caller says. */
  readonly path: Path;
  readonly fault: 'key' | 'value' | 'missing';
  /** Left out for what is no text, number or boolean. */
  readonly value?: unknown;
  /** A clause that `, and Istio refuses the KIND` follows. */
  readonly why: string;
  readonly expected: string;
}

/** A wrong value. */
export function wrong(path: Path, value: unknown, why: string, expected: string): Refused {
  const shown = typeof value === 'object' ? {} : { value };
  return { path, fault: 'value', ...shown, why, expected };
}

/** A field that must not be there. */
export function surplus(path: Path, why: string, expected: string): Refused {
  return { path, fault: 'key', why, expected };
}

/** A field that is absent. */
export function missing(path: Path, why: string, expected: string): Refused {
  return { path, fault: 'missing', why, expected };
}

/** The same problems, seen from where `path` starts. */
export function* below(path: Path, problems: Iterable<Refused>): Generator<Refused> {
  for (const one of problems) yield { ...one, path: [...path, ...one.path] };
}

/** What a rule says of the problems of an object of `kind`. */
export function* refusals(kind: string, problems: Iterable<Refused>): Generator<ServerFinding> {
  for (const { why, ...rest } of problems)
    yield { ...rest, message: `${why}, and Istio refuses the ${kind}` };
}

const HIGHEST_PORT = 65535;

/** A number that is no port; what is no whole number is for the schema. */
export function* portProblems(path: Path, value: unknown, isZeroUnset = true): Generator<Refused> {
  if (typeof value !== 'number' || !Number.isInteger(value)) return;
  if (value > HIGHEST_PORT || (value === 0 && !isZeroUnset))
    yield wrong(path, value, `there is no port ${value}`, `a number from 1 to ${HIGHEST_PORT}`);
}

const TAG = '(?:[A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9]';
const TAG_KEY = new RegExp(`^(?:[^/]+/)?${TAG}$`);
const TAG_VALUE = new RegExp(`^(?:${TAG})?$`);

/** Labels whose key or value can be none. Source: istio/istio, pkg/config/labels, Validate. */
export function* labelProblems(path: Path, labels: unknown): Generator<Refused> {
  if (!isRecord(labels)) return;
  for (const [key, value] of Object.entries(labels)) {
    if (!TAG_KEY.test(key))
      yield surplus([...path, key], `"${key}" is no key of a label`, 'letters, digits, -, _ and .');
    else if (typeof value === 'string' && !TAG_VALUE.test(value))
      yield wrong([...path, key], value, 'this is no value of a label', 'letters, digits, -, _, .');
  }
}

/** A text that is no address, nor, with a slash, a range of them. Source: pkg/config/validation/agent, ValidateIPSubnet. */
export function* subnetProblems(path: Path, value: unknown): Generator<Refused> {
  if (typeof value !== 'string') return;
  const [address = '', bits, ...rest] = value.split('/');
  const longest = isIP(address) === 4 ? 32 : 128;
  const isRange = bits === undefined || (/^(?:0|[1-9]\d*)$/.test(bits) && Number(bits) <= longest);
  if (isIP(address) !== 0 && isRange && rest.length === 0) return;
  yield wrong(path, value, 'this is no IP address or range', 'as in 192.0.2.1 or 192.0.2.0/24');
}

/** The name of a subset that is no label of DNS. */
export function* subsetProblems(path: Path, value: unknown): Generator<Refused> {
  if (typeof value !== 'string' || isLabel(value)) return;
  const why = value === '' ? 'the name of the subset is empty' : `${value} names no subset`;
  yield wrong(path, value, why, 'letters, digits and -, at most 63');
}

/** A number outside of 0 to 100. */
export function* percentProblems(path: Path, value: unknown): Generator<Refused> {
  if (typeof value !== 'number' || (value >= 0 && value <= 100)) return;
  yield wrong(path, value, `${value} is no percentage`, 'a number from 0 to 100');
}

/** An object in a field; an empty one where there is none. */
export function fieldsOf(value: unknown): Fields {
  return isRecord(value) ? value : {};
}
