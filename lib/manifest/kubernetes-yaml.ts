import { FAILSAFE_SCHEMA, Type } from 'js-yaml';

const TRUE = new Set(['true', 'True', 'TRUE', 'y', 'Y', 'yes', 'Yes', 'YES', 'on', 'On', 'ON']);
const FALSE = new Set(['false', 'False', 'FALSE', 'n', 'N', 'no', 'No', 'NO', 'off', 'Off', 'OFF']);
const NULL = new Set(['', '~', 'null', 'Null', 'NULL']);
const NUMBER_START = /^[-+.\d]/;
const INTEGER = /^[-+]?(?:0[xX][0-9a-fA-F]+|0[oO]?[0-7]+|0[bB][01]+|0|[1-9][0-9]*)$/;
const FLOAT = /^[-+]?(?:\.[0-9]+|[0-9]+(?:\.[0-9]*)?)(?:[eE][-+]?[0-9]+)?$/;

const nullType = new Type('tag:yaml.org,2002:null', {
  kind: 'scalar',
  resolve: (text: string | null) => text === null || NULL.has(text),
  construct: () => null,
});

const boolType = new Type('tag:yaml.org,2002:bool', {
  kind: 'scalar',
  resolve: (text: string | null) => text !== null && (TRUE.has(text) || FALSE.has(text)),
  construct: (text: string) => TRUE.has(text),
});

/** Base 0 of Go's strconv.ParseInt: 0777 and 0o777 are octal; underscores are taken out before. */
const intType = new Type('tag:yaml.org,2002:int', {
  kind: 'scalar',
  resolve: (text: string | null) => isNumber(text) && INTEGER.test(text.replaceAll('_', '')),
  construct: (text: string) => integerOf(text.replaceAll('_', '')),
});

/** Without infinity and NaN, which no JSON has, and what is beyond the range. */
const floatType = new Type('tag:yaml.org,2002:float', {
  kind: 'scalar',
  resolve: (text: string | null) => {
    const plain = isNumber(text) ? text.replaceAll('_', '') : '';
    return FLOAT.test(plain) && Number.isFinite(Number(plain));
  },
  construct: (text: string) => Number(text.replaceAll('_', '')),
});

const mergeType = new Type('tag:yaml.org,2002:merge', {
  kind: 'scalar',
  resolve: (text: string | null) => text === '<<',
});

function isNumber(text: string | null): text is string {
  return text !== null && NUMBER_START.test(text);
}

function integerOf(plain: string): number {
  const sign = plain.startsWith('-') ? -1 : 1;
  return sign * Number(plain.replace(/^[-+]/, '').replace(/^0[oO]?(?=[0-7]+$)/, '0o'));
}

/**
 * YAML as kubectl and the API server read it, which is neither 1.1 nor 1.2: `yes`, `on` and `y` are booleans, 0777 is 511, `<<`
 * merges; dates and `12:30` are strings. Source: sigs.k8s.io/yaml v1.6, on go.yaml.in/yaml/v2 resolve.go.
 */
export const KUBERNETES_YAML = FAILSAFE_SCHEMA.extend({
  implicit: [nullType, boolType, intType, floatType, mergeType],
});

/** The same for what tk prints, which has no merge keys: `<<` is a name like any other. */
export const RENDERED_YAML = FAILSAFE_SCHEMA.extend({
  implicit: [nullType, boolType, intType, floatType],
});
