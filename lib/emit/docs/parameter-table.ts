import type { Path } from '../../finding/finding.ts';
import type { Concat, Definition, MixinFunction, Parameter, Template } from '../../model/family.ts';
import type { Node } from '../../model/node.ts';
import { code, escapeText, table } from './markdown.ts';
import { typeWords } from './type-words.ts';

const HEAD = ['Parameter', 'Type', 'Meaning', 'Default', 'Written to', 'Source'];

/** The table of a definition's parameters; the fields of nested objects have rows of their own. */
export function parameterTable({ parameters, functions }: Definition): string {
  return table(
    HEAD,
    parameters.flatMap((parameter) => [
      parameterRow(parameter, functions),
      ...fieldRows(parameter.name, parameter.node),
    ]),
  );
}

function parameterRow(parameter: Parameter, functions: readonly MixinFunction[]): string[] {
  return [
    code(parameter.name),
    typeWords(parameter.node),
    escapeText(`${parameter.description} Must be ${parameter.expected}.`),
    defaultWords(parameter.node, parameter.required),
    placesOf(parameter, functions)
      .map((place) => code(place))
      .join(', '),
    escapeText(parameter.source),
  ];
}

/** One row for each field below a node: `servers[].port`, `entries.*.roleArn`. */
function fieldRows(name: string, node: Node): string[][] {
  if (node.type === 'array') return fieldRows(`${name}[]`, node.items);
  if (node.type === 'map') return fieldRows(`${name}.*`, node.values);
  if (node.type !== 'object') return [];
  return Object.entries(node.properties).flatMap(([key, field]) => [
    [
      code(`${name}.${key}`),
      typeWords(field),
      escapeText(field.description ?? ''),
      defaultWords(field, node.required.includes(key)),
      '',
      '',
    ],
    ...fieldRows(`${name}.${key}`, field),
  ]);
}

function defaultWords(node: Node, required: boolean): string {
  if (node.default !== undefined) return code(JSON.stringify(node.default));
  return required ? 'required' : '';
}

/** The places that a parameter is written to: its targets, else those where a function uses it. */
function placesOf(parameter: Parameter, functions: readonly MixinFunction[]): string[] {
  const paths =
    parameter.targets.length > 0
      ? parameter.targets
      : functions.flatMap(({ result }) => pathsTo(parameter, result));
  return [...new Set(paths.map(showPath))].filter((place) => place !== '');
}

/** Where a template has a parameter; what is encoded as a whole counts as one place. */
function pathsTo(parameter: Parameter, template: Template): Path[] {
  switch (template.type) {
    case 'constant':
      return [];
    case 'parameter':
      return template.parameter === parameter ? [[]] : [];
    case 'concat':
      return template.parts.includes(parameter) ? [[]] : [];
    case 'json':
    case 'base64':
      return pathsTo(parameter, template.value).length > 0 ? [[]] : [];
    case 'array':
      return template.items.flatMap((item, index) => below(index, pathsTo(parameter, item)));
    case 'object':
      return template.fields.flatMap(({ name, value }) => {
        if (typeof name === 'string') return below(name, pathsTo(parameter, value));
        const own: Path[] = name.parts.includes(parameter) ? [[nameWords(name)]] : [];
        return [...own, ...below(nameWords(name), pathsTo(parameter, value))];
      });
    default:
      return template satisfies never;
  }
}

function below(segment: string | number, paths: readonly Path[]): Path[] {
  return paths.map((path) => [segment, ...path]);
}

function nameWords({ parts }: Concat): string {
  return parts.map((part) => (typeof part === 'string' ? part : `\${${part.name}}`)).join('');
}

function showPath(path: Path): string {
  return path
    .map((segment, index) => {
      if (typeof segment === 'number') return `[${segment}]`;
      if (!/^[A-Za-z_]\w*$/.test(segment)) return `['${segment}']`;
      return index === 0 ? segment : `.${segment}`;
    })
    .join('');
}
