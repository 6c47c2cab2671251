import { createRequire } from 'node:module';
import type { CodeKeywordDefinition } from 'ajv';
import type standaloneModule from 'ajv/dist/standalone/index.js';

// Parts of ajv that its main module does not export. They are CommonJS with `exports.default`, which Node,
// test runners and bundlers import in different ways; require is the same everywhere.
const requireAjv = createRequire(import.meta.url);

function keywordDefinition(file: string): CodeKeywordDefinition {
  const module = requireAjv(`ajv/dist/vocabularies/${file}.js`) as {
    default: CodeKeywordDefinition;
  };
  return module.default;
}

/** ajv's own definition of the keyword. */
export const ajvAdditionalProperties = keywordDefinition('applicator/additionalProperties');
/** ajv's own definition of the keyword. */
export const ajvAnyOf = keywordDefinition('applicator/anyOf');
/** ajv's own definition of the keyword. */
export const ajvEnum = keywordDefinition('validation/enum');

/** ajv's generator of standalone code. */
export const standaloneCode = (
  requireAjv('ajv/dist/standalone/index.js') as typeof standaloneModule
).default;
