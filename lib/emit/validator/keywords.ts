import { _, Name, stringify, type Code, type CodeKeywordDefinition, type KeywordCxt } from 'ajv';
import { isJsonSchema, type JsonSchema } from '../../model/json-schema.ts';
import type { UniqueKeys } from '../../model/node.ts';
import type { Alternative } from './ajv-error.ts';
import { ajvAdditionalProperties, ajvAnyOf, ajvEnum } from './ajv-internals.ts';

/** The local variable of each generated function that counts its errors. */
const errors = new Name('errors');

/** As ajv's, but its error lists the names that the schema knows, and it refers to no schema. */
const additionalProperties: CodeKeywordDefinition = {
  ...ajvAdditionalProperties,
  error: {
    message: 'must NOT have additional properties',
    params: ({ params }) =>
      params['known'] === undefined
        ? _`{additionalProperty: ${params['additionalProperty']}}`
        : _`{additionalProperty: ${params['additionalProperty']}, known: [...${params['known']}]}`,
  },
  code(cxt: KeywordCxt) {
    const { gen, schema, parentSchema, data, errsCount, it } = cxt;
    if (schema !== false || parentSchema['patternProperties'] !== undefined)
      return ajvAdditionalProperties.code(cxt);
    it.props = true;
    const known = knownNames(cxt, Object.keys((parentSchema['properties'] ?? {}) as JsonSchema));
    gen.forIn('key', data, (key) =>
      gen.if(_`!${known}.has(${key})`, () => {
        cxt.setParams({ additionalProperty: key, known });
        cxt.error();
        if (it.allErrors !== true) gen.break();
      }),
    );
    cxt.ok(_`${errsCount} === ${errors}`);
  },
};

function knownNames({ gen }: KeywordCxt, properties: readonly string[]): Code {
  return gen.scopeValue('obj', {
    key: `known:${JSON.stringify(properties)}`,
    ref: new Set(properties),
    code: _`new Set(${stringify(properties)})`,
  });
}

/** As ajv's, but its error holds the values themselves and not a part of the schema. */
const enumKeyword: CodeKeywordDefinition = {
  ...ajvEnum,
  error: {
    message: 'must be equal to one of the allowed values',
    params: ({ params, schemaCode }) => _`{allowedValues: ${params['allowed'] ?? schemaCode}}`,
  },
  code(cxt: KeywordCxt) {
    const { gen, schema, data } = cxt;
    const values = schema as unknown[];
    if (values.length > 20 || values.some((value) => typeof value === 'object' && value !== null))
      return ajvEnum.code(cxt);
    const allowed = gen.scopeValue('obj', {
      key: `enum:${JSON.stringify(values)}`,
      ref: values,
      code: stringify(values),
    });
    cxt.setParams({ allowed });
    const equal = values.map(
      (value) => _`${data} === ${value as string | number | boolean | null}`,
    );
    cxt.pass(equal.reduce((left, right) => _`${left} || ${right}`));
  },
};

/** As ajv's, but with one error instead of one for each branch, where the branches are simple. */
const anyOf: CodeKeywordDefinition = {
  ...ajvAnyOf,
  trackErrors: true,
  error: {
    message: 'must match a schema in anyOf',
    params: ({ schema }) => _`{alternatives: ${stringify(alternatives(schema))}}`,
  },
  code(cxt: KeywordCxt) {
    const branches = cxt.schema as unknown[];
    if (branches.some(hasStructure)) return ajvAnyOf.code(cxt);
    const { gen } = cxt;
    const valid = gen.let('valid', false);
    const branchValid = gen.name('_valid');
    gen.block(() =>
      branches.forEach((_branch, index) => {
        quietBranch(cxt, { keyword: 'anyOf', index, valid: branchValid });
        gen.assign(valid, _`${valid} || ${branchValid}`);
      }),
    );
    reportOnce(cxt, valid);
  },
};

/** As ajv's, but with one error instead of one for each branch. */
const oneOf: CodeKeywordDefinition = {
  keyword: 'oneOf',
  schemaType: 'array',
  trackErrors: true,
  error: {
    message: 'must match exactly one schema in oneOf',
    params: ({ params, schema }) =>
      _`{passingSchemas: ${params['passing']}, alternatives: ${stringify(alternatives(schema))}}`,
  },
  code(cxt: KeywordCxt) {
    const { gen } = cxt;
    const count = gen.let('count', 0);
    const passing = gen.let('passing', null);
    const branchValid = gen.name('_valid');
    cxt.setParams({ passing });
    gen.block(() =>
      (cxt.schema as unknown[]).forEach((_branch, index) => {
        quietBranch(cxt, { keyword: 'oneOf', index, valid: branchValid });
        gen.if(branchValid, () => {
          gen.code(_`${count}++`);
          gen.assign(passing, _`${passing} === null ? [${index}] : [...${passing}, ${index}]`);
        });
      }),
    );
    reportOnce(cxt, _`${count} === 1`);
  },
};

function quietBranch(
  cxt: KeywordCxt,
  branch: { keyword: string; index: number; valid: ReturnType<KeywordCxt['gen']['name']> },
): void {
  const { keyword, index, valid } = branch;
  cxt.subschema(
    { keyword, schemaProp: index, compositeRule: true, createErrors: false, allErrors: false },
    valid,
  );
}

function reportOnce(cxt: KeywordCxt, valid: Code): void {
  cxt.result(
    valid,
    () => cxt.reset(),
    () => {
      cxt.reset();
      cxt.error();
    },
  );
}

function hasStructure(branch: unknown): boolean {
  return (
    isJsonSchema(branch) &&
    ['$ref', 'properties', 'items', 'additionalProperties'].some((key) => key in branch)
  );
}

function alternatives(branches: unknown): Alternative[] {
  return Array.isArray(branches) ? branches.map(toAlternative) : [];
}

function toAlternative(branch: unknown): Alternative {
  if (!isJsonSchema(branch)) return {};
  if (Object.keys(branch).join() === 'not') return { required: [] };
  const { required, type, pattern } = branch;
  const values = branch['enum'] ?? ('const' in branch ? [branch['const']] : undefined);
  return {
    ...(Array.isArray(required) && { required: required as string[] }),
    ...(type !== undefined && { type: type as string }),
    ...(Array.isArray(values) && { values }),
    ...(typeof pattern === 'string' && { pattern }),
  };
}

/**
 * Items of a list must differ in these properties taken together, as those of a custom resource with
 * `x-kubernetes-list-type: map` must. An absent key counts with its default, which the API server fills in.
 */
const listMapKeys: CodeKeywordDefinition = {
  keyword: 'x-kubernetes-list-map-keys',
  type: 'array',
  schemaType: 'array',
  error: {
    message: 'must NOT have items with the same keys',
    params: ({ params, schema }) =>
      _`{keys: ${stringify(schema)}, i: ${params['i']}, j: ${params['j']}}`,
  },
  code(cxt: KeywordCxt) {
    const { gen, data, schema, parentSchema, it } = cxt;
    const { properties = {} } = (parentSchema['items'] ?? {}) as {
      properties?: { [key: string]: JsonSchema };
    };
    const seen = gen.const('seen', _`new Map()`);
    const index = gen.let('index', 0);
    gen.forOf('item', data, (item) => {
      gen.if(_`typeof ${item} === "object" && ${item} !== null`, () => {
        const values = (schema as string[]).map((key) => {
          const value = _`${item}[${key}]`;
          const fallback = properties[key]?.['default'];
          return fallback === undefined ? value : _`${value} ?? ${stringify(fallback)}`;
        });
        const list = values.reduce((left, right) => _`${left}, ${right}`);
        const id = gen.const('id', _`JSON.stringify([${list}])`);
        gen.if(
          _`${seen}.has(${id})`,
          () => {
            cxt.setParams({ i: index, j: _`${seen}.get(${id})` });
            cxt.error();
            if (it.allErrors !== true) gen.break();
          },
          () => gen.code(_`${seen}.set(${id}, ${index})`),
        );
      });
      gen.code(_`${index}++`);
    });
  },
};

/** Items of a list must differ in each of these sets of keys, as far as they have them; {@link UniqueKeys}. */
const uniqueKeys: CodeKeywordDefinition = {
  keyword: 'x-tankard-unique-keys',
  type: 'array',
  schemaType: 'array',
  error: {
    message: 'must NOT have items with the same keys',
    params: ({ params }) => _`{keys: ${params['keys']}, i: ${params['i']}, j: ${params['j']}}`,
  },
  code(cxt: KeywordCxt) {
    const { gen, data, schema } = cxt;
    for (const { keys, defaults = {} } of schema as UniqueKeys[]) {
      const seen = gen.const('seen', _`new Map()`);
      const index = gen.let('index', 0);
      gen.forOf('item', data, (item) => {
        gen.if(_`typeof ${item} === "object" && ${item} !== null`, () => {
          const parts = keys.map((key) => {
            const value = _`${item}[${key}]`;
            const fallback = defaults[key];
            return gen.const('part', fallback === undefined ? value : _`${value} ?? ${fallback}`);
          });
          const isWhole = parts.map((part) => _`${part} !== undefined`);
          gen.if(
            isWhole.reduce((left, right) => _`${left} && ${right}`),
            () => {
              const list = parts
                .slice(1)
                .reduce<Code>((left, right) => _`${left}, ${right}`, parts[0] as Code);
              const id = gen.const('id', _`JSON.stringify([${list}])`);
              gen.if(
                _`${seen}.has(${id})`,
                () => {
                  cxt.setParams({ keys: stringify(keys), i: index, j: _`${seen}.get(${id})` });
                  cxt.error();
                },
                () => gen.code(_`${seen}.set(${id}, ${index})`),
              );
            },
          );
        });
        gen.code(_`${index}++`);
      });
    }
  },
};

/** The keywords that Tankard adds to ajv, or has instead of ajv's own. All are code, not functions. */
export const KEYWORDS: readonly CodeKeywordDefinition[] = [
  additionalProperties,
  enumKeyword,
  anyOf,
  oneOf,
  listMapKeys,
  uniqueKeys,
];
