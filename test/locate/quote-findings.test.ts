import { describe, expect, it } from 'vitest';
import type { Finding, ResourceId } from '../../lib/finding/finding.ts';
import { quoteFindings, type QuotedManifest } from '../../lib/locate/quote-findings.ts';
import { makeProject } from '../tanka/project.ts';

const RESOURCE: ResourceId = { apiVersion: 'apps/v1', kind: 'Deployment', name: 'web' };

/** What an environment rendered: the Deployment of the findings, and what is given. */
function rendered(...values: readonly object[]): QuotedManifest[] {
  const others = values.map((value, index) => ({
    resource: { apiVersion: 'v1', kind: 'Other', name: String(index) },
    value,
  }));
  return [
    { resource: RESOURCE, value: { kind: 'Deployment', metadata: { name: 'web' } } },
    ...others,
  ];
}

/** The source line of a finding at the place of `|` in a file. */
async function quote(
  marked: string,
  {
    manifests = rendered(),
    name = 'main.jsonnet',
    ...more
  }: Partial<Finding> & {
    readonly manifests?: readonly QuotedManifest[];
    readonly name?: string;
  } = {},
) {
  const before = marked.slice(0, marked.indexOf('|')).split('\n');
  const root = await makeProject({ [name]: marked.replace('|', '') });
  const finding: Finding = {
    code: 'schema/wrong-type',
    severity: 'error',
    message: 'expected an integer',
    resource: RESOURCE,
    path: ['spec', 'replicas'],
    location: {
      file: `${root}/${name}`,
      line: before.length,
      column: Buffer.byteLength(before.at(-1) ?? '') + 1,
      certainty: 'exact',
    },
    ...more,
  };
  const [quoted] = await quoteFindings([finding], manifests);
  return quoted;
}

/** The line with `|` at the column of its place. */
async function line(...args: Parameters<typeof quote>): Promise<string | undefined> {
  const source = (await quote(...args))?.source;
  return (
    source && `${source.text.slice(0, source.column - 1)}|${source.text.slice(source.column - 1)}`
  );
}

const SECRET = {
  kind: 'Secret',
  data: { password: Buffer.from('hunter2').toString('base64') },
  stringData: { pin: '31415', url: 'db.example.com/shop', word: 'abc' },
};
const REGISTRY = {
  kind: 'Secret',
  data: {
    '.dockerconfigjson': Buffer.from(
      JSON.stringify({ auths: { r: { auth: Buffer.from('robot:s3cr').toString('base64') } } }),
    ).toString('base64'),
  },
};

describe('a source line', () => {
  it.each([
    "{ spec: { replicas: |'three' } }",
    "{\n  a: 1,\n\tspec: |{ replicas: 'three' },\n}",
    "app.new('web', |'three', { labels: { 'a.b/c': 'd' } })",
    "local a = (import 'a.libsonnet'), b = |importstr 'b.txt';",
  ])('is shown as it stands, without what is before and behind: %j', async (marked) => {
    const wanted = marked.split('\n').find((one) => one.includes('|'));
    expect(await line(marked)).toBe(wanted);
  });

  it('is found by bytes and shown by characters', async () => {
    const quoted = await quote("{ 'é日😀': |'three' }\r\n");
    expect(quoted?.source).toEqual({ text: "{ 'é日😀': 'three' }\ufffd", column: 11 });
    expect(quoted?.location).toMatchObject({ line: 1, column: 16, utf16Column: 11 });
  });

  it('has no control characters that change what a terminal shows', async () => {
    expect(await line("{ a: '\u001b[2J\u202e', b: |1 }")).toBe("{ a: '\ufffd[2J\ufffd', b: |1 }");
  });

  it.each([
    ['the file cannot be read', { file: '/nowhere/main.jsonnet', line: 1, column: 1 }],
    ['the file has no such line', { line: 99, column: 1 }],
  ])('is absent when %s', async (_, place) => {
    const quoted = await quote('|{}');
    const location = { ...quoted?.location, ...place } as NonNullable<Finding['location']>;
    const { source: _source, ...finding } = { ...(quoted as Finding), location };
    expect(await quoteFindings([finding], rendered())).toEqual([finding]);
  });
});

describe('what may be secret in a source line', () => {
  it.each([
    ['the finding is of a Secret', { resource: { ...RESOURCE, kind: 'Secret' } }],
    [
      'its place is secret',
      {
        path: ['spec', 'env', 0, 'value'],
        manifests: [
          {
            resource: RESOURCE,
            value: { kind: 'Deployment', spec: { env: [{ name: 'A', value: 'x' }] } },
          },
        ],
      },
    ],
  ])('is not shown at all when %s', async (_, more) => {
    expect(await line("{ spec: |'x' }", more)).toBeUndefined();
  });

  it.each([
    // Named like a credential, or on a line with such a name.
    ["{ password: 'x1y2', replicas: |'three' }", "{ password: '***', replicas: |'***' }"],
    ["db.new(|'web', dbPassword='x1y2')", "db.new(|'web', dbPassword='***')"],
    [
      "app.new('web', |3) + app.withApiToken('x1y2')",
      "app.new('web', |3) + app.withApiToken('***')",
    ],
    ["{ 'api-key': 'x1y2', n: |1 }", "{ 'api-key': '***', n: |1 }"],
    ["{ [x]: { ['api-key']: 'x1y2' }, n: |1 }", "{ [x]: { ['api-key']: '***' }, n: |1 }"],
    // Looks like one.
    ["['--token=x1y2', |'b']", "['***', |'b']"],
    ["{ url: |'postgres://u:x1y2@h/d' }", "{ url: |'***' }"],
    // A comment, whatever is in it.
    ['{ n: |1 } // it was x1y2', '{ n: |1 } '],
    ['{ /* x1y2 */ n: |1 } # x1y2', '{  n: |1 } '],
    // Literals of other forms.
    ["{ a: @'c:\\x1y2''password: z', n: |1 }", "{ a: '***', n: |1 }"],
    ['{ a: "say \\"token: x1y2\\"", n: |1 }', "{ a: '***', n: |1 }"],
  ])('is masked: %s', async (marked, wanted) => {
    expect(await line(marked)).toBe(wanted);
  });

  it.each([
    ['decoded', "app.new('hunter2', |3)"],
    ['as it is', "app.new('31415', |3)"],
    ['short', "app.new('abc', |3)"],
    ['with more around it', "app.new('x-hunter2-y', |3)"],
    ['in parts', "app.new('db.example', |3)"],
    ['in JSON in base64 in JSON', "app.new('s3cr', |3)"],
  ])('is masked when a Secret of the environment has it: %s', async (_, marked) => {
    expect(await line(marked, { manifests: rendered(SECRET, REGISTRY) })).toBe(
      "app.new('***', |3)",
    );
    expect(await line(marked)).toBe(marked);
  });

  it('is masked when it is the credential of another object', async () => {
    const value = { kind: 'Pod', spec: { containers: [{ env: [{ name: 'A', value: 'x1y2' }] }] } };
    const manifests = rendered(value);
    expect(await line("app.new('x1y2', |3)", { manifests })).toBe("app.new('***', |3)");
  });

  it('is shown when it is a port number or a switch in an environment variable', async () => {
    const env = ['8080', 'true'].map((value) => ({ name: 'A', value }));
    const manifests = rendered({ kind: 'Pod', spec: { containers: [{ env }] } });
    const marked = "{ containerPort: |8080, value: '8080', on: 'true' }";
    expect(await line(marked, { manifests })).toBe(marked);
  });

  it.each(['{ pin: 31415, n: |1 }', '{ pin:: { a: 1, password: 27182 }, n: |1 }'])(
    'is not shown where it is a number: %s',
    async (marked) => {
      expect(await line(marked, { manifests: rendered(SECRET) })).toBeUndefined();
    },
  );

  it.each([
    ['a text block', '{ a: |||\n    -----BEGIN PRIVATE KEY-----\n    |MIIEvQ\n  |||, n: 1 }'],
    ['a literal of several lines', "{ a: 'token: x1y2\n |z' }"],
  ])('is masked in the middle of %s', async (_, marked) => {
    const lines = marked.split('\n');
    const index = lines.findLastIndex((one) => /^ +\|[^|]/.test(one));
    const text = lines.with(index, (lines[index] ?? '').replace('|', '')).join('\n');
    const root = await makeProject({ 'main.jsonnet': text });
    const location = {
      file: `${root}/main.jsonnet`,
      line: index + 1,
      column: 5,
      certainty: 'near',
    } as const;
    const finding: Finding = {
      code: 'schema/wrong-type',
      severity: 'error',
      message: 'm',
      resource: RESOURCE,
      location,
    };
    const [quoted] = await quoteFindings([finding], rendered());
    expect(quoted?.source?.text ?? '').not.toMatch(/MIIEvQ|x1y2|z/);
  });

  it('leaves what the finding says itself', async () => {
    const said = { message: 'unknown field "web"; did you mean "tokens"?', value: 'three' };
    expect(await line("{ tokens: { web: 'web', n: |'three', o: 'four' } }", said)).toBe(
      "{ tokens: { web: 'web', n: |'three', o: '***' } }",
    );
  });

  it('is all that the finding does not say, where nothing was rendered', async () => {
    const { resource: _, ...assert } = { resource: RESOURCE, code: 'jsonnet/assert' as const };
    const quoted = await line("{ a: mixin.new(|'web', 'hunter2', 'arn:x'), 'b.c': (import 'd') }", {
      ...assert,
      resource: undefined as never,
      message: 'mixin.new: arn must be an ARN, got "arn:x"',
      environment: 'environments/web',
      manifests: [],
    });
    expect(quoted).toBe("{ a: mixin.new(|'web', '***', 'arn:x'), 'b.c': (import 'd') }");
  });
});

describe('a line of YAML', () => {
  const yaml = { name: 'a.yaml', manifests: rendered(SECRET) };

  it('is shown whole', async () => {
    expect(await line('spec:\n  replicas: |three', yaml)).toBe('  replicas: |three');
  });

  it.each([
    '{"a": {"password": "x1y2"}, "n": |1}',
    'args: |[--token, x, --pin=31415]',
    'word: |abc',
    'url: |hunter2',
  ])('is not shown when it may hold a secret: %s', async (marked) => {
    expect(await line(marked, yaml)).toBeUndefined();
  });
});
