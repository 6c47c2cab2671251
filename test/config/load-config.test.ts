import { mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { loadConfig } from '../../lib/config/load-config.ts';
import { Failure } from '../../lib/finding/failure.ts';
import { temporaryDirectory } from '../tools/fake-program.ts';

const DEFAULTS = { timeoutMs: 300_000, unknownKinds: new Set<string>() };

async function project(text: string): Promise<string> {
  const root = await temporaryDirectory();
  await writeFile(path.join(root, 'tankard.yaml'), text);
  return root;
}

async function failureOf(text: string): Promise<Failure> {
  const root = await project(text);
  const error = await loadConfig(root).catch((thrown: unknown) => thrown);
  if (!(error instanceof Failure)) throw new Error(`no failure: ${JSON.stringify(error)}`);
  expect(error.exitCode).toBe(2);
  expect(error.message).toContain(path.join(root, 'tankard.yaml'));
  return error;
}

describe('loadConfig', () => {
  it.each([
    ['an empty file', ''],
    ['comments alone', '# nothing\n\n  # is set\n'],
    ['a document marker alone', '---\n'],
    ['an empty object', '{}\n'],
  ])('gives the defaults for %s', async (_what, text) => {
    expect(await loadConfig(await project(text))).toEqual(DEFAULTS);
  });

  it('gives the defaults without the file', async () => {
    expect(await loadConfig(await temporaryDirectory())).toEqual(DEFAULTS);
  });

  it('reads every key', async () => {
    const root = await project(
      [
        'kubernetes: "1.36" # the cluster',
        'environments: clusters',
        'tk: bin/tk',
        'timeoutSeconds: 5',
        'unknownKinds: [example.com/v1/Widget, v1/Thing]',
        'generate:',
        '  declarations: declarations',
        '  jsonnet: jsonnet/gen',
        '  typescript: gen',
        '  reference: docs',
        '  schemas: [a.schema.json]',
      ].join('\n'),
    );
    expect(await loadConfig(root)).toEqual({
      kubernetes: '1.36',
      environments: 'clusters',
      tk: path.join(root, 'bin/tk'),
      timeoutMs: 5000,
      unknownKinds: new Set(['example.com/v1/Widget', 'v1/Thing']),
      generate: {
        declarations: 'declarations',
        jsonnet: 'jsonnet/gen',
        typescript: 'gen',
        reference: 'docs',
        schemas: ['a.schema.json'],
      },
    });
  });

  it('leaves an absolute path of tk as it is', async () => {
    expect(await loadConfig(await project('tk: /opt/tk\n'))).toMatchObject({ tk: '/opt/tk' });
  });

  it('names an unknown key, and the keys that are known there', async () => {
    const top = await failureOf('kubernets: "1.36"\n');
    expect(top.message).toContain('the file has the unknown key "kubernets"');
    for (const known of ['kubernetes', 'environments', 'tk', 'timeoutSeconds', 'unknownKinds'])
      expect(top.message).toContain(known);
    const inner = await failureOf('generate: { declarations: a, jsonnet: b, typescripts: c }\n');
    expect(inner.message).toContain('generate has the unknown key "typescripts"');
    expect(inner.message).toContain('reference, schemas, typescript');
  });

  it.each([
    ['kubernetes: 1.36\n', 'kubernetes must be string'],
    ['kubernetes: "1"\n', 'kubernetes must match'],
    ['timeoutSeconds: "5"\n', 'timeoutSeconds must be integer'],
    ['timeoutSeconds: 0\n', 'timeoutSeconds must be >= 1'],
    ['timeoutSeconds: .inf\n', 'timeoutSeconds must be'],
    ['tk: ""\n', 'tk must NOT have fewer than 1 characters'],
    ['unknownKinds: v1/Thing\n', 'unknownKinds must be array'],
    ['unknownKinds: [Thing]\n', 'unknownKinds.0 must match'],
    ['generate: { declarations: a }\n', "generate must have required property 'jsonnet'"],
    ['environments: null\n', 'environments must be string'],
    ['- kubernetes\n', 'the file must be object'],
    ['just text\n', 'the file must be object'],
  ])('refuses %j, saying where and why', async (text, message) => {
    const failure = await failureOf(text);
    expect(failure.message).toContain(message);
    expect(failure.hint).toContain('tankard.schema.json');
  });

  it('names all mistakes at once', async () => {
    const { message } = await failureOf('timeoutSeconds: "5"\ntk: 7\n');
    expect(message).toContain('timeoutSeconds must be integer');
    expect(message).toContain('tk must be string');
  });

  it.each([
    ['a tab', 'generate:\n\tdeclarations: a\n', '(2:1)'],
    ['an open bracket', 'unknownKinds: [a\n', '(2:1)'],
    ['a key given twice', 'tk: a\ntk: b\n', '(2:1)'],
    ['two documents', 'tk: a\n---\ntk: b\n', 'single document'],
  ])('refuses %s as no YAML, with the line', async (_what, text, place) => {
    const { message } = await failureOf(text);
    expect(message).toContain('is not YAML: ');
    expect(message).toContain(place);
  });

  it('says so when it cannot read the file', async () => {
    const root = await temporaryDirectory();
    await mkdir(path.join(root, 'tankard.yaml'));
    await expect(loadConfig(root)).rejects.toThrow(
      `cannot read ${path.join(root, 'tankard.yaml')}`,
    );
  });
});
