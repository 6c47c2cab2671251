import type { JsonSchema } from '../../../lib/sources/upstream-schema.ts';
import { crd, list, map, object, STRING, INTEGER, type Crd } from './crds.ts';

/** Source: the Jsonnet specification, "Lexing". */
const KEYWORDS =
  'assert else error false for function if import importstr importbin in local null tailstrict then self super true'.split(
    ' ',
  );

/** Names that are hard to write, to tell apart, or that mean something elsewhere. */
export const ODD_NAMES: readonly string[] = [
  ...KEYWORDS,
  // What generated files have of their own.
  'std',
  '$',
  'check',
  'itself',
  'mixin',
  'new',
  'fromObject',
  'withX',
  'x',
  'X',
  'name',
  'object',
  'value',
  'lib',
  'k',
  '_',
  '__',
  // Signs.
  'a/b',
  'a.b',
  'a-b',
  'a$b',
  'a b',
  "it's",
  '"quoted"',
  `'"`,
  '`',
  'line\nbreak',
  'tab\t',
  '',
  ' ',
  '-',
  '-leading',
  '.',
  '..',
  '/',
  '\\',
  '%s',
  '%(a)s',
  '${x}',
  '#a',
  '//',
  '/*',
  '*/',

  '@type',
  '$ref',
  '$schema',
  '[0]',
  '{}',
  'a,b',
  'a:b',
  'a=b',
  '|||',
  "'''",
  '\u0000',
  '\u007f',

  '\u2028',
  'größe',
  '名前',
  '😀',
  'é',
  'e\u0301',
  '\u00a0',
  '\ufeff',
  // Digits.
  '1',
  '0',
  '2fa',
  '1.5',
  '-1',
  '1e3',
  '0x1F',
  // What JavaScript gives every object.
  '__proto__',
  'constructor',
  'toString',
  'hasOwnProperty',
  'valueOf',
  'then',
  'length',
  // Names that are one in camel case.
  'fooBar',
  'foo-bar',
  'foo_bar',
  'foo.bar',
  'foobar',
  'FooBar',
  'FOOBar',
  'withFooBar',
  'APIKey',
  'apiKey',
  'api-key',
  'x509',
  'clusterIP',
];

/** The schema of an object with a field of each name. */
export function oddObject(schema: JsonSchema): JsonSchema {
  const names = [...new Set(ODD_NAMES)];
  return object(Object.fromEntries(names.map((name) => [name, schema])));
}

/** A CRD for each form that a property can have, each with all odd names. */
export const ODD_NAME_CRDS: readonly Crd[] = (
  [
    ['Texts', STRING],
    // Its check calls the runtime, and the body too.
    ['Lists', list(STRING)],
    ['Limited', list({ type: 'string', maxLength: 9 }, { maxItems: 3 })],
    ['Matched', { type: 'string', maxLength: 40 }],
    ['Maps', map(INTEGER)],
    ['Items', list(object({ a: STRING }))],
    ['Nested', object({ a: STRING })],
    ['Parts', object(Object.fromEntries('abcdefghij'.split('').map((name) => [name, STRING])))],
  ] as const
).map(([kind, schema]) => crd({ group: 'names.example.com', kind, spec: oddObject(schema) }));

/** Items that need a field of each odd name: their constructor has as many parameters. */
export const NEEDY_CRD: Crd = crd({
  group: 'names.example.com',
  kind: 'Needy',
  spec: object({
    items: list({ ...oddObject(STRING), required: [...new Set(ODD_NAMES)] }),
  }),
});

/** Names of groups, versions and kinds that get in each other's way. */
export const CLASHING_CRDS: readonly Crd[] = [
  'networking.istio.io',
  'networking.k8s.io',
  'networking.example.com',
  'cert-manager.io',
  'acme.cert-manager.io',
  'certmanager.k8s.io',
  'certmanager',
  'local.example.com',
  'self',
  'std',
  '2fa.example.com',
  'main.io',
  'check.io',
  'lib',
  'foo-bar.io',
  'foo-bar-io',
  'foobar.io',
  'foo-bar.io.io',
]
  .map((group) => crd({ group, kind: 'Route', spec: object({ host: STRING }) }))
  .concat(
    [
      'FooBar',
      'Foobar',
      'FOOBar',
      'fooBar',
      'foo-bar',
      'Main',
      'main-',
      'Self',
      'Local',
      'Std',
      'New',
      'X509Thing',
      'X5',
      'Check',
      'List',
    ]
      .map((kind) => kind.replace(/-$/, '-x'))
      .map((kind) => crd({ group: 'kinds.example.com', kind, spec: object({ host: STRING }) })),
    crd({
      group: 'versions.example.com',
      kind: 'Route',
      versions: ['v1', 'v1-1', 'v11', 'v1-alpha1', 'v1alpha1', 'main', 'self', 'V1', 'v1-a', 'v1A'],
      spec: object({ host: STRING }),
    }),
    crd({
      group: 'many.example.com',
      kind: 'Versioned',
      versions: Array.from({ length: 30 }, (_, index) => `v${index + 1}alpha${index}`),
      spec: object({ host: STRING }),
    }),
  );
