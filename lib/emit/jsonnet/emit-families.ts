import { createHash } from 'node:crypto';
import { Failure } from '../../finding/failure.ts';
import type {
  Definition,
  Family,
  MixinFunction,
  Parameter,
  Template,
  TemplateField,
} from '../../model/family.ts';
import type { Json } from '../../model/node.ts';
import { generatedBanner, type OutputFile, sha256Of } from '../file.ts';
import {
  asArray,
  checkFunctions,
  isGiven,
  objectChecks,
  parameterAssert,
  patternsOf,
  type ObjectChecks,
} from './asserts.ts';
import { compilePattern } from './automaton.ts';
import { documentationField, printDocumentation } from './documentation.ts';
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

/** Where the generated Jsonnet goes, and what it imports. */
export interface JsonnetTarget {
  /** Folder, relative to the project. */
  readonly directory: string;
  /** Import path of Tankard's check.libsonnet, as seen from the files. */
  readonly check: string;
}

/**
 * The Jsonnet library of the families: one file a family with its documentation beside it, the automata of all
 * patterns, and `main.libsonnet`, which imports the families lazily.
 *
 * @returns the files, sorted by path; the same families give the same bytes.
 * @throws Failure `usage` that names the declaration when a pattern cannot be compiled.
 */
export function emitJsonnet(
  families: readonly Family[],
  { directory, check }: JsonnetTarget,
): OutputFile[] {
  const files = families.flatMap((family) => [
    { path: `${directory}/${family.name}.libsonnet`, text: printFamily(family, check) },
    { path: `${directory}/docs/${family.name}.libsonnet`, text: printDocumentation(family) },
  ]);
  files.push({ path: `${directory}/automata.libsonnet`, text: printAutomata(families) });
  files.push({ path: `${directory}/main.libsonnet`, text: printMain(families) });
  return files.sort((a, b) => (a.path < b.path ? -1 : 1));
}

function printMain(families: readonly Family[]): string {
  const fields = families.map((family) =>
    valueField(family.name, { type: 'import', path: `${family.name}.libsonnet` }),
  );
  const banner = generatedBanner('the declarations beside it', sha256Of(families));
  return printJsonnet({ banner, locals: [], value: { type: 'object', fields } });
}

function printAutomata(families: readonly Family[]): string {
  const places = new Map(
    families.flatMap((family) =>
      family.definitions.flatMap((definition) =>
        patternsIn(definition).map((one) => [one, `${family.file}: ${definition.name}`] as const),
      ),
    ),
  );
  const sorted = [...places.keys()].sort();
  const fields = sorted.map((pattern) =>
    valueField(pattern, constant(compiled(pattern, places.get(pattern) ?? ''))),
  );
  const sha256 = createHash('sha256').update(sorted.join('\n')).digest('hex');
  const banner = generatedBanner('the patterns of all declarations', sha256);
  return printJsonnet({ banner, locals: [], value: { type: 'object', fields } });
}

function compiled(pattern: string, place: string): Json {
  try {
    return compilePattern(pattern) as unknown as Json;
  } catch (cause) {
    throw new Failure('usage', `${place}: the pattern ${(cause as Error).message}`, {
      hint: 'A pattern has to mean the same to JavaScript, RE2 and plain Jsonnet: see docs/architecture.md.',
      cause,
    });
  }
}

function patternsIn(definition: Definition): string[] {
  return definition.functions.flatMap((fn) =>
    fn.parameters.flatMap(({ parameter }) => patternsOf(parameter.node)),
  );
}

function printFamily(family: Family, check: string): string {
  const methods = family.definitions.flatMap((definition) => definition.functions);
  const checks = methods.some((fn) => fn.parameters.length > 0);
  const matches = family.definitions.some((definition) => patternsIn(definition).length > 0);
  const objects = objectChecks(family.definitions.map(withTakenParameters));
  const automata: Expression = { type: 'import', path: 'automata.libsonnet' };
  return printJsonnet({
    banner: generatedBanner(family.file, family.sha256),
    locals: [
      ...(checks ? [{ name: 'check', value: { type: 'import', path: check } as const }] : []),
      { name: 'docs', value: { type: 'import', path: `docs/${family.name}.libsonnet` } },
      ...(matches ? [{ name: 'matches', value: call('check.matcher', automata) }] : []),
      ...checkFunctions(objects),
    ],
    value: {
      type: 'object',
      fields: [
        documentationField('#', 'docs'),
        ...family.definitions.flatMap((definition) => definitionFields(family, definition, objects)),
      ],
    },
  });
}

/** Without the parameters that no function takes: nothing checks them. */
function withTakenParameters(definition: Definition): Definition {
  const taken = new Set(
    definition.functions.flatMap((fn) => fn.parameters.map(({ parameter }) => parameter)),
  );
  return { ...definition, parameters: definition.parameters.filter((one) => taken.has(one)) };
}

function definitionFields(
  family: Family,
  definition: Definition,
  checks: ObjectChecks,
): Field[] {
  const owner = `${family.name}.${definition.name}`;
  const methods = definition.functions.flatMap((fn) => [
    documentationField(`#${fn.name}`, `docs.${definition.name}`),
    methodField(owner, fn, checks),
  ]);
  return [
    documentationField(`#${definition.name}`, 'docs'),
    valueField(definition.name, { type: 'object', fields: methods }),
  ];
}

function methodField(owner: string, fn: MixinFunction, checks: ObjectChecks): Field {
  return {
    type: 'method',
    name: fn.name,
    parameters: fn.parameters.map((one) => ({
      name: one.parameter.name,
      ...(one.default === undefined ? {} : { default: constant(one.default) }),
    })),
    asserts: fn.parameters.map((one) => parameterAssert(`${owner}.${fn.name}`, one, checks)),
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
    case 'json':
      return call('std.manifestJsonMinified', templateExpression(template.value));
    case 'base64':
      return base64(templateExpression(template.value));
    case 'array':
      return { type: 'array', items: template.items.map(templateExpression) };
    case 'object':
      return { type: 'object', fields: template.fields.map(templateField) };
    default:
      return template satisfies never;
  }
}

function templateField(field: TemplateField): ValueField {
  const value = templateExpression(field.value);
  return { type: 'value', name: fieldNameOf(field), merge: field.merge, value };
}

/** A field whose value the caller may leave out has a name that is null then: Jsonnet leaves the field out too. */
function fieldNameOf({ name, value }: TemplateField): string | Expression {
  const expression = typeof name === 'string' ? literal(name) : templateExpression(name);
  if (value.type === 'parameter' && value.optional)
    return { type: 'conditional', test: isGiven(value.parameter), consequent: expression };
  return typeof name === 'string' ? name : expression;
}

/** std.base64 takes the code points of a string for bytes, which is wrong beyond ASCII. */
function base64(value: Expression): Expression {
  return call('std.base64', call('std.encodeUTF8', value));
}

function concatPart(part: string | Parameter): Expression {
  return typeof part === 'string' ? literal(part) : identifier(part.name);
}

function encoded(parameter: Parameter): Expression {
  const value = identifier(parameter.name);
  const array = parameter.node.type === 'array';
  switch (parameter.encoding) {
    case 'string':
    case 'go-bool':
      return call('std.toString', value);
    case 'comma-list':
    case 'csv':
      return call('std.join', literal(','), asArray(value));
    case 'semicolon-list':
      return call('std.join', literal(';'), asArray(value));
    case 'json':
      return call('std.manifestJsonMinified', array ? asArray(value) : value);
    case 'base64':
      return base64(value);
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
