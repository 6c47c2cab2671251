/**
 * A value of CEL. int is a bigint, double a number, bytes a Uint8Array, a list an array; timestamps and durations count
 * nanoseconds, as Go's do.
 */
export type Value =
  | null
  | boolean
  | bigint
  | number
  | string
  | Uint8Array
  | readonly Value[]
  | MapValue
  | Uint
  | Timestamp
  | Duration
  | Optional
  | TypeValue
  | ExtensionValue;

/** An error of CEL itself, such as `no such key`: `||` and `&&` may absorb it, and a rule that ends in it refuses. */
export class CelError extends Error {}

/** What cannot be evaluated here, so that nothing can be said about the value. */
export class NotEvaluated extends Error {}

/** An unsigned integer of 64 bits. */
export class Uint {
  readonly value: bigint;
  constructor(value: bigint) {
    this.value = value;
  }
}

/** A moment: nanoseconds since 1970 in UTC. */
export class Timestamp {
  readonly nanos: bigint;
  constructor(nanos: bigint) {
    this.nanos = nanos;
  }
}

/** A span of time in nanoseconds. */
export class Duration {
  readonly nanos: bigint;
  constructor(nanos: bigint) {
    this.nanos = nanos;
  }
}

/** A value that may be absent. */
export class Optional {
  readonly value: Value | undefined;
  constructor(value?: Value) {
    this.value = value;
  }
}

/** The type of a value, as `type(x)` gives it. */
export class TypeValue {
  readonly name: string;
  constructor(name: string) {
    this.name = name;
  }
}

/** A value of one of Kubernetes' own types, such as a quantity. */
export abstract class ExtensionValue {
  abstract readonly typeName: string;
  /** Whether a value of the same type is equal. */
  abstract equals(other: this): boolean;
}

/** An object or a map. */
export abstract class MapValue {
  /** The value under a key; undefined when the key is absent. */
  abstract find(key: Value): Value | undefined;
  /** In the order of the source. */
  abstract keys(): readonly Value[];
  get size(): number {
    return this.keys().length;
  }
}

/** A map that an expression made. */
export class MapLiteral extends MapValue {
  readonly #entries = new Map<string, readonly [Value, Value]>();

  /**
   * Of two values under one key, the last one stays.
   *
   * @throws CelError for what cannot be a key.
   */
  set(key: Value, value: Value): void {
    const id = keyId(key);
    if (id === undefined) throw new CelError(`unsupported key type: ${typeName(key)}`);
    this.#entries.set(id, [key, value]);
  }

  /** @throws CelError for a key that is there already, or cannot be one. */
  insert(key: Value, value: Value): void {
    if (this.find(key) !== undefined)
      throw new CelError(`insert failed: key ${shown(key)} already exists`);
    this.set(key, value);
  }

  find(key: Value): Value | undefined {
    const id = keyId(key);
    return id === undefined ? undefined : this.#entries.get(id)?.[1];
  }

  keys(): readonly Value[] {
    return [...this.#entries.values()].map(([key]) => key);
  }
}

/** Integers of every type are one key when they are equal, as in cel-go. */
function keyId(key: Value): string | undefined {
  if (typeof key === 'string') return `s${key}`;
  if (typeof key === 'boolean') return `b${key}`;
  if (typeof key === 'bigint') return `n${key}`;
  if (key instanceof Uint) return `n${key.value}`;
  return typeof key === 'number' && Number.isInteger(key) ? `n${BigInt(key)}` : undefined;
}

/** Whether a value is a list. */
export function isList(value: Value): value is readonly Value[] {
  return Array.isArray(value);
}

/** The name of a value's type, as CEL writes it. */
export function typeName(value: Value): string {
  switch (typeof value) {
    case 'boolean':
      return 'bool';
    case 'bigint':
      return 'int';
    case 'number':
      return 'double';
    case 'string':
      return 'string';
    default:
      return typeNameOfObject(value);
  }
}

function typeNameOfObject(value: Value & (object | null)): string {
  if (value === null) return 'null_type';
  if (isList(value)) return 'list';
  if (value instanceof MapValue) return 'map';
  if (value instanceof Uint8Array) return 'bytes';
  if (value instanceof Uint) return 'uint';
  if (value instanceof Timestamp) return 'google.protobuf.Timestamp';
  if (value instanceof Duration) return 'google.protobuf.Duration';
  if (value instanceof Optional) return 'optional_type';
  return value instanceof TypeValue ? 'type' : value.typeName;
}

/** A value as a message names it: what is no scalar by its type. */
export function shown(value: Value): string {
  const scalar = value instanceof Uint ? value.value : value;
  return typeof scalar === 'object' ? typeName(scalar) : String(scalar);
}

/** The error for operands that an operator or a function does not take. */
export function noSuchOverload(name: string, values: readonly Value[]): CelError {
  return new CelError(`no such overload: ${name}(${values.map(typeName).join(', ')})`);
}
