import { markKeyedList } from './compare.ts';
import { parseFormatDate, parseFormatDateTime, parseFormatDuration } from './functions/time.ts';
import { isRecord } from '../../manifest/is-record.ts';
import type { PlanNode } from './rule-plan.ts';
import {
  CelError,
  Duration,
  ExtensionValue,
  MapValue,
  shown,
  Timestamp,
  typeName,
  type Value,
} from './value.ts';

/** Words of CEL that cannot be names of fields. Source: k8s.io/apiserver/pkg/cel/escaping.go. */
const RESERVED = new Set(
  (
    'true false null in as break const continue else for function if import let loop package namespace return var ' +
    'void while'
  ).split(' '),
);
const ESCAPES: { readonly [text: string]: string } = {
  __: '__underscores__',
  '.': '__dot__',
  '-': '__dash__',
  '/': '__slash__',
};

/**
 * The name by which rules call a field, such as `__namespace__`.
 *
 * @returns undefined when the field has no name in CEL.
 */
export function escapedName(name: string): string | undefined {
  if (RESERVED.has(name)) return `__${name}__`;
  if (!/^[A-Za-z_./-][\w./-]*$/.test(name)) return undefined;
  return name.replaceAll(/__|[./-]/g, (part) => ESCAPES[part] ?? part);
}

/**
 * What stands at a place once the API server has removed nulls and filled in defaults.
 *
 * @param raw as rendered; undefined when it is absent.
 */
export function withDefault(raw: unknown, node: PlanNode): unknown {
  if (raw === null && node.nullable === true) return null;
  return raw === null || raw === undefined ? node.default : raw;
}

/**
 * A value of a manifest as CEL sees it.
 *
 * @param raw what `withDefault` gave, valid by its schema.
 * @throws CelError when it is not what the schema says.
 */
export function convertValue(raw: unknown, node: PlanNode): Value {
  if (raw === null) return null;
  switch (node.type) {
    case 'object':
      return new SchemaObject(record(raw), node);
    case 'map':
      return new SchemaMap(record(raw), node);
    case 'array':
      return convertList(raw, node);
    case 'string':
      return convertString(raw, node);
    case 'integer':
      return integer(raw);
    case 'number':
      if (typeof raw !== 'number') throw unexpected(raw, 'number');
      return raw;
    case 'boolean':
      if (typeof raw !== 'boolean') throw unexpected(raw, 'boolean');
      return raw;
    case 'int-or-string':
      return typeof raw === 'string' ? raw : integer(raw);
    case 'opaque':
      return new Opaque(raw);
  }
}

function unexpected(raw: unknown, type: string): CelError {
  return new CelError(`invalid data, expected ${type}, got ${typeof raw}`);
}

function record(raw: unknown): { readonly [key: string]: unknown } {
  if (!isRecord(raw)) throw unexpected(raw, 'map');
  return raw;
}

function integer(raw: unknown): bigint {
  if (typeof raw === 'bigint') return raw;
  if (typeof raw !== 'number' || !Number.isInteger(raw)) throw unexpected(raw, 'int');
  return BigInt(raw);
}

function convertString(raw: unknown, { format }: PlanNode): Value {
  if (typeof raw !== 'string') throw unexpected(raw, 'string');
  switch (format) {
    case 'duration':
      return new Duration(parsed(parseFormatDuration(raw), 'duration'));
    case 'date':
      return new Timestamp(parsed(parseFormatDate(raw), 'date'));
    case 'date-time':
      return new Timestamp(parsed(parseFormatDateTime(raw), 'date-time'));
    case 'byte':
      return bytes(raw);
    default:
      return raw;
  }
}

function parsed(nanos: bigint | undefined, format: string): bigint {
  if (nanos === undefined) throw new CelError(`invalid ${format} formatted string`);
  return nanos;
}

/** The API server decodes the URL alphabet here, and no other. */
function bytes(raw: string): Uint8Array {
  const text = raw.replaceAll(/[\r\n]/g, '');
  if (!/^(?:[\w-]{4})*(?:[\w-]{2}==|[\w-]{3}=)?$/.test(text))
    throw new CelError('invalid byte formatted string');
  return Buffer.from(text, 'base64url');
}

function convertList(raw: unknown, node: PlanNode): Value {
  if (!Array.isArray(raw)) throw unexpected(raw, 'array');
  const items = node.items ?? { type: 'opaque' };
  const list = raw.map((item: unknown) => convertValue(item, items));
  const hasKeys = node.listType === 'map' || list.every((item) => typeof item !== 'object');
  if (node.listType !== undefined && hasKeys)
    markKeyedList(list, { keyOf: (item) => keyOf(item, node) });
  return list;
}

/** Two items of a set are one when they are equal, two of a map when their keys are. */
function keyOf(item: Value, { listType, mapKeys = [] }: PlanNode): string {
  if (listType === 'set' || !(item instanceof MapValue)) return textOf(item);
  return mapKeys.map((key) => textOf(item.find(escapedName(key) ?? key) ?? null)).join('\0');
}

function textOf(value: Value): string {
  return `${typeName(value)} ${shown(value)}`;
}

/** An object with named fields; what its schema does not name is not visible. */
class SchemaObject extends MapValue {
  readonly #raw: { readonly [key: string]: unknown };
  readonly #fields: ReadonlyMap<string, string>;
  readonly #node: PlanNode;
  #converted: Map<string, Value> | undefined;

  constructor(raw: { readonly [key: string]: unknown }, node: PlanNode) {
    super();
    this.#raw = raw;
    this.#node = node;
    this.#fields = fieldsOf(node);
  }

  find(key: Value): Value | undefined {
    const field = typeof key === 'string' ? this.#fields.get(key) : undefined;
    if (field === undefined) return undefined;
    const known = this.#converted?.get(field);
    if (known !== undefined) return known;
    const node = this.#node.properties?.[field] as PlanNode;
    const raw = withDefault(Object.hasOwn(this.#raw, field) ? this.#raw[field] : undefined, node);
    // A field that is null counts as absent to rules, also where the schema lets it be null.
    if (raw === undefined || raw === null) return undefined;
    const value = convertValue(raw, node);
    (this.#converted ??= new Map()).set(field, value);
    return value;
  }

  keys(): readonly Value[] {
    return [...this.#fields.keys()].filter((key) => this.find(key) !== undefined);
  }
}

const fieldsByNode = new WeakMap<PlanNode, ReadonlyMap<string, string>>();

/** Escaped name -> name. */
function fieldsOf(node: PlanNode): ReadonlyMap<string, string> {
  const known = fieldsByNode.get(node);
  if (known !== undefined) return known;
  const fields = new Map(
    Object.keys(node.properties ?? {}).flatMap((name): [string, string][] => {
      const escaped = escapedName(name);
      return escaped === undefined ? [] : [[escaped, name]];
    }),
  );
  fieldsByNode.set(node, fields);
  return fields;
}

/** An object whose keys are data. */
class SchemaMap extends MapValue {
  readonly #raw: { readonly [key: string]: unknown };
  readonly #values: PlanNode;
  readonly #converted = new Map<string, Value>();

  constructor(raw: { readonly [key: string]: unknown }, { items = { type: 'opaque' } }: PlanNode) {
    super();
    this.#raw = raw;
    this.#values = items;
  }

  find(key: Value): Value | undefined {
    if (typeof key !== 'string' || !Object.hasOwn(this.#raw, key)) return undefined;
    const known = this.#converted.get(key);
    if (known !== undefined) return known;
    const raw = withDefault(this.#raw[key], this.#values);
    if (raw === undefined) return undefined;
    const value = convertValue(raw, this.#values);
    this.#converted.set(key, value);
    return value;
  }

  keys(): readonly Value[] {
    return Object.keys(this.#raw).filter(
      (key) => withDefault(this.#raw[key], this.#values) !== undefined,
    );
  }
}

/** What a rule cannot read, but compare as a part of what it can. */
class Opaque extends ExtensionValue {
  readonly typeName = 'unknown';
  readonly #raw: unknown;

  constructor(raw: unknown) {
    super();
    this.#raw = raw;
  }

  equals(other: Opaque): boolean {
    return JSON.stringify(this.#raw) === JSON.stringify(other.#raw);
  }
}
