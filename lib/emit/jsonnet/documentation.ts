import type { Definition, Family, FunctionParameter, MixinFunction } from '../../model/family.ts';
import type { Json } from '../../model/node.ts';
import { generatedBanner } from '../file.ts';
import { printJsonnet } from './print.ts';
import { literal, member, type Expression, type Field } from './tree.ts';

/**
 * The documentation of a family, in docsonnet's shape, written as literals so that nothing has to be imported. It
 * stands in a file of its own: rendering never reads it, and parsing it would cost as much as the family itself.
 * Source: jsonnet-libs/docsonnet, doc-util/main.libsonnet.
 */
export function printDocumentation(family: Family): string {
  const fields = family.definitions.flatMap((definition): Field[] => [
    field(`#${definition.name}`, packageHelp(definition.name, definition.description)),
    field(definition.name, functionsHelp(definition)),
  ]);
  return printJsonnet({
    banner: generatedBanner(family.file, family.sha256),
    locals: [],
    value: {
      type: 'object',
      fields: [field('#', packageHelp(family.name, family.description)), ...fields],
    },
  });
}

/** The hidden field by which docsonnet and editors find the documentation: `'#new':: docs.serviceAccount['#new']`. */
export function documentationField(name: string, container: string): Field {
  const value: Expression = { type: 'index', target: member(container), field: name };
  return { type: 'value', name, hidden: true, value };
}

function functionsHelp(definition: Definition): Expression {
  return {
    type: 'object',
    fields: definition.functions.map((fn) => field(`#${fn.name}`, functionHelp(fn))),
  };
}

function functionHelp(fn: MixinFunction): Expression {
  const args: Expression = { type: 'array', items: fn.parameters.map(argument) };
  return object({ function: object({ args, help: literal(fn.description) }) });
}

function packageHelp(name: string, help: string): Expression {
  return object({ help: literal(help), name: literal(name) });
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
    fields: Object.entries(members).map(([name, value]) => field(name, value)),
  };
}

function field(name: string, value: Expression): Field {
  return { type: 'value', name, value };
}
