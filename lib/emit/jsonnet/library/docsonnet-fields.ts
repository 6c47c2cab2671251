import type { FunctionParameter, LibraryFunction } from '../../../model/library/part.ts';
import { factsOf } from '../../../model/library/type-words.ts';
import type { Api } from '../../../model/lower-api.ts';
import type { Json, Node } from '../../../model/node.ts';
import { literal, type Expression, type ValueField } from '../tree.ts';

/** `'#name':: value`. */
export function hidden(name: string, value: Expression): ValueField {
  return { type: 'value', name, hidden: true, value };
}

/**
 * What docsonnet calls a package: the library, a group, a version, an object.
 * Source: jsonnet-libs/docsonnet, doc-util/main.libsonnet.
 *
 * @param library name of the library: where it is imported from.
 */
export function packageHelp(name: string, help: string, library: string): Expression {
  return object([
    ['help', literal(help)],
    ['import', literal(`${library}/main.libsonnet`)],
    ['name', literal(name)],
  ]);
}

/** An object inside another one. */
export function objectHelp(help: string): Expression {
  return object([['object', object([['help', literal(help)]])]]);
}

/** A function with its parameters. */
export function functionHelp(
  { help, parameters, property }: LibraryFunction,
  api: Api,
): Expression {
  const node = property === undefined ? undefined : parameters[0]?.node;
  const facts = node === undefined || help.startsWith('As with') ? [] : factsOf(node, api);
  const limits = facts.map(({ name, text }) => `${name}: ${text}`).join('; ');
  const text = [help, limits].filter((one) => one !== '').join('\n\n');
  const args: Expression = { type: 'array', inline: true, items: parameters.map(argumentHelp) };
  return object([
    [
      'function',
      object([
        ['args', args],
        ['help', literal(text)],
      ]),
    ],
  ]);
}

function argumentHelp({ name, node, default: value }: FunctionParameter): Expression {
  const enums = node?.enum ?? (node?.type === 'array' ? node.items.enum : undefined);
  return object([
    ...(value === undefined ? [] : [['default', defaultValue(value)] as const]),
    ...(enums === undefined
      ? []
      : [['enums', { type: 'array', items: enums.map(scalar), inline: true }] as const]),
    ['name', literal(name)],
    ['type', literal(node === undefined ? 'any' : docsonnetType(node))],
  ]);
}

function scalar(value: Json): Expression {
  return literal(typeof value === 'object' ? JSON.stringify(value) : value);
}

/** A default as its value where it is a scalar, else as Jsonnet. */
function defaultValue(text: string): Expression {
  if (text === 'true' || text === 'false') return literal(text === 'true');
  if (text === 'null') return literal(null);
  if (/^\d+$/.test(text)) return literal(Number(text));
  const quoted = /^'([^'\\]*)'$/.exec(text);
  return literal(quoted?.[1] ?? text);
}

/** Source: jsonnet-libs/docsonnet, pkg/docsonnet/model.go, Type. */
function docsonnetType(node: Node): string {
  switch (node.type) {
    case 'string':
    case 'boolean':
    case 'array':
    case 'object':
    case 'number':
      return node.type;
    case 'integer':
      return 'number';
    case 'map':
      return 'object';
    case 'int-or-string':
    case 'quantity':
    case 'union':
    case 'any':
    case 'ref':
      return 'any';
  }
}

function object(members: readonly (readonly [name: string, value: Expression])[]): Expression {
  const fields = members.map(([name, value]): ValueField => ({ type: 'value', name, value }));
  return { type: 'object', inline: true, fields };
}
