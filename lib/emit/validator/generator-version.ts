/**
 * Names what generated validators depend on beside the schema; a cached validator of another version is not
 * used. Raise the last number with every change of lib/model or lib/emit/validator that changes their text;
 * a test notices when that was forgotten.
 */
export const GENERATOR_VERSION = 'ajv 8.20.0, generator 7';
