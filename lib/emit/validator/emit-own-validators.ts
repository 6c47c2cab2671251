import { definitionValidatorName, parameterValidatorName } from '../../model/binding.ts';
import type { Definition, Family } from '../../model/family.ts';
import type { SchemaModel } from '../../model/node.ts';
import { toJsonSchema } from '../../model/to-json-schema.ts';
import { sha256Of, type OutputFile } from '../file.ts';
import { emitValidator, emitValidatorTypes, type ValidatorEntry } from './emit-validator.ts';

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
 * The validators of the families' parameters, in one module: one for each definition, one for each parameter.
 *
 * @param directory where the files go, relative to the project.
 */
export function emitFamilyValidators(families: readonly Family[], directory: string): OutputFile[] {
  const entries = families.flatMap((family) =>
    family.definitions.flatMap((definition) => definitionEntries(family, definition)),
  );
  return moduleFiles(
    `${directory}/validators`,
    entries,
    `all declarations (sha256 ${short(sha256Of(families))})`,
  );
}

/** The validator of one of the project's own JSON Schemas, as a module. */
export function emitSchemaValidator(schema: SchemaFile, directory: string): OutputFile[] {
  const entries = [{ name: schema.name, schema: toJsonSchema(schema.model) }];
  return moduleFiles(
    `${directory}/${schema.name}`,
    entries,
    `${schema.file} (sha256 ${short(schema.sha256)})`,
  );
}

function short(sha256: string): string {
  return sha256.slice(0, 12);
}

function moduleFiles(
  file: string,
  entries: readonly ValidatorEntry[],
  source: string,
): OutputFile[] {
  return [
    { path: `${file}.js`, text: emitValidator(entries, { source }) },
    { path: `${file}.d.ts`, text: emitValidatorTypes(entries, { source }) },
  ];
}

function definitionEntries(family: Family, definition: Definition): ValidatorEntry[] {
  const whole = {
    name: definitionValidatorName(family.name, definition.name),
    schema: toJsonSchema(definition.schema),
  };
  const single = definition.parameters.map((parameter) => ({
    name: parameterValidatorName(family.name, definition.name, parameter.name),
    schema: toJsonSchema({ root: parameter.node, definitions: {} }),
  }));
  return [whole, ...single];
}
