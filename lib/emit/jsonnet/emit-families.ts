import { createHash } from 'node:crypto';
import type { Definition, Family, MixinFunction, Parameter, Template } from '../../model/family.ts';
import type { Json } from '../../model/node.ts';
import { generatedBanner, type OutputFile } from '../file.ts';
import { asArray, parameterAsserts, type AutomatonImport } from './asserts.ts';
import { compilePattern } from './automaton.ts';
import { documentationField, packageField } from './documentation.ts';
import { printJsonnet } from './print.ts';
import {
  call,
  identifier,
  join,
  literal,
  type Expression,
  type Field,
  type ValueField,
} from './tree.ts';

/**
 * The Jsonnet library of the families: one file a family, one a pattern, and `main.libsonnet`, which
 * imports the families lazily.
 *
 * @param directory where the files go, relative to the project.
 * @returns the files, sorted by path; the same families give the same bytes.
 */
export function emitJsonnet(families: readonly Family[], directory: string): OutputFile[] {
  const patterns = new Map<string, string>();
  const automaton: AutomatonImport = (pattern) => {
    const name = `pattern/${createHash('sha256').update(pattern).digest('hex').slice(0, 12)}.libsonnet`;
    patterns.set(name, pattern);
    return { type: 'import', path: name };
  };
  const files = families.map((family) => ({
    path: `${directory}/${family.name}.libsonnet`,
    text: printFamily(family, automaton),
  }));
  for (const [name, pattern] of patterns)
    files.push({ path: `${directory}/${name}`, text: printAutomaton(pattern) });
  files.push({ path: `${directory}/main.libsonnet`, text: printMain(families) });
  return files.sort((a, b) => (a.path < b.path ? -1 : 1));
}

function printMain(families: readonly Family[]): string {
  const sha256 = families.reduce(
    (hash, family) => hash.update(family.sha256),
    createHash('sha256'),
  );
  const fields = families.map((family) =>
    valueField(family.name, { type: 'import', path: `${family.name}.libsonnet` }),
  );
  const banner = generatedBanner('the declarations beside it', sha256.digest('hex'));
  return printJsonnet({ banner, locals: [], value: { type: 'object', fields } });
}

function printAutomaton(pattern: string): string {
  const sha256 = createHash('sha256').update(pattern).digest('hex');
  return printJsonnet({
    banner: generatedBanner(`the pattern ${pattern}`, sha256),
    locals: [],
    value: constant(compilePattern(pattern) as unknown as Json),
  });
}

function printFamily(family: Family, automaton: AutomatonImport): string {
  const checked = family.definitions.some((definition) =>
    definition.functions.some((fn) => fn.parameters.length > 0),
  );
  const check = { name: 'check', value: { type: 'import', path: '../check.libsonnet' } } as const;
  return printJsonnet({
    banner: generatedBanner(family.file, family.sha256),
    locals: checked ? [check] : [],
    value: {
      type: 'object',
      fields: [
        packageField('#', family.name, family.description),
        ...family.definitions.flatMap((definition) =>
          definitionFields(family, definition, automaton),
        ),
      ],
    },
  });
}

function definitionFields(
  family: Family,
  definition: Definition,
  automaton: AutomatonImport,
): Field[] {
  const owner = `${family.name}.${definition.name}`;
  const methods = definition.functions.flatMap((fn) => [
    documentationField(fn),
    methodField(owner, fn, automaton),
  ]);
  return [
    packageField(`#${definition.name}`, definition.name, definition.description),
    valueField(definition.name, { type: 'object', fields: methods }),
  ];
}

function methodField(owner: string, fn: MixinFunction, automaton: AutomatonImport): Field {
  return {
    type: 'method',
    name: fn.name,
    parameters: fn.parameters.map((one) => ({
      name: one.parameter.name,
      ...(one.default === undefined ? {} : { default: constant(one.default) }),
    })),
    asserts: fn.parameters.flatMap((one) =>
      parameterAsserts(`${owner}.${fn.name}`, one.parameter, automaton),
    ),
    body: templateExpression(fn.result),
  };
}

function templateExpression(template: Template): Expression {
  switch (template.type) {
    case 'constant':
      return constant(template.value);
    case 'parameter':
      return encoded(template.parameter);
    case 'concat':
      return join('+', template.parts.map(concatPart));
    case 'array':
      return { type: 'array', items: template.items.map(templateExpression) };
    case 'object':
      return {
        type: 'object',
        fields: template.fields.map((field) => ({
          ...valueField(field.name, templateExpression(field.value)),
          merge: field.merge,
        })),
      };
    default:
      return template satisfies never;
  }
}

function concatPart(part: string | Parameter): Expression {
  return typeof part === 'string' ? literal(part) : identifier(part.name);
}

function encoded(parameter: Parameter): Expression {
  const value = identifier(parameter.name);
  const array = parameter.node.type === 'array';
  switch (parameter.encoding) {
    case 'string':
      return call('std.toString', value);
    case 'comma-list':
      return call('std.join', literal(','), asArray(value));
    case 'value':
      return array ? asArray(value) : value;
    default:
      return parameter.encoding satisfies never;
  }
}

function constant(value: Json): Expression {
  if (value === null || typeof value !== 'object') return literal(value);
  if (Array.isArray(value)) return { type: 'array', items: value.map(constant) };
  const fields = Object.entries(value).map(([name, member]) => valueField(name, constant(member)));
  return { type: 'object', fields };
}

function valueField(name: string, value: Expression): ValueField {
  return { type: 'value', name, value };
}
