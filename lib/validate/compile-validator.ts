import { emitValidator } from '../emit/validator/emit-validator.ts';
import { lowerSchema } from '../model/lower.ts';
import { toJsonSchema } from '../model/to-json-schema.ts';
import { extractRules } from './cel/extract-rules.ts';
import type { UpstreamKind, UpstreamSchema } from '../sources/upstream.ts';

/**
 * Generates the validator of an upstream kind. Takes tens to hundreds of milliseconds, and loads ajv: import
 * this file only when the cache has no validator.
 *
 * @returns the text of a CommonJS module with the export `validate`, and with `rules`, a `RulePlan` in JSON, when the kind
 *   is a CRD's and has rules.
 */
export function compileValidator(kind: UpstreamKind, schema: UpstreamSchema): string {
  const { apiVersion, kind: name, module, version } = kind;
  const { model } = lowerSchema(schema, schema.dialect);
  const jsonSchema = toJsonSchema(model, {
    root: { apiVersion, kind: name },
    annotations: false,
    customResource: schema.dialect === 'crd',
  });
  const code = emitValidator([{ name: 'validate', schema: jsonSchema }], {
    source: `${apiVersion} ${name} of ${module} ${version}`,
    module: 'cjs',
    messages: false,
  });
  const rules = schema.dialect === 'crd' ? extractRules(model) : undefined;
  return rules === undefined
    ? code
    : `${code}exports.rules = ${asciiText(JSON.stringify(rules))};\n`;
}

/** A text as JavaScript in ASCII. It is one constant, which V8 does not look into. */
function asciiText(text: string): string {
  return JSON.stringify(text).replaceAll(
    /[\u007f-\uffff]/g,
    (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
}
