import type { Budget } from './budget.ts';
import { type CelError, isList, noSuchOverload, type Value } from './value.ts';

/** What a function is called with. */
export interface CallContext {
  readonly budget: Budget;
}

/** A function of CEL: for a method, the receiver is the first argument. Throws CelError. */
export type CelFunction = (args: readonly Value[], context: CallContext) => Value;

/** Functions by name; names with a dot are in a namespace. */
export type FunctionTable = { readonly [name: string]: CelFunction };

/** Takes arguments by type. What has another type makes the error of a call that has no overload. */
export class Arguments {
  readonly #name: string;
  readonly #values: readonly Value[];

  constructor(name: string, values: readonly Value[], count: readonly number[]) {
    this.#name = name;
    this.#values = values;
    if (!count.includes(values.length)) throw this.mismatch();
  }

  get count(): number {
    return this.#values.length;
  }

  value(index: number): Value {
    return this.#values[index] as Value;
  }

  text(index: number): string {
    const value = this.value(index);
    if (typeof value !== 'string') throw this.mismatch();
    return value;
  }

  int(index: number): bigint {
    const value = this.value(index);
    if (typeof value !== 'bigint') throw this.mismatch();
    return value;
  }

  /** An int as a number: what is beyond 2^53 is beyond every length, too. */
  index(index: number): number {
    return Number(this.int(index));
  }

  bool(index: number): boolean {
    const value = this.value(index);
    if (typeof value !== 'boolean') throw this.mismatch();
    return value;
  }

  list(index: number): readonly Value[] {
    const value = this.value(index);
    if (!isList(value)) throw this.mismatch();
    return value;
  }

  /** A value of a class. */
  of<T extends Value & object>(type: abstract new (...args: never[]) => T, index: number): T {
    const value = this.value(index);
    if (!(value instanceof type)) throw this.mismatch();
    return value;
  }

  mismatch(): CelError {
    return noSuchOverload(this.#name, this.#values);
  }
}
