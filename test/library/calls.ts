import type { Json, Node } from '../../lib/model/node.ts';
import { HELPER_LOCALS, helperCalls } from './helper-calls.ts';
import { sampleValue } from './sample-value.ts';
import type { DocumentedArgument, SurfaceEntry } from './surface.ts';

/** One call of one function, as it is made in both libraries. */
export interface Call {
  /** The function: `apps.v1.deployment.spec.withReplicas`. */
  readonly id: string;
  readonly path: readonly string[];
  /** Its arguments, in Jsonnet. */
  readonly args: string;
  /** What the result is added to, in Jsonnet. */
  readonly base?: string;
}

/** What a function's argument takes, as the Model has it. */
export interface ArgumentSchemas {
  readonly argumentOf: (id: string) => Node | undefined;
  readonly definitions: { readonly [name: string]: Node };
}

const BY_TYPE: Readonly<Record<string, Json>> = {
  any: 'a',
  array: ['a'],
  bool: true,
  number: 1,
  object: { a: 'b' },
  string: 'a',
};

/**
 * The calls that compare a function: helpers with arguments written by hand; all others, which have one argument,
 * by position, by name, and with a single value for an array.
 *
 * @throws Error for a function with another number of arguments and without calls of its own.
 */
export function callsOf(entry: SurfaceEntry, schemas: ArgumentSchemas): Call[] {
  const { id, path } = entry;
  const helper = helperCalls(id);
  if (helper !== undefined) return helper.map((call) => ({ id, path, ...call }));
  const [argument, ...more] = entry.args ?? [];
  if (argument === undefined || more.length > 0)
    throw new Error(`${id} has no calls in helper-calls.ts, and not one documented argument`);
  const value = valueOf(id, argument, schemas);
  const values = Array.isArray(value) && value.length === 1 ? [value, value[0] as Json] : [value];
  return values.flatMap((each) => {
    const text = JSON.stringify(each);
    return [text, `${argument.name}=${text}`].map((args) => ({ id, path, args }));
  });
}

function valueOf(id: string, { type }: DocumentedArgument, schemas: ArgumentSchemas): Json {
  const node = schemas.argumentOf(id);
  if (node === undefined) return BY_TYPE[type] ?? 'a';
  return sampleValue(node, schemas.definitions);
}

const PROBE = `
// An object with a value at each place that the patch writes, so that merging shows what it replaces.
local skeleton(value) =
  if std.isObject(value) then { kept: 'kept' } + { [key]: skeleton(value[key]) for key in std.objectFields(value) }
  else if std.isArray(value) then ['kept']
  else 'kept';
local probe(patch) = skeleton(patch) + patch;
`;

/**
 * A program that makes calls in a library; its value has the result of each, in their order.
 *
 * @param main what to import.
 */
export function callProgram(main: string, calls: readonly Call[]): string {
  const lines = calls.map(({ path, args, base }) => {
    const call = `k${path.map((field) => `[${JSON.stringify(field)}]`).join('')}(${args})`;
    return base === undefined ? `  probe(${call}),` : `  ${base} + ${call},`;
  });
  return `local k = import '${main}';${PROBE}${HELPER_LOCALS}[\n${lines.join('\n')}\n]\n`;
}
