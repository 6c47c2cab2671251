import type { FunctionParameter, MixinFunction } from '../../model/family.ts';
import type { Json } from '../../model/node.ts';
import { literal, type Expression, type Field } from './tree.ts';

/**
 * The `'#name'` field that documents a function, in docsonnet's shape, written as a literal so that nothing
 * has to be imported. Source: jsonnet-libs/docsonnet, doc-util/main.libsonnet.
 */
export function documentationField(fn: MixinFunction): Field {
  const args: Expression = { type: 'array', items: fn.parameters.map(argument) };
  const documented = object({ args, help: literal(fn.description) });
  return hidden(`#${fn.name}`, object({ function: documented }));
}

/** The field that documents a namespace of functions. */
export function packageField(field: string, name: string, help: string): Field {
  return hidden(field, object({ help: literal(help), name: literal(name) }));
}

function argument({ parameter, ...rest }: FunctionParameter): Expression {
  const enums = parameter.node.enum?.map((one) => literal(one as string));
  return object({
    default: defaultValue(rest.default),
    ...(enums === undefined ? {} : { enums: { type: 'array', items: enums } }),
    help: literal(`${parameter.description} Must be ${parameter.expected}.`),
    name: literal(parameter.name),
    type: literal(parameter.node.type === 'map' ? 'object' : parameter.node.type),
  });
}

function defaultValue(value: Json | undefined): Expression {
  if (value === undefined) return literal(null);
  return typeof value === 'object' ? literal(JSON.stringify(value)) : literal(value);
}

function object(members: Record<string, Expression>): Expression {
  return {
    type: 'object',
    fields: Object.entries(members).map(([name, value]) => ({ type: 'value', name, value })),
  };
}

function hidden(name: string, value: Expression): Field {
  return { type: 'value', name, hidden: true, value };
}
