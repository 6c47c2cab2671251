import { emitValidator } from '../emit/validator/emit-validator.ts';
import { lowerSchema } from '../model/lower.ts';
import { toJsonSchema } from '../model/to-json-schema.ts';
import type { UpstreamKind, UpstreamSchema } from '../sources/upstream.ts';

/**
 * Generates the validator of an upstream kind. Takes tens to hundreds of milliseconds, and loads ajv: import
 * this file only when the cache has no validator.
 *
 * @returns the text of a CommonJS module with the export `validate`.
 */
export function compileValidator(kind: UpstreamKind, schema: UpstreamSchema): string {
  const { apiVersion, kind: name, module, version } = kind;
  const { model } = lowerSchema(schema, schema.dialect);
  const jsonSchema = toJsonSchema(model, {
    root: { apiVersion, kind: name },
    annotations: false,
    listTypes: schema.dialect === 'crd',
  });
  return emitValidator([{ name: 'validate', schema: jsonSchema }], {
    source: `${apiVersion} ${name} of ${module} ${version}`,
    module: 'cjs',
    messages: false,
  });
}
