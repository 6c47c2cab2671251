import { readFileSync } from 'node:fs';
import path from 'node:path';
import { Ajv } from 'ajv';
import { ROOT } from './tankard.ts';

/** What is wrong with an output by the published schema of this name; undefined when nothing is. */
export function schemaProblems(name: string, output: unknown): string | undefined {
  const file = path.join(ROOT, 'schemas', `${name}.schema.json`);
  // A union of types and conditions without a type are plain JSON Schema, which ajv's strict mode warns of.
  const ajv = new Ajv({ strict: false, allErrors: true });
  const validate = ajv.compile(JSON.parse(readFileSync(file, 'utf8')) as object);
  return validate(output) ? undefined : ajv.errorsText(validate.errors);
}
