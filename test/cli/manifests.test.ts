import { mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { execa } from 'execa';
import { describe, expect, test } from 'vitest';
import { temporaryDirectory } from '../tools/fake-program.ts';
import { PROGRAM, tankard, tankardJson } from './tankard.ts';

interface Report {
  summary: { manifests: number; errors: number; warnings: number };
  environments: {
    findings: {
      code: string;
      message: string;
      location: { file: string; line: number; column: number };
    }[];
    accepted: { acceptance: { by: string } }[];
  }[];
}

/** What is found in files, each as `code line:column`. */
async function found(
  files: Readonly<Record<string, string | Buffer>>,
  args: readonly string[] = [],
) {
  const cwd = await temporaryDirectory();
  for (const [name, content] of Object.entries(files)) {
    await mkdir(path.dirname(path.join(cwd, name)), { recursive: true });
    await writeFile(path.join(cwd, name), content);
  }
  const { json, exitCode, stdout } = await tankardJson<Report>(
    ['validate', '--manifests', '.', ...args],
    { cwd },
  );
  const findings = json.environments.flatMap((one) => one.findings);
  return {
    exitCode,
    stdout,
    summary: json.summary,
    messages: findings.map(({ message }) => message),
    places: findings.map(
      ({ code, location: { file, line, column } }) => `${code} ${file}:${line}:${column}`,
    ),
    accepted: json.environments.flatMap((one) =>
      one.accepted.map(({ acceptance }) => acceptance.by),
    ),
  };
}

const MAP = 'apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: a\n  namespace: x\n';

describe('validate --manifests', () => {
  test('names the line and column of key, value and parent', async () => {
    const pod = [
      '# Source: chart/templates/pod.yaml',
      'apiVersion: v1',
      'kind: Pod',
      'metadata: {name: p, namespace: x}',
      'spec:',
      '  hostNetwrk: true',
      '  containers:',
      '    - image: example.com/a',
      '    - name: "\u00fc"',
      "      ports: [{containerPort: '80'}]",
      '      image: example.com/b',
    ].join('\n');
    const { places, exitCode } = await found({ 'a.yaml': `${MAP}---\n${pod}` }, [
      '--kubernetes',
      '1.36',
    ]);
    expect(places).toContain('schema/missing-field a.yaml:14:7');
    expect(places).toContain('schema/wrong-type a.yaml:16:31');
    expect(places).toContain('schema/unknown-field a.yaml:12:3');
    expect(exitCode).toBe(1);
  });

  test('reads all files below a folder, documents that are empty, Lists and JSON', async () => {
    const { summary, places } = await found({
      'b/c.yml': `---\n# nothing\n---\n\n${MAP}---\n...\n`,
      'a.yaml': `apiVersion: v1\nkind: List\nitems:\n  - apiVersion: v1\n    kind: ConfigMap\n    metadata: {name: b}\n    dat: {}\n`,
      'd.json': JSON.stringify({ apiVersion: 'v1', kind: 'Namespace', metadata: { name: 'x' } }),
      'README.md': 'no manifest',
    });
    expect(summary).toMatchObject({ manifests: 3, errors: 1 });
    expect(places).toEqual(['schema/unknown-field a.yaml:7:5']);
  });

  test('reads the standard input', async () => {
    const cwd = await temporaryDirectory();
    const { stdout, exitCode } = await tankard(['validate', '--manifests', '-'], {
      cwd,
      input: `${MAP}dat: {}\n`,
    });
    expect(stdout).toContain('at -:6:1');
    expect(exitCode).toBe(1);
  });

  test('takes anchors, merge keys and CRLF', async () => {
    const text = `${MAP}data: &d\n  a: b\n---\n${MAP.replace('name: a', 'name: b')}data:\n  <<: &e {c: d}\n  f: &g h\n  i: *g\n`;
    expect((await found({ 'a.yaml': text })).places).toEqual([]);
    const crlf = `${MAP}dat: {}\n---\n${MAP.replace('name: a', 'name: b')}`.replaceAll(
      '\n',
      '\r\n',
    );
    expect((await found({ 'a.yaml': crlf })).places).toEqual(['schema/unknown-field a.yaml:6:1']);
  });

  test.each([
    ['yes', 'true or false true'],
    ['NO', 'true or false false'],
    ['on', 'true'],
    ['0777', 'the number 511'],
    ['0o777', 'the number 511'],
    ['0b11', 'the number 3'],
    ['1_000', 'the number 1000'],
    ['089', 'the number 89'],
    ['1e3', 'the number 1000'],
    ['~', undefined],
    ['2001-01-01', undefined],
    ['12:30:45', undefined],
    ['"yes"', undefined],
    ['.inf', undefined],
  ])('reads %s as kubectl does', async (scalar, what) => {
    const { messages } = await found({ 'a.yaml': `${MAP}data:\n  a: ${scalar}\n` });
    const wanted = what?.replace('true or false ', '');
    expect(messages).toEqual(wanted === undefined ? [] : [`expected a string, found ${wanted}`]);
  });

  test('opens no more files at once than a process may', async () => {
    const cwd = await temporaryDirectory();
    for (let index = 0; index < 400; index += 1)
      await writeFile(path.join(cwd, `${index}.yaml`), MAP.replace('name: a', `name: a${index}`));
    const command = `ulimit -n 128; exec "$0" "$1" validate --manifests .`;
    const { stdout } = await execa('bash', ['-c', command, process.execPath, PROGRAM], { cwd });
    expect(stdout).toContain('400 manifests: 0 errors');
  });

  test('a comment accepts what stands at its line', async () => {
    const comment = '# tankard-accept schema/unknown-field: read by our own controller';
    const { places, accepted } = await found({ 'a.yaml': `${MAP}dat: {} ${comment}\n` });
    expect(places).toEqual([]);
    expect(accepted).toEqual(['comment']);
  });

  test('keeps a baseline', async () => {
    const cwd = await temporaryDirectory();
    await writeFile(path.join(cwd, 'a.yaml'), `${MAP}dat: {}\n`);
    const args = ['validate', '--manifests', '.', '--baseline', 'base.lock'];
    expect((await tankard([...args, '--update-baseline'], { cwd })).exitCode).toBe(0);
    expect((await tankard(args, { cwd })).stdout).toContain('0 errors, 0 warnings, 1 accepted');
  });
});

describe('bad input to validate --manifests', () => {
  const bomb = [
    MAP,
    'data:',
    '  a: &a [x, x, x, x, x, x, x, x, x, x]',
    ...['b', 'c', 'd', 'e', 'f', 'g', 'h'].map((name, index) => {
      const last = 'abcdefgh'[index];
      return `  ${name}: &${name} [${Array.from({ length: 10 }, () => `*${last}`).join(', ')}]`;
    }),
  ].join('\n');

  test.each<[string, string | Buffer, string, string]>([
    ['cut off', `${MAP}data:\n  a: "b`, 'yaml/syntax a.yaml:7:', ''],
    ['a tab', `${MAP}data:\n\ta: b\n`, 'yaml/syntax a.yaml:7:', 'tab'],
    [
      'a key twice',
      `${MAP}data:\n  a: b\n  c: d\n  a: e\n`,
      'yaml/duplicate-key a.yaml:9:3',
      'the key a stands twice',
    ],
    [
      'not UTF-8',
      Buffer.from([0x61, 0x3a, 0x20, 0xff, 0xfe]),
      'yaml/syntax a.yaml:1:1',
      'not text in UTF-8',
    ],
    [
      'UTF-16',
      Buffer.from(`\uFEFF${MAP}`, 'utf16le'),
      'yaml/syntax a.yaml:1:1',
      'not text in UTF-8',
    ],
    ['a scalar', '--- hello\n', 'yaml/not-a-manifest a.yaml:1:', 'not an object'],
    [
      'no kind',
      '# values\na: 1\n',
      'yaml/not-a-manifest a.yaml:2:1',
      'without apiVersion and kind',
    ],
    ['an alias bomb', bomb, 'yaml/limit a.yaml:1:1', 'aliases make it'],
    [
      'an alias inside of itself',
      `${MAP}data: &d\n  a: *d\n`,
      'yaml/limit a.yaml:1:1',
      'inside of what it stands for',
    ],
    [
      'deep lists',
      `${MAP}data: ${'['.repeat(2000)}${']'.repeat(2000)}\n`,
      'yaml/limit a.yaml:1:1',
      'nested more than 500 levels',
    ],
    ['very deep lists', `${MAP}data: ${'['.repeat(200_000)}\n`, 'yaml/', ''],
    [
      '50 MB',
      `${MAP}data:\n  a: ${'x'.repeat(50 * 1024 * 1024)}\n`,
      'yaml/limit a.yaml:1:1',
      'a document of 50 MB',
    ],
  ])('%s gets a message', async (_, content, place, message) => {
    const { places, messages, exitCode } = await found({ 'a.yaml': content });
    expect(places[0]).toContain(place);
    expect(messages[0]).toContain(message);
    expect(exitCode).toBe(1);
  });

  test('a document that is broken hides no other', async () => {
    const { places } = await found({ 'a.yaml': `a: [\n---\n${MAP}dat: {}\n` });
    expect(places).toEqual(['yaml/syntax a.yaml:2:1', 'schema/unknown-field a.yaml:8:1']);
  });

  test('a kind without a schema is no manifest that is valid', async () => {
    const { places } = await found({ 'a.yaml': MAP.replace('ConfigMap', 'Widget') });
    expect(places).toEqual(['schema/unknown-kind a.yaml:2:7']);
  });

  test('values of Secrets are nowhere', async () => {
    const secret =
      'apiVersion: v1\nkind: Secret\nmetadata: {name: s, namespace: x}\nstringData:\n  password: hunter2\n  password: hunter2\ntype: [hunter2]\n';
    for (const format of ['text', 'json', 'sarif', 'junit', 'github', 'gitlab']) {
      const cwd = await temporaryDirectory();
      await writeFile(
        path.join(cwd, 'a.yaml'),
        `${secret}---\n${secret.replace('type', 'typ')}---\nhunter2: "hunter2\n`,
      );
      const { stdout, stderr, exitCode } = await tankard(
        ['validate', '--manifests', '.', '--format', format],
        { cwd },
      );
      expect(stdout + stderr).not.toContain('hunter2');
      expect(exitCode).toBe(1);
    }
  });

  test.each([
    ['nowhere', ['--manifests', 'nowhere'], 'cannot read'],
    ['an empty folder', ['--manifests', '.'], 'there are no manifests in'],
    ['environments too', ['--manifests', '.', 'environments/x'], 'takes no environments'],
    ['targets too', ['--manifests', '.', '-t', 'Pod/.*'], 'no options of tk'],
  ])('%s is refused', async (_, args, message) => {
    const { stderr, exitCode } = await tankard(['validate', ...args], {
      cwd: await temporaryDirectory(),
    });
    expect(stderr).toContain(message);
    expect(exitCode).toBe(2);
  });
});
