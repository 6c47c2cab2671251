import {
  binaryTag,
  boolYaml11Tag,
  defineScalarTag,
  FAILSAFE_SCHEMA,
  floatCoreTag,
  intCoreTag,
  mergeTag,
  NOT_RESOLVED,
  nullCoreTag,
} from 'js-yaml';

const INTEGER = /^[-+]?(?:0[xX][0-9a-fA-F]+|0[oO]?[0-7]+|0[bB][01]+|0|[1-9][0-9]*)$/;
const FLOAT = /^[-+]?(?:\.[0-9]+|[0-9]+(?:\.[0-9]*)?)(?:[eE][-+]?[0-9]+)?$/;

/** Base 0 of Go's strconv.ParseInt: 0777 and 0o777 are octal; underscores are taken out before. */
const goIntTag = defineScalarTag<number>('tag:yaml.org,2002:int', {
  ...intCoreTag,
  resolve: (source) => {
    const plain = source.replaceAll('_', '');
    return INTEGER.test(plain) ? integerOf(plain) : NOT_RESOLVED;
  },
});

function integerOf(plain: string): number {
  const sign = plain.startsWith('-') ? -1 : 1;
  const digits = plain.replace(/^[-+]/, '').replace(/^0[oO]?(?=[0-7]+$)/, '0o');
  return sign * Number(digits === '0o' ? '0' : digits);
}

/** Without infinity and NaN, which no JSON has. */
const goFloatTag = defineScalarTag<number>('tag:yaml.org,2002:float', {
  ...floatCoreTag,
  resolve: (source) => {
    const plain = source.replaceAll('_', '');
    return FLOAT.test(plain) ? Number(plain) : NOT_RESOLVED;
  },
});

/**
 * YAML as kubectl and the API server read it, which is neither 1.1 nor 1.2: `yes`, `on` and `y` are booleans, 0777 is 511, `<<`
 * merges; dates and `12:30` are strings. Source: sigs.k8s.io/yaml v1.6, on go.yaml.in/yaml/v2 resolve.go.
 */
export const KUBERNETES_YAML = FAILSAFE_SCHEMA.withTags(
  nullCoreTag,
  boolYaml11Tag,
  goIntTag,
  goFloatTag,
  mergeTag,
  binaryTag,
);
