import {
  bindingsOf,
  definitionValidatorName,
  parameterValidatorName,
} from '../../model/binding.ts';
import type { Definition, Family } from '../../model/family.ts';
import type { SchemaModel } from '../../model/node.ts';
import { toJsonSchema } from '../../model/to-json-schema.ts';
import { sha256Of, type OutputFile } from '../file.ts';
import {
  emitValidator,
  emitValidatorTypes,
  type ValidatorEntry,
  type ValidatorOptions,
} from './emit-validator.ts';

/** A JSON Schema of the project that gets a validator of its own. */
export interface SchemaFile {
  /** File name without `.schema.json`; the name of the module and of its export. */
  readonly name: string;
  /** Path relative to the project. */
  readonly file: string;
  readonly sha256: string;
  readonly model: SchemaModel;
}

/**
 * The validators of the families' parameters, in one module: one for each definition.
 *
 * @param directory where the files go, relative to the project.
 */
export function emitFamilyValidators(families: readonly Family[], directory: string): OutputFile[] {
  const entries = families.flatMap((family) =>
    family.definitions.map((definition) => definitionEntry(family, definition)),
  );
  return moduleFiles(`${directory}/validators`, entries, {
    source: `all declarations (sha256 ${short(sha256Of(families))})`,
  });
}

/**
 * The validators of annotation and label values, in a module of their own: the program loads them for nearly every
 * environment, so they say yes or no and are as small as that allows.
 *
 * @param directory where the files go, relative to the project.
 */
export function emitAnnotationValidators(
  families: readonly Family[],
  directory: string,
): OutputFile[] {
  const wanted = new Set(bindingsOf(families).map((binding) => binding.validator));
  const entries = families
    .flatMap((family) => family.definitions.flatMap((one) => parameterEntries(family, one)))
    .filter(({ name }) => wanted.has(name));
  return moduleFiles(`${directory}/annotation-validators`, entries, {
    source: `all declarations (sha256 ${short(sha256Of(families))})`,
    messages: false,
  });
}

/** The validator of one of the project's own JSON Schemas, as a module. */
export function emitSchemaValidator(schema: SchemaFile, directory: string): OutputFile[] {
  const entries = [{ name: schema.name, schema: toJsonSchema(schema.model) }];
  return moduleFiles(`${directory}/${schema.name}`, entries, {
    source: `${schema.file} (sha256 ${short(schema.sha256)})`,
  });
}

function short(sha256: string): string {
  return sha256.slice(0, 12);
}

function moduleFiles(
  file: string,
  entries: readonly ValidatorEntry[],
  options: ValidatorOptions,
): OutputFile[] {
  return [
    { path: `${file}.js`, text: emitValidator(entries, options) },
    { path: `${file}.d.ts`, text: emitValidatorTypes(entries, options) },
  ];
}

function definitionEntry(family: Family, definition: Definition): ValidatorEntry {
  return {
    name: definitionValidatorName(family.name, definition.name),
    schema: toJsonSchema(definition.schema),
  };
}

function parameterEntries(family: Family, definition: Definition): ValidatorEntry[] {
  return definition.parameters.map((parameter) => ({
    name: parameterValidatorName(family.name, definition.name, parameter.name),
    schema: toJsonSchema({ root: parameter.node, definitions: {} }),
  }));
}
