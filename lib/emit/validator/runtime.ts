/**
 * What generated validators call, as JavaScript text: they must run without ajv beside them.
 *
 * - `ucs2length`: length in code points, as JSON Schema counts
 * - `equal`: deep equality of JSON values
 * - `add`: appends one error; ajv spells it out at each of a thousand places
 * - `join`: appends errors in place; ajv's own `concat` copies the list for each list item, which takes
 *   quadratic time
 */
export const RUNTIME: { readonly [name: string]: string } = {
  ucs2length: `function ucs2length(text) {
  let length = 0;
  for (const _ of text) length++;
  return length;
}`,
  equal: `function equal(a, b) {
  if (a === b) return true;
  if (typeof a !== "object" || typeof b !== "object" || a === null || b === null) return false;
  if (Array.isArray(a) !== Array.isArray(b)) return false;
  const keys = Object.keys(a);
  return keys.length === Object.keys(b).length && keys.every((key) => Object.hasOwn(b, key) && equal(a[key], b[key]));
}`,
  add: `function add(into, error) {
  if (into === null) return [error];
  into.push(error);
  return into;
}`,
  join: `function join(into, errors) {
  if (into === null) return errors;
  for (const error of errors) into.push(error);
  return into;
}`,
};

const REQUIRE = /require\("ajv\/dist\/runtime\/(\w+)"\)\.default/g;
const CONCAT = /vErrors === null \? ([\w.]+)\.errors : vErrors\.concat\(\1\.errors\)/g;
const ADD =
  /const (err\d+) = (.*);\nif\(vErrors === null\)\{\nvErrors = \[\1\];\n\}\nelse \{\nvErrors\.push\(\1\);\n\}\n/g;
const SCHEMA_PATH = /schemaPath:"(?:[^"\\]|\\.)*",/g;
const SCHEMA_LINE = /^(?:const|var) (schema\d+) = /;

/**
 * Makes ajv's standalone code self-contained: its calls to ajv's runtime become calls to functions in the
 * same text, and copies of schemas that nothing reads are removed.
 *
 * @param code ajv standalone code, one declaration a line.
 * @param options.schemaPaths whether errors keep their path into the schema, a third of the text.
 * @throws Error when something else is still required (a defect).
 */
export function inlineRuntime(code: string, options: { schemaPaths: boolean }): string {
  const linked = withoutUnreadSchemas(code)
    .replaceAll(REQUIRE, (_all, name: string) => name)
    .replaceAll(ADD, (_all, _name, error: string) => `vErrors = add(vErrors, ${error});\n`)
    .replaceAll(SCHEMA_PATH, (all) => (options.schemaPaths ? all : ''))
    .replaceAll(CONCAT, (_all, source: string) => `join(vErrors, ${source}.errors)`);
  if (/\brequire\(/.test(linked)) throw new Error('a generated validator requires a module');
  const used = Object.keys(RUNTIME).filter((name) => new RegExp(`\\b${name}\\b`).test(linked));
  return [linked.trimEnd(), ...used.map((name) => RUNTIME[name])].join('\n') + '\n';
}

function withoutUnreadSchemas(code: string): string {
  const lines = code.split('\n');
  const rest = lines.filter((line) => !SCHEMA_LINE.test(line)).join('\n');
  const read = new Set(rest.match(/\bschema\d+\b/g));
  return lines
    .filter((line) => read.has(SCHEMA_LINE.exec(line)?.[1] ?? '') || !SCHEMA_LINE.test(line))
    .join('\n');
}
