import fc from 'fast-check';
import { dump } from 'js-yaml';
import { describe, expect, test } from 'vitest';
import { parseManifests } from '../../lib/manifest/parse-manifests.ts';
import {
  documentsOf,
  PLACEHOLDER,
  redactDocument,
  redactSecrets,
} from '../../lib/manifest/redact.ts';

const HEAD = 'apiVersion: v1\nkind: Secret\nmetadata:\n  name: s\n';

async function expectRedacted(before: string, after: string): Promise<void> {
  expect(await redactSecrets(before)).toBe(after);
  expect((await redactSecrets(Buffer.from(before))).toString()).toBe(after);
}

test('values are replaced, keys and all else stay', async () => {
  await expectRedacted(
    "apiVersion: v1\ndata:\n  a: czNjcjN0\n  b: 'it''s'\n  c: \"x\n    y\"\n  long: one two\n    three\n" +
      'kind: Secret\nmetadata:\n  annotations:\n    note: stays\n  name: s\nstringData:\n  n: 5\n  t: true\n' +
      'type: Opaque\n',
    'apiVersion: v1\ndata:\n  a: "<redacted>"\n  b: "<redacted>"\n  c: "<redacted>"\n  long: "<redacted>"\n' +
      'kind: Secret\nmetadata:\n  annotations:\n    note: stays\n  name: s\nstringData:\n  n: "<redacted>"\n' +
      '  t: "<redacted>"\ntype: Opaque\n',
  );
});

test.each([
  ['a literal block', '|\n    one\n\n    two\n', '"<redacted>"\n'],
  ['a block without its last line break', '|-\n    one\n', '"<redacted>"\n'],
  ['a block that keeps its line breaks', '|+\n    one\n\n\n', '"<redacted>"\n'],
  ['a folded block', '>-\n    one\n    two\n', '"<redacted>"\n'],
  ['a block with an indentation indicator', '|2\n\n      one\n', '"<redacted>"\n'],
  ['an empty string', '""\n', '"<redacted>"\n'],
  ['a tagged string', '!!str 12\n', '!!str "<redacted>"\n'],
  ['null', 'null\n', 'null\n'],
  ['null in quotes', '"null"\n', '"<redacted>"\n'],
  ['nothing', '\n', '\n'],
  ['a list, though it is not valid', '[one, {b: two}]\n', '["<redacted>", {b: "<redacted>"}]\n'],
])('%s', async (_what, before, after) => {
  await expectRedacted(
    `${HEAD}data:\n  a: ${before}type: z\n`,
    `${HEAD}data:\n  a: ${after}type: z\n`,
  );
});

test.each(['data: {}\n', 'data: null\n', 'data:\n', ''])(
  'a Secret without values stays: %j',
  async (data) => {
    await expectRedacted(HEAD + data, HEAD + data);
  },
);

test('a value at the very end, without a line break', async () => {
  await expectRedacted(`${HEAD}data: {a: b}`, `${HEAD}data: {a: "<redacted>"}`);
  await expectRedacted(`${HEAD}data:\n  a: |\n    b`, `${HEAD}data:\n  a: "<redacted>"`);
});

test('the place that an alias points to is redacted too', async () => {
  await expectRedacted(
    `x: &v s3cr3t\ny: &m\n  k: s3cr3t\n${HEAD}data:\n  a: *v\nstringData: *m\n`,
    `x: &v "<redacted>"\ny: &m\n  k: "<redacted>"\n${HEAD}data:\n  a: *v\nstringData: *m\n`,
  );
});

test('Secrets in a List, in a template, and in the template of a SealedSecret', async () => {
  await expectRedacted(
    'kind: List\nitems:\n- kind: Secret\n  data: {a: b}\n- kind: ConfigMap\n  data: {a: b}\n',
    'kind: List\nitems:\n- kind: Secret\n  data: {a: "<redacted>"}\n- kind: ConfigMap\n  data: {a: b}\n',
  );
  await expectRedacted(
    'kind: Any\nspec:\n  object:\n    kind: Secret\n    stringData:\n      a: b\n',
    'kind: Any\nspec:\n  object:\n    kind: Secret\n    stringData:\n      a: "<redacted>"\n',
  );
  await expectRedacted(
    'kind: SealedSecret\nspec:\n  encryptedData:\n    a: AgB\n  template:\n    data:\n      b: c\n    type: Opaque\n',
    'kind: SealedSecret\nspec:\n  encryptedData:\n    a: AgB\n  template:\n    data:\n      b: "<redacted>"\n    type: Opaque\n',
  );
});

test.each([
  [
    'data in another spelling',
    "stringdata: {a: s3cr3t}\nStringData: {a: s3cr3t}\n'data ': {a: s3cr3t}\n",
  ],
  [
    'values in a field that a Secret does not have',
    'spec:\n  stringData: {a: s3cr3t}\n  b: [s3cr3t]\n',
  ],
  ['a value at the top', 'pw: s3cr3t\n'],
  ['a string for immutable', 'immutable: s3cr3t\n'],
  ['a type that is no string', 'type: {a: s3cr3t}\n'],
])('mistakes in a Secret: %s', async (_what, fields) => {
  const hidden = fields.replaceAll('s3cr3t', PLACEHOLDER);
  await expectRedacted(HEAD + fields, HEAD + hidden);
});

test('a quoted boolean and a number are values where a boolean and a string belong', async () => {
  await expectRedacted(
    `${HEAD}immutable: "true"\ntype: 31415926\n`,
    `${HEAD}immutable: ${PLACEHOLDER}\ntype: ${PLACEHOLDER}\n`,
  );
  const right = `${HEAD}immutable: true\ntype: "31415926"\n`;
  await expectRedacted(right, right);
});

test.each(['secret', 'Secrets', 'SECRET', '"Secret "'])(
  'an object of the kind %s is a Secret',
  async (kind) => {
    const head = `apiVersion: v1\nkind: ${kind}\nmetadata: {name: s}\n`;
    await expectRedacted(`${head}data: {a: b}\n`, `${head}data: {a: "<redacted>"}\n`);
  },
);

test('a reference to a Secret stays, and data beside it does not', async () => {
  const gateway =
    'kind: Gateway\nspec:\n  certificateRefs:\n  - kind: Secret\n    name: wild-cert\n    namespace: web\n';
  await expectRedacted(gateway, gateway);
  await expectRedacted(
    'kind: Any\nspec:\n  kind: Secret\n  name: s\n  stringdata: {a: b}\n',
    'kind: Any\nspec:\n  kind: Secret\n  name: s\n  stringdata: {a: "<redacted>"}\n',
  );
});

test('what was written in clear into a SealedSecret', async () => {
  await expectRedacted(
    'kind: SealedSecret\nspec:\n  data: {a: b}\n  encryptedData: {a: AgB}\nstringData: {a: b}\n',
    'kind: SealedSecret\nspec:\n  data: {a: "<redacted>"}\n  encryptedData: {a: AgB}\nstringData: {a: "<redacted>"}\n',
  );
});

describe('the template of an ExternalSecret', () => {
  const external = (data: string): string =>
    `kind: ExternalSecret\nspec:\n  data:\n  - secretKey: a\n    remoteRef: {key: b}\n  target:\n    template:\n      data:\n${data}`;

  test('its literal values are redacted', async () => {
    await expectRedacted(
      external(
        '        a: hunter2\n        b: "u:hunter2@{{ .host }}"\n        c: \'{{ "hunter2" }}\'\n',
      ),
      external('        a: "<redacted>"\n        b: "<redacted>"\n        c: "<redacted>"\n'),
    );
  });

  test('what only names values of the store stays', async () => {
    const text = external(
      "        a: '{{ .password }}'\n        b: |\n          {{ .user }}:{{ .pw | toString }}\n",
    );
    await expectRedacted(text, text);
  });

  test('its other places: a template of templateFrom, a ClusterExternalSecret, a PushSecret', async () => {
    const template = (value: string): string =>
      `{data: {a: ${value}}, templateFrom: [{literal: ${value}}]}`;
    const kinds = (value: string): string =>
      `kind: ExternalSecret\nspec: {target: {template: ${template(value)}}}\n---\n` +
      `kind: ClusterExternalSecret\nspec: {externalSecretSpec: {target: {template: ${template(value)}}}}\n---\n` +
      `kind: PushSecret\nspec: {template: ${template(value)}}\n`;
    await expectRedacted(kinds('hunter2'), kinds(PLACEHOLDER));
  });
});

test('keys that look like numbers or null', async () => {
  await expectRedacted(
    `items:\n  1:\n    kind: Secret\n    data: {1e400: a, 1e500: b, null: c, true: d}\n`,
    `items:\n  1:\n    kind: Secret\n    data: {1e400: "<redacted>", 1e500: "<redacted>", null: "<redacted>", true: "<redacted>"}\n`,
  );
});

test('the copy that kubectl keeps of a Secret', async () => {
  const key = 'kubectl.kubernetes.io/last-applied-configuration';
  const annotations = (kind: string, value: string): string =>
    `kind: ${kind}\nmetadata:\n  annotations:\n    ${key}: ${value}\n    other: Secret\n`;
  await expectRedacted(annotations('Secret', `'{"a":1}'`), annotations('Secret', PLACEHOLDER));
  await expectRedacted(annotations('Service', `'{"a":1}'`), annotations('Service', `'{"a":1}'`));
});

test('only the documents of Secrets change', async () => {
  const other = 'kind: ConfigMap\ndata:\n  about: a Secret\n  text: |\n    ---x\n    data\n';
  await expectRedacted(
    `${other}---\n${HEAD}data:\n  a: b\n--- # third\n${other}`,
    `${other}---\n${HEAD}data:\n  a: "<redacted>"\n--- # third\n${other}`,
  );
});

test('a document ends at a line of its own, and U+2028 ends no line in YAML', async () => {
  await expectRedacted(
    `${HEAD}data:\n  a: x\u2028--- s3cr3t\n  b: |\n    ---\n    s3cr3t\n`,
    `${HEAD}data:\n  a: "<redacted>"\n  b: "<redacted>"\n`,
  );
});

test('bytes that are no UTF-8 come out as they came in', async () => {
  const other = Buffer.from([0x78, 0x3a, 0x20, 0xff, 0xfe, 0x0a]);
  const given = Buffer.concat([other, Buffer.from(`---\n${HEAD}data:\n  ü: é\n---\n`), other]);
  const wanted = Buffer.concat([
    other,
    Buffer.from(`---\n${HEAD}data:\n  ü: "<redacted>"\n---\n`),
    other,
  ]);
  expect((await redactSecrets(given)).equals(wanted)).toBe(true);
});

test.each([
  ['two keys of the same name', `${HEAD}data:\n  a: s3cr3t\n  a: s3cr3t\n`],
  ['text that is not YAML', `${HEAD}data: {a: s3cr3t\n`],
])('%s: nothing is shown of what cannot be read', async (_what, text) => {
  await expect(redactSecrets(text)).rejects.toMatchObject({
    kind: 'tool',
    message: expect.not.stringContaining('s3cr3t'),
    hint: expect.stringContaining('--show-secrets'),
  });
});

const name = fc.stringMatching(/^[a-z][a-z0-9.-]{0,10}$/);
// Longer than what the rest of the document could contain by chance.
const secret = fc
  .tuple(
    fc.string({ unit: 'grapheme', maxLength: 40 }),
    fc.constantFrom('', '\n', '\n---\n', '\u2028---\n', ' # ', ': '),
  )
  .map(([text, odd]) => `${text}${odd}s3cr3t-${text}`);
const values = fc.dictionary(name, secret, { minKeys: 1, maxKeys: 4 });

const secretObject = fc
  .record({ data: values, stringData: values, name })
  .map(({ name: own, ...fields }) => ({
    apiVersion: 'v1',
    kind: 'Secret',
    metadata: { name: own },
    ...fields,
  }));
const otherObject = fc
  .record({
    kind: fc.constantFrom('ConfigMap', 'ServiceAccount'),
    data: fc.dictionary(name, fc.string({ unit: 'grapheme' })),
  })
  .map((object) => ({ apiVersion: 'v1', ...object }));
const style = fc.record({
  flowLevel: fc.constantFrom(-1, 0, 1, 2),
  lineWidth: fc.constantFrom(-1, 20, 80),
  quoteStyle: fc.constantFrom('single' as const, 'double' as const),
});

test('no value of any Secret is in the output, and its keys are', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.oneof(secretObject, otherObject), { maxLength: 4 }),
      style,
      async (objects, options) => {
        const output = await redactSecrets(
          objects.map((object) => dump(object, options)).join('---\n'),
        );
        expect(output).not.toContain('s3cr3t');
        const manifests = parseManifests(output);
        expect(manifests.map(({ value }) => value)).toEqual(objects.map(hideValues));
      },
    ),
    { numRuns: 300 },
  );
});

function hideValues(object: { readonly kind: string }): object {
  if (object.kind !== 'Secret') return object;
  const { data, stringData, ...rest } = object as typeof object &
    Record<'data' | 'stringData', object>;
  const hide = (map: object): object =>
    Object.fromEntries(Object.keys(map).map((key) => [key, '<redacted>']));
  return { ...rest, data: hide(data), stringData: hide(stringData) };
}

test('documents without Secrets are the same bytes', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(otherObject, { maxLength: 4 }), style, async (objects, options) => {
      const text = objects.map((object) => `# Secret\n${dump(object, options)}`).join('---\n');
      expect(await redactSecrets(text)).toBe(text);
      const bytes = Buffer.from(text);
      expect((await redactSecrets(bytes)).equals(bytes)).toBe(true);
    }),
  );
});

test('templates that only name what the store holds, and references, stay as they are', async () => {
  const yaml = `apiVersion: external-secrets.io/v1
kind: ExternalSecret
metadata:
  name: a
spec:
  target:
    template:
      data:
        a: '{{ index . "tls.crt" }}'
        b: '{{ .x | default "" }}'
        c: '{{ printf "%s:%s" .user .password | b64enc }}'
        d: '{{/* the old name */}}{{ .x }}'
      templateFrom:
      - literal: 'owner: {{ .y }}'
        target: Annotations
---
apiVersion: example.com/v1
kind: Widget
metadata:
  name: b
spec:
  items:
  - kind: Secret
    name: plain-ref
    namespace: q
`;
  expect(await redactSecrets(yaml)).toBe(yaml);
});

test.each([
  '{{ printf "hunter2%s" .x }}',
  '{{ .x }}hunter2',
  '{{ "hunter2" }}',
  '{{ .x | default "hunter2" }}',
])('a template that says a value itself is redacted: %s', async (text) => {
  const yaml = `kind: ExternalSecret\nspec:\n  target:\n    template:\n      data:\n        a: '${text}'\n`;
  expect(await redactSecrets(yaml)).not.toContain('hunter2');
});

test('documents are the parts of the same bytes, cut where a document starts', () => {
  const parts = ['a: |\n  ---\n  "---"\nü: x---\n---x\n', '---\nb: 1\n', '---\r\nc: 1\n', '---'];
  const yaml = Buffer.from(parts.join(''));
  const documents = documentsOf(yaml);
  expect(documents.map(String)).toEqual(parts);
  expect(Buffer.concat(documents).equals(yaml)).toBe(true);
  expect(documentsOf(Buffer.from('---\na: 1\n')).map(String)).toEqual(['', '---\na: 1\n']);
});

test('any fields of a document can be hidden, and every other byte stays', async () => {
  const document = Buffer.from(
    '---\nkind: X\nä: 1 # ö\nenv:\n- name: ü\n  value: |\n    x\n    y\nz: é\n',
  );
  const redacted = await redactDocument(document, () => [['env', 0, 'value']]);
  expect(redacted.toString()).toBe(
    '---\nkind: X\nä: 1 # ö\nenv:\n- name: ü\n  value: "<redacted>"\nz: é\n',
  );
});

test.each([
  ['the data', 'data:\n  a: one\ndata:\n  a: two\n'],
  ['a key in it', 'data:\n  a: one\n  b: two\n  a: three\n'],
  ['a key in other quotes', 'data:\n  a: one\n  "a": two\n'],
  ['a key of the metadata', 'metadata:\n  name: x\n'],
])('nothing is shown of a Secret that has %s twice', async (_what, fields) => {
  await expect(redactSecrets(HEAD + fields)).rejects.toMatchObject({ kind: 'tool' });
});

test('a Secret of 20,000 keys is redacted in a second', async () => {
  const lines = (value: string): string =>
    Array.from({ length: 20_000 }, (_, index) => `  key${index}: ${value}\n`).join('');
  const start = performance.now();
  await expectRedacted(`${HEAD}data:\n${lines('QQ==')}`, `${HEAD}data:\n${lines('"<redacted>"')}`);
  // Twice, and machines differ; comparing each key with all others takes ten times as long.
  expect(performance.now() - start).toBeLessThan(4000);
});
