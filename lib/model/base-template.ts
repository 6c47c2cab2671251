import { Failure } from '../finding/failure.ts';
import type { Concat, FunctionParameter, Template } from './family.ts';
import type { Json } from './node.ts';

/** What a `base` may refer to: the function's parameters, and its place for messages. */
export interface BaseScope {
  readonly parameters: readonly FunctionParameter[];
  /** Names the declaration, definition and function. */
  readonly place: string;
}

/**
 * The template that a `base` declares. In its strings, keys and values, `${name}` stands for the string parameter
 * of that name. An object with one key that starts with `$` is an operator: `$parameter` (the value of a parameter,
 * of any type), `$json` and `$base64` (the inner template, encoded).
 *
 * @throws Failure `usage` for a parameter that the function does not take, or an unknown operator.
 */
export function baseTemplate(base: Json, scope: BaseScope): Template {
  if (typeof base === 'string') return stringTemplate(base, scope);
  if (isArray(base)) return { type: 'array', items: base.map((item) => baseTemplate(item, scope)) };
  if (base === null || typeof base !== 'object') return { type: 'constant', value: base };
  const [first, ...others] = Object.entries(base);
  if (first !== undefined && others.length === 0 && first[0].startsWith('$') && !isText(first[0]))
    return operator(first[0], first[1], scope);
  return {
    type: 'object',
    fields: Object.entries(base).map(([name, value]) => ({
      name: isText(name) ? interpolate(name, scope) : name,
      merge: false,
      value: baseTemplate(value, scope),
    })),
  };
}

/** The template of the value of a parameter. */
export function parameterTemplate({ parameter, ...rest }: FunctionParameter): Template {
  return { type: 'parameter', parameter, optional: rest.default === null };
}

function operator(name: string, value: Json, scope: BaseScope): Template {
  switch (name) {
    case '$parameter':
      return parameterTemplate(find(value, scope));
    case '$json':
      return { type: 'json', value: baseTemplate(value, scope) };
    case '$base64':
      return { type: 'base64', value: baseTemplate(value, scope) };
    default:
      throw new Failure('usage', `${scope.place}: ${name} is no operator`, {
        hint: 'A base knows $parameter, $json and $base64.',
      });
  }
}

const PLACEHOLDER = /\$\{([^}]*)\}/;

function isText(text: string): boolean {
  return PLACEHOLDER.test(text);
}

function stringTemplate(value: string, scope: BaseScope): Template {
  return isText(value) ? interpolate(value, scope) : { type: 'constant', value };
}

function interpolate(value: string, scope: BaseScope): Concat {
  // Every second piece is what the group of the pattern matched: a name.
  const pieces = value.split(new RegExp(PLACEHOLDER, 'g'));
  const parts = pieces.map((piece, index) =>
    index % 2 === 0 ? piece : stringParameter(piece, scope),
  );
  return { type: 'concat', parts: parts.filter((part) => part !== '') };
}

/**
 * The parameter that a part of a string names.
 *
 * @throws Failure `usage` when the function does not take it, it is no string, or may be left out.
 */
export function stringParameter(name: string, scope: BaseScope): Concat['parts'][number] {
  const { parameter, ...rest } = find(name, scope);
  if (parameter.node.type === 'string' && rest.default !== null) return parameter;
  throw new Failure('usage', `${scope.place}: \${${name}} is no string that is always there`, {
    hint: 'A string is made of strings; the value of another parameter is {"$parameter": "NAME"} in a base.',
  });
}

function find(name: Json, scope: BaseScope): FunctionParameter {
  const found = scope.parameters.find(({ parameter }) => parameter.name === name);
  if (found !== undefined) return found;
  throw new Failure(
    'usage',
    `${scope.place}: the function has no parameter ${JSON.stringify(name)}`,
  );
}

// Array.isArray does not narrow a readonly array.
function isArray(value: Json): value is readonly Json[] {
  return Array.isArray(value);
}
