import { Failure } from '../finding/failure.ts';
import { checkParameter } from './check-parameter.ts';
import type {
  Declaration,
  DeclaredDefinition,
  DeclaredFunction,
  DeclaredParameter,
} from './declaration.ts';
import type {
  Definition,
  Family,
  FunctionParameter,
  MixinFunction,
  Parameter,
  Template,
} from './family.ts';
import { lowerSchema } from './lower.ts';
import type { Node, ObjectNode, SchemaModel } from './node.ts';
import {
  baseTemplate,
  parameterTemplate,
  stringParameter,
  type BaseScope,
} from './base-template.ts';
import { misplacedOptional, placeTemplate, toPatch } from './template.ts';

/**
 * Makes the Model of a declaration that the meta-schema accepted.
 *
 * @param origin.file path of the declaration, relative to the project.
 * @param origin.sha256 hash of all bytes that the declaration is made from.
 * @throws Failure `usage` when a name is used that the definition lacks, or is given twice, and for a pattern that
 *   is no regular expression.
 */
export function lowerFamily(
  declaration: Declaration,
  origin: { readonly file: string; readonly sha256: string },
): Family {
  return {
    name: declaration.title,
    title: declaration.title,
    description: declaration.description,
    sources: declaration['x-tankard-sources'],
    prefixes: declaration['x-tankard-prefixes'] ?? [],
    definitions: Object.entries(declaration.definitions).map(([name, definition]) =>
      lowerDefinition(name, definition, `${origin.file}: ${name}`),
    ),
    ...origin,
  };
}

function lowerDefinition(name: string, declared: DeclaredDefinition, place: string): Definition {
  const model = lowerParameterSchema(declared, place);
  const parameters = Object.entries(declared.properties).map(([key, property]) =>
    lowerParameter(key, property, model.root),
  );
  for (const parameter of parameters) checkParameter(parameter, place);
  const scope: Scope = { place, parameters, functions: declared['x-tankard-functions'] };
  const named = Object.entries(scope.functions).map(([key, fn]) => lowerFunction(key, fn, scope));
  const setters = parameters
    .filter((parameter) => parameter.settable)
    .flatMap((parameter) => setterFunctions(parameter, place));
  const functions = [...named, ...setters].sort((a, b) => (a.name < b.name ? -1 : 1));
  for (const required of declared.required ?? []) findParameter(required, scope);
  checkUnique(functions, place);
  return {
    name,
    description: declared.description,
    schema: model,
    parameters,
    functions,
    kinds: declared['x-tankard-kinds'] ?? [],
    examples: declared['x-tankard-examples'],
    mistakes: declared['x-tankard-mistakes'] ?? [],
  };
}

function checkUnique(sorted: readonly MixinFunction[], place: string): void {
  const twice = sorted.find((fn, index) => fn.name === sorted[index + 1]?.name);
  if (twice === undefined) return;
  throw new Failure('usage', `${place}: two functions are named ${twice.name}`, {
    hint: 'A parameter has a function withX of its own, unless its x-tankard-setter is false.',
  });
}

function lowerParameterSchema(
  declared: DeclaredDefinition,
  place: string,
): SchemaModel & { root: ObjectNode } {
  const { type, description, additionalProperties, required, properties } = declared;
  const root = { type, description, additionalProperties, required, properties };
  const { model, unexpressed } = lowerSchema({ root }, 'declaration');
  const [first] = unexpressed;
  if (first !== undefined)
    throw new Failure('usage', `${place}: ${first.at}: the ${first.keyword} is not understood`, {
      hint:
        first.keyword === 'pattern'
          ? 'A pattern must be a regular expression of JavaScript with the flag u.'
          : 'A value of this type does not have it.',
    });
  if (model.root.type !== 'object') throw new Error(`${place}: the meta-schema let it through`);
  return { ...model, root: model.root };
}

function lowerParameter(name: string, declared: DeclaredParameter, root: ObjectNode): Parameter {
  const targets = declared['x-tankard-targets'] ?? [];
  return {
    name,
    node: root.properties[name] as Node,
    required: root.required.includes(name),
    expected: declared['x-tankard-expected'],
    description: declared.description,
    source: declared['x-tankard-source'],
    targets,
    encoding: declared['x-tankard-encoding'] ?? 'value',
    settable: declared['x-tankard-setter'] !== false && targets.length > 0,
  };
}

interface Scope {
  readonly place: string;
  readonly parameters: readonly Parameter[];
  readonly functions: DeclaredDefinition['x-tankard-functions'];
}

function lowerFunction(name: string, declared: DeclaredFunction, scope: Scope): MixinFunction {
  const inner = { ...scope, place: `${scope.place}.${name}` };
  const parameters = functionParameters(declared, inner);
  const firstOptional = parameters.findIndex((parameter) => 'default' in parameter);
  if (firstOptional !== -1 && parameters.slice(firstOptional).some((one) => !('default' in one)))
    throw new Failure('usage', `${inner.place}: a required parameter follows an optional one`);
  const result = resultOf(declared, parameters, inner);
  const misplaced = misplacedOptional(result);
  if (misplaced !== undefined)
    throw new Failure('usage', `${inner.place}: ${misplaced.name} is no field, but optional`, {
      hint: 'Only a field can be left out: no item of a list, no whole result, not all that $json or $base64 encodes.',
    });
  return { name, description: declared.description, parameters, result };
}

function functionParameters(declared: DeclaredFunction, scope: Scope): FunctionParameter[] {
  const optional = declared.optional ?? [];
  const stranger = optional.find((name) => !declared.parameters.includes(name));
  if (stranger !== undefined)
    throw new Failure('usage', `${scope.place}: ${stranger} is optional, but no parameter`);
  return declared.parameters.map((name) => functionParameter(name, optional.includes(name), scope));
}

function functionParameter(name: string, isOptional: boolean, scope: Scope): FunctionParameter {
  const parameter = findParameter(name, scope);
  if (isOptional) return { parameter, default: null };
  const value = parameter.node.default;
  return parameter.required || value === undefined ? { parameter } : { parameter, default: value };
}

function findParameter(name: string, scope: Scope): Parameter {
  const parameter = scope.parameters.find((candidate) => candidate.name === name);
  if (parameter === undefined)
    throw new Failure('usage', `${scope.place}: no property is named ${name}`);
  return parameter;
}

function resultOf(
  declared: DeclaredFunction,
  parameters: readonly FunctionParameter[],
  scope: Scope,
): Template {
  if (declared.sequence !== undefined) {
    const items = declared.sequence.map((name) => sequenceItem(name, parameters, scope));
    return { type: 'array', items };
  }
  const { place } = scope;
  const concat = declared.concat && concatTemplate(declared.concat, { parameters, place });
  if (concat !== undefined && declared.targets === undefined) return concat;
  let result = baseTemplate(declared.base ?? {}, { parameters, place });
  for (const one of parameters)
    for (const path of one.parameter.targets)
      result = placeTemplate(result, { path, value: parameterTemplate(one) }, place);
  for (const path of declared.targets ?? [])
    if (concat !== undefined) result = placeTemplate(result, { path, value: concat }, place);
  return declared.patch === true ? toPatch(result) : result;
}

/** What another function returns, made from the parameters of the sequence. */
function sequenceItem(
  name: string,
  parameters: readonly FunctionParameter[],
  scope: Scope,
): Template {
  const declared = Object.hasOwn(scope.functions, name) ? scope.functions[name] : undefined;
  if (declared === undefined)
    throw new Failure('usage', `${scope.place}: no function is named ${name}`);
  if (declared.sequence !== undefined)
    throw new Failure('usage', `${scope.place}: ${name} is a sequence itself`);
  const taken = declared.parameters.map((wanted) => {
    const found = parameters.find(({ parameter }) => parameter.name === wanted);
    if (found !== undefined) return found;
    throw new Failure(
      'usage',
      `${scope.place}: the function has no parameter ${wanted}, which ${name} takes`,
    );
  });
  return resultOf(declared, taken, scope);
}

function concatTemplate(
  parts: NonNullable<DeclaredFunction['concat']>,
  scope: BaseScope,
): Template {
  return {
    type: 'concat',
    parts: parts.map((part) =>
      typeof part === 'string' ? part : stringParameter(part.parameter, scope),
    ),
  };
}

/** `withX` replaces the value; `withXMixin`, for arrays and maps, adds to what is there. */
function setterFunctions(parameter: Parameter, place: string): MixinFunction[] {
  if (parameter.targets.some((path) => path.some((step) => typeof step === 'number')))
    throw new Failure('usage', `${place}: ${parameter.name} is an item of a list`, {
      hint: 'No withX function can replace one item; set x-tankard-setter to false.',
    });
  const capital = parameter.name.charAt(0).toUpperCase() + parameter.name.slice(1);
  const replace = setter(`with${capital}`, parameter.description, { parameter, place });
  const mergeable = ['array', 'map', 'object'].includes(parameter.node.type);
  if (!mergeable || parameter.encoding !== 'value') return [replace];
  const description = `${parameter.description} Adds to what is there already.`;
  return [replace, setter(`with${capital}Mixin`, description, { parameter, place, merge: true })];
}

function setter(
  name: string,
  description: string,
  { parameter, place, merge = false }: { parameter: Parameter; place: string; merge?: boolean },
): MixinFunction {
  let result: Template = { type: 'object', fields: [] };
  const value = parameterTemplate({ parameter });
  for (const path of parameter.targets)
    result = placeTemplate(result, { path, value, merge }, `${place}.${name}`);
  return { name, description, parameters: [{ parameter }], result: toPatch(result) };
}
