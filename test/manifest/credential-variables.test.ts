import { expect, test } from 'vitest';
import { credentialVariables } from '../../lib/manifest/credential-variables.ts';

const pod = (env: unknown): unknown => ({
  kind: 'Deployment',
  spec: { template: { spec: { containers: [{ name: 'a' }, { name: 'b', env }] } } },
});

test.each([
  ['a name that says so', { name: 'DB_PASSWORD', value: 'x' }],
  ['a number', { name: 'API_TOKEN', value: 12_345 }],
  ['an object in its place', { name: 'API_TOKEN', value: { a: 'x' } }],
  ['a URL with a password', { name: 'DATABASE', value: 'postgres://a:b@db/x' }],
  ['a token with its mark', { name: 'GIT', value: `ghp_${'a'.repeat(36)}` }],
  ['a reference with more beside it', { name: 'DB_PASSWORD', value: 'x-$(OTHER)' }],
])('%s is a credential', (_what, variable) => {
  expect(credentialVariables(pod([{ name: 'A', value: 'b' }, variable]))).toEqual([
    ['spec', 'template', 'spec', 'containers', 1, 'env', 1, 'value'],
  ]);
});

test.each([
  ['a plain value', { name: 'LOG_LEVEL', value: 'debug' }],
  ['a reference to a Secret', { name: 'DB_PASSWORD', valueFrom: { secretKeyRef: { name: 's' } } }],
  ['a reference to a variable', { name: 'DB_PASSWORD', value: '$(PG_PASSWORD)' }],
  ['an empty value', { name: 'DB_PASSWORD', value: '' }],
  ['null', { name: 'DB_PASSWORD', value: null }],
  ['the path of a token', { name: 'AWS_WEB_IDENTITY_TOKEN_FILE', value: '/var/run/x' }],
])('%s is none', (_what, variable) => {
  expect(credentialVariables(pod([variable]))).toEqual([]);
});

test('what is no list of variables has none', () => {
  expect(credentialVariables({ env: 'DB_PASSWORD=x', a: { env: { DB_PASSWORD: 'x' } } })).toEqual(
    [],
  );
  expect(credentialVariables(pod(['DB_PASSWORD', null]))).toEqual([]);
});
