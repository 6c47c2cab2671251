import { isJsonSchema, type JsonSchema } from '../../lib/model/json-schema.ts';
import type { Json } from '../../lib/model/node.ts';

/** Texts that rules look for: of every form that a rule of a known CRD tells from others. */
const TEXTS = [
  '',
  'a',
  'web',
  'web.example.com',
  '*.example.com',
  '*',
  '/',
  '/path',
  '/a//b',
  '/a/../b',
  'path',
  'http://example.com',
  'https://example.com:8443/a?b=c',
  'oci://registry/image',
  'http://',
  '10.0.0.1',
  '01.2.3.4',
  'fe80::1',
  '1h30m',
  '0s',
  '500ms',
  '1.5',
  '80',
  'Größe',
  'A_b-c.d',
  'x'.repeat(70),
];
const INTEGERS = [-1, 0, 1, 2, 15, 80, 443, 3600, 65_535, 2_147_483_647];
const DOUBLES = [0, 1, 0.5, -2.25, 1e9];
const FORMATTED: { readonly [format: string]: readonly string[] } = {
  'date-time': ['2024-02-29T12:00:00Z', '1970-01-01T00:00:00.5+02:00'],
  date: ['2024-02-29'],
  duration: ['1h', '90s', '0s'],
  byte: ['aGVsbG8=', ''],
};
const DEEPEST = 14;

/** Makes values that have the types of a schema, the same ones for the same seed. They need not be valid otherwise. */
export class RandomValues {
  #state: number;
  readonly #texts: readonly string[];

  /** @param literals more texts to choose from, such as those of the rule. */
  constructor(seed: number, literals: readonly string[]) {
    this.#state = seed;
    this.#texts = [...TEXTS, ...literals, ...literals];
  }

  /** A value for a node of a structural schema. */
  value(schema: JsonSchema, depth = 0): Json {
    if (Array.isArray(schema['enum']) && this.#chance(0.9))
      return this.#pick(schema['enum'] as Json[]);
    if (schema['x-kubernetes-int-or-string'] === true)
      return this.#chance(0.5) ? this.#pick(INTEGERS) : this.#pick(this.#texts);
    switch (schema['type']) {
      case 'object':
        return this.#object(schema, depth);
      case 'array':
        return this.#array(schema, depth);
      case 'string':
        return this.#pick(FORMATTED[String(schema['format'])] ?? this.#texts);
      case 'integer':
        return this.#pick(INTEGERS);
      case 'number':
        return this.#pick(DOUBLES);
      case 'boolean':
        return this.#chance(0.5);
      default:
        return { any: 'thing' };
    }
  }

  #object(schema: JsonSchema, depth: number): Json {
    const values = schema['additionalProperties'];
    if (isJsonSchema(values)) return this.#map(values, depth);
    const required = new Set(Array.isArray(schema['required']) ? schema['required'] : []);
    const members = Object.entries(isJsonSchema(schema['properties']) ? schema['properties'] : {});
    // From one object to the next more or fewer are there: rules are about what excludes what.
    const density = this.#pick([0.15, 0.4, 0.8]);
    const chosen = members.filter(([name]) => this.#chance(required.has(name) ? 0.95 : density));
    const isTooDeep = depth >= DEEPEST;
    return Object.fromEntries(
      chosen
        .filter(([name]) => !isTooDeep || required.has(name))
        .map(([name, node]) => [name, this.#nullOr(node as JsonSchema, depth)]),
    );
  }

  #nullOr(schema: JsonSchema, depth: number): Json {
    return this.#chance(0.04) ? null : this.value(schema, depth + 1);
  }

  #map(values: JsonSchema, depth: number): Json {
    const keys = Array.from({ length: this.#below(3) }, () => this.#pick(this.#texts));
    return Object.fromEntries(keys.map((key) => [key, this.value(values, depth + 1)]));
  }

  #array(schema: JsonSchema, depth: number): Json {
    const items = isJsonSchema(schema['items']) ? schema['items'] : {};
    const length = depth >= DEEPEST ? 0 : this.#below(4);
    const made = Array.from({ length }, () => this.value(items, depth + 1));
    const [first] = made;
    // Rules look for items that are the same.
    return first !== undefined && this.#chance(0.2) ? [...made, first] : made;
  }

  #pick<T>(values: readonly T[]): T {
    return values[this.#below(values.length)] as T;
  }

  #chance(probability: number): boolean {
    return this.#next() < probability;
  }

  #below(limit: number): number {
    return Math.floor(this.#next() * limit);
  }

  /** mulberry32: in [0, 1). */
  #next(): number {
    this.#state = (this.#state + 0x6d_2b_79_f5) | 0;
    let mixed = Math.imul(this.#state ^ (this.#state >>> 15), 1 | this.#state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  }
}
