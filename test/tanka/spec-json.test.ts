import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { checkSpec } from '../../lib/tanka/spec-json.ts';
import { makeProject } from './project.ts';

/** What is found in a spec.json with this text: message, `line:column` and hint. */
async function check(text: string): Promise<(string | undefined)[][]> {
  const root = await makeProject({ 'environments/dev/spec.json': text });
  const file = path.join(root, 'environments/dev/spec.json');
  const findings = await checkSpec(file, 'environments/dev');
  return findings.map(({ code, environment, location, message, hint }) => {
    expect({ code, environment }).toEqual({
      code: 'environment/spec',
      environment: 'environments/dev',
    });
    expect(location).toMatchObject({ file, certainty: 'exact' });
    return [message, `${location?.line}:${location?.column}`, hint];
  });
}

describe('nothing is found in', () => {
  it.each([
    [
      'every field there is',
      JSON.stringify({
        apiVersion: 'tanka.dev/v1alpha1',
        kind: 'Environment',
        metadata: { name: 'environments/dev', namespace: 'x', labels: { team: 'a' } },
        spec: {
          apiServer: 'https://localhost:6443',
          contextNames: [],
          namespace: 'default',
          diffStrategy: 'native',
          applyStrategy: 'server',
          injectLabels: true,
          tankaEnvLabelFromFields: ['.metadata.name'],
          resourceDefaults: { annotations: { a: 'b' }, labels: { c: 'd' } },
          expectVersions: { tanka: '>=0.38.0' },
          exportJsonnetImplementation: 'go',
        },
      }),
    ],
    [
      'a name that differs from the path',
      '{"metadata": {"name": "other"}, "spec": {"namespace": "a"}}',
    ],
    ['keys in another case, which tk reads all the same', '{"Spec": {"NameSpace": "a"}}'],
    ['null, which tk reads as absent', '{"spec": {"namespace": null}}'],
    ['an empty object', '{}'],
  ])('%s', async (_, text) => {
    expect(await check(text)).toEqual([]);
  });

  it('a file that does not exist, as in an inline environment', async () => {
    expect(await checkSpec('/nonexistent/spec.json', 'environments/dev')).toEqual([]);
  });
});

describe('an unknown key', () => {
  it('has the place of the key, in bytes, and the near name', async () => {
    expect(await check('{\n  "spec": { "apiServer": "é", "namepsace": "a" }\n}')).toEqual([
      [
        'spec.json has an unknown key spec.namepsace; Tanka does not read it',
        '2:32',
        'Did you mean namespace?',
      ],
    ]);
  });

  it('that is like no other lists those there are', async () => {
    const [finding] = await check('{"spec": {"expectVersions": {"kubernetes": "1"}}}');
    expect(finding?.[2]).toBe('Known here: tanka.');
  });

  it('of old says where it belongs', async () => {
    const [finding] = await check('{"namespace": "a"}');
    expect(finding?.[2]).toBe('Did you mean spec.namespace?');
  });
});

it('several problems are all found', async () => {
  const messages = (
    await check(
      '{"spec": {"injectLabels": "yes", "contextNames": "a", "resourceDefaults": {"labels": {"a": 1}}}}',
    )
  ).map(([message]) => message);
  expect(messages).toEqual([
    'spec.injectLabels must be true or false, got string',
    'spec.contextNames must be an array of strings, got string',
    'spec.resourceDefaults.labels.a must be a string, got number',
  ]);
});

it('a value that tk does not know is found', async () => {
  expect(await check('{"kind": "Enviroment"}')).toEqual([
    ['kind is "Enviroment"', '1:10', 'Write "Environment".'],
  ]);
});

it('apiServer and contextNames exclude each other', async () => {
  const [finding] = await check('{"spec": {"apiServer": "https://a", "contextNames": ["b"]}}');
  expect(finding?.slice(0, 2)).toEqual([
    'spec.apiServer and spec.contextNames exclude each other',
    '1:37',
  ]);
});

it('a spec.json that is no object is found', async () => {
  expect(await check('[]')).toEqual([['spec.json must be an object, got array', '1:1', undefined]]);
});

describe('what is not JSON is located', () => {
  it.each([
    ['{\n  "spec": {,}\n}', '2:12'],
    ['{"a": 1', '1:8'],
    ['{"a" 1}', '1:6'],
    ["{'a': 1}", '1:2'],
    ['{"a": 1} x', '1:10'],
    ['// comment\n{}', '1:1'],
    ['', '1:1'],
    ['{"a": 1,\n}', '2:1'],
  ])('%j', async (text, at) => {
    const findings = await check(text);
    expect(findings.map(([, place]) => place)).toEqual([at]);
    expect(findings[0]?.[0]).toMatch(/^spec\.json is not valid JSON: [^\n]+$/);
  });
});
