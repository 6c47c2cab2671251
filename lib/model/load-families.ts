import { createHash } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import type { ErrorObject } from 'ajv';
import { Failure } from '../finding/failure.ts';
import metaSchema from '../schemas/declaration.schema.json' with { type: 'json' };
import type { Family } from './family.ts';
import { lowerFamily } from './lower-family.ts';
import type { Declaration, DeclaredParameter } from './declaration.ts';

const META_SCHEMA = 'declaration.schema.json';

/**
 * Reads every declaration of a folder (`*.json`, not its sub-folders), checks it against the meta-schema
 * and makes a family of it.
 *
 * @param directory absolute path of the folder.
 * @param root what the families' `file` is relative to, absolute.
 * @returns the families, sorted by name.
 * @throws Failure `usage` that names the file and the place when a declaration is wrong.
 */
export async function loadFamilies(directory: string, root: string): Promise<Family[]> {
  const files = (await readDirectory(directory)).filter(
    (name) => name.endsWith('.json') && name !== META_SCHEMA,
  );
  if (files.length === 0)
    throw new Failure('usage', `there is no declaration in ${directory}`, {
      hint: 'A declaration is a file whose name ends in .json, in the folder itself.',
    });
  const check = await compileMetaSchema();
  const families = await Promise.all(
    files.map(async (name) => loadFamily(path.join(directory, name), root, check)),
  );
  const sorted = families.sort((a, b) => (a.name < b.name ? -1 : 1));
  const first = sorted.find((family, index) => family.name === sorted[index + 1]?.name);
  if (first === undefined) return sorted;
  const both = sorted.filter(({ name }) => name === first.name).map(({ file }) => file);
  throw new Failure('usage', `${both.join(' and ')} have the same title: ${first.name}`);
}

type Check = (declaration: unknown, file: string) => asserts declaration is Declaration;

async function loadFamily(file: string, root: string, check: Check): Promise<Family> {
  const name = path.relative(root, file).split(path.sep).join('/');
  const text = await readText(file);
  const raw = parseJson(text, name);
  check(raw, name);
  const shared = new Map<string, string>();
  const declaration = await resolveShared(raw, file, shared);
  // Shared parameters come from files that are no declarations, and were not checked with them.
  if (shared.size > 0) check(declaration, `${name}, with its shared parameters`);
  const hash = createHash('sha256').update(text);
  for (const key of [...shared.keys()].sort()) hash.update(`\0${key}\0${shared.get(key)}`);
  return lowerFamily(declaration, { file: name, sha256: hash.digest('hex') });
}

async function compileMetaSchema(): Promise<Check> {
  const { Ajv } = await import('ajv');
  // strictRequired refuses `not: {required}`, by which the meta-schema says that two keywords exclude each other;
  // verbose puts the value and the description of the rule into an error.
  const options = { strictRequired: false, allowUnionTypes: true, verbose: true };
  const validate = new Ajv(options).compile(metaSchema);
  return (declaration, name) => {
    if (validate(declaration)) return;
    const error = validate.errors?.[0];
    // What the whole declaration is for is no rule that was broken.
    const rule: unknown =
      error?.instancePath === '' ? undefined : error?.parentSchema?.['description'];
    throw new Failure('usage', `${name}: ${error === undefined ? 'is wrong' : problemOf(error)}`, {
      hint:
        (typeof rule === 'string' ? `${rule} ` : '') +
        `The keywords that a declaration may use are listed in lib/schemas/${META_SCHEMA} of tankard; ` +
        'its guide has an example.',
    });
  };
}

function problemOf(error: ErrorObject): string {
  const place = error.instancePath === '' ? 'the declaration' : error.instancePath;
  if (error.keyword === 'required') return `${place} lacks ${missingIn(error).join(', ')}`;
  const said = error.keyword === 'not' ? forbidden(error) : error.message;
  if (error.propertyName !== undefined)
    return `${place}: the name ${JSON.stringify(error.propertyName)} ${said}`;
  const extra: unknown = error.params['additionalProperty'];
  if (typeof extra === 'string') return `${place} ${said}: ${extra}`;
  const isScalar = error.data === null || typeof error.data !== 'object';
  return `${place} ${said}${isScalar ? `, got ${JSON.stringify(error.data)}` : ''}`;
}

/** All that is missing: Ajv names the first. */
function missingIn(error: ErrorObject): string[] {
  const present = Object.keys(error.data as object);
  return (error.schema as string[]).filter((name) => !present.includes(name));
}

/** What a `not` forbids: keywords beside a type, or the value itself. */
function forbidden(error: ErrorObject): string {
  const { required, anyOf = [] } = error.schema as Forbidden;
  const keywords = [{ required }, ...anyOf].flatMap((one) => one.required ?? []);
  if (keywords.length === 0) return 'must not be used';
  const { type } = error.data as { readonly type?: unknown };
  return `of type ${JSON.stringify(type)} must not have ${keywords.join(' or ')}`;
}

interface Forbidden {
  readonly required?: readonly string[];
  readonly anyOf?: readonly Pick<Forbidden, 'required'>[];
}

async function resolveShared(
  declaration: Declaration,
  file: string,
  shared: Map<string, string>,
): Promise<Declaration> {
  const definitions: Declaration['definitions'] = {};
  for (const [name, definition] of Object.entries(declaration.definitions)) {
    const properties: Record<string, DeclaredParameter> = {};
    for (const [key, value] of Object.entries(definition.properties))
      properties[key] = isShared(value) ? await readShared(value.$ref, file, shared) : value;
    definitions[name] = { ...definition, properties };
  }
  return { ...declaration, definitions };
}

function isShared(parameter: object): parameter is { readonly $ref: string } {
  return '$ref' in parameter;
}

async function readShared(
  ref: string,
  from: string,
  shared: Map<string, string>,
): Promise<DeclaredParameter> {
  const [target = '', pointer = ''] = ref.split('#');
  const file = path.join(path.dirname(from), target);
  const text = await readText(file, `${from}: ${ref}`);
  shared.set(target, text);
  const name = pointer.split('/').at(-1) ?? '';
  const parsed = parseJson(text, file) as { definitions?: Record<string, DeclaredParameter> };
  const { definitions = {} } = parsed;
  const found = Object.hasOwn(definitions, name) ? definitions[name] : undefined;
  if (found === undefined)
    throw new Failure('usage', `${from}: ${ref}: ${file} has no definition ${name}`);
  return found;
}

async function readDirectory(directory: string): Promise<string[]> {
  try {
    return (await readdir(directory)).sort();
  } catch (cause) {
    throw new Failure(
      'usage',
      `cannot read the declarations in ${directory}: ${(cause as Error).message}`,
      {
        hint: 'Name the folder of your declarations as generate.declarations in tankard.yaml.',
        cause,
      },
    );
  }
}

async function readText(file: string, place?: string): Promise<string> {
  try {
    return await readFile(file, 'utf8');
  } catch (cause) {
    const prefix = place === undefined ? '' : `${place}: `;
    const { message } = cause as Error;
    throw new Failure('usage', `${prefix}cannot read ${file}: ${message}`, { cause });
  }
}

function parseJson(text: string, file: string): unknown {
  try {
    return JSON.parse(text);
  } catch (cause) {
    throw new Failure('usage', `${file} is not JSON: ${(cause as Error).message}`, { cause });
  }
}
