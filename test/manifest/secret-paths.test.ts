import { expect, test } from 'vitest';
import type { Path } from '../../lib/finding/finding.ts';
import { secretFields } from '../../lib/manifest/secret-fields.ts';
import { isSecretPath } from '../../lib/manifest/secret-paths.ts';

const LAST_APPLIED = 'kubectl.kubernetes.io/last-applied-configuration';

const secret = {
  apiVersion: 'v1',
  kind: 'Secret',
  metadata: { name: 's', annotations: { [LAST_APPLIED]: '{}', note: 'n' } },
  data: { password: 'cGFzcw==' },
  type: 'Opaque',
};

test.each<[Path, boolean]>([
  [['data', 'password'], true],
  [['data'], true],
  [['data', 'password', 0], true],
  [[], true],
  [['metadata', 'annotations', LAST_APPLIED], true],
  [['metadata', 'annotations'], true],
  [['metadata', 'annotations', 'note'], false],
  [['metadata', 'name'], false],
  [['type'], false],
])('in a Secret: %j %s', (path, expected) => {
  expect(isSecretPath(secret, path)).toBe(expected);
});

test('a Secret inside another object', () => {
  const list = { kind: 'List', items: [{ kind: 'ConfigMap', data: { a: 'b' } }, secret] };
  expect(isSecretPath(list, ['items', 1, 'data', 'password'])).toBe(true);
  expect(isSecretPath(list, ['items'])).toBe(true);
  expect(isSecretPath(list, ['items', 0, 'data', 'a'])).toBe(false);
  expect(secretFields(list)).toEqual([
    ['items', 1, 'data'],
    ['items', 1, 'metadata', 'annotations', LAST_APPLIED],
  ]);
});

test('what is written into the template of a SealedSecret is secret, what is encrypted is not', () => {
  const sealed = {
    kind: 'SealedSecret',
    spec: { encryptedData: { a: 'AgB' }, template: { data: { b: 'c' }, type: 'Opaque' } },
  };
  expect(isSecretPath(sealed, ['spec', 'template', 'data', 'b'])).toBe(true);
  expect(isSecretPath(sealed, ['spec', 'encryptedData', 'a'])).toBe(false);
  expect(isSecretPath(sealed, ['spec', 'template', 'type'])).toBe(false);
});

function pod(variable: object): object {
  return { kind: 'Pod', spec: { containers: [{ name: 'main', image: 'i', env: [variable] }] } };
}

const ENV: Path = ['spec', 'containers', 0, 'env', 0];

test.each([
  'AWS_SECRET_ACCESS_KEY',
  'AWS_SESSION_TOKEN',
  'WORDPRESS_DB_PASSWORD',
  'GITHUB_TOKEN',
  'PASSWORD',
  'db.password',
  'API_KEY',
  'CLIENT_SECRET',
  'SSH_PRIVATE_KEY',
])('a literal %s is secret', (name) => {
  expect(isSecretPath(pod({ name, value: 'x' }), [...ENV, 'value'])).toBe(true);
  expect(isSecretPath(pod({ name, value: 'x' }), ENV)).toBe(true);
  expect(isSecretPath(pod({ name, value: 'x' }), [...ENV, 'name'])).toBe(false);
  expect(isSecretPath(pod({ name, valueFrom: {} }), ENV)).toBe(false);
});

test.each([
  'AWS_WEB_IDENTITY_TOKEN_FILE',
  'AWS_ACCESS_KEY_ID',
  'AWS_ROLE_ARN',
  'TOKEN_EXPIRATION',
  'COMPASS',
  'PARTITION_KEY',
])('a literal %s is not secret', (name) => {
  expect(isSecretPath(pod({ name, value: 'x' }), [...ENV, 'value'])).toBe(false);
});

test('a URL with a password is secret wherever it stands', () => {
  const value = (url: string): boolean =>
    isSecretPath(pod({ name: 'DATABASE_URL', value: url }), [...ENV, 'value']);
  expect(value('postgres://app:hunter2@db:5432/app')).toBe(true);
  expect(value('redis://:hunter2@cache')).toBe(true);
  expect(value('https://db:5432/app')).toBe(false);
  expect(value('https://example.com/a:b@c')).toBe(false);
});

test('a path that leads nowhere is not secret', () => {
  expect(isSecretPath({ kind: 'Pod' }, ['spec', 'containers', 3])).toBe(false);
  expect(isSecretPath(null, ['a'])).toBe(false);
});
