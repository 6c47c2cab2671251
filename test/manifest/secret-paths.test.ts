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

test.each(['AWS_ROLE_ARN', 'TOKEN_EXPIRATION', 'anything'])(
  'a value of a container variable is not repeated, whatever its name: %s',
  (name) => {
    expect(isSecretPath(pod({ name, value: 'x' }), [...ENV, 'value'])).toBe(true);
    expect(isSecretPath(pod({ name, value: false }), [...ENV, 'value'])).toBe(true);
    expect(isSecretPath(pod({ name, value: ['x'] }), [...ENV, 'value', 0])).toBe(true);
    expect(isSecretPath(pod({ name, vaule: 'x' }), [...ENV, 'vaule'])).toBe(true);
    expect(isSecretPath(pod({ name, value: 'x' }), [...ENV, 'name'])).toBe(false);
    expect(isSecretPath(pod({ name, valueFrom: { a: 'x' } }), [...ENV, 'valueFrom'])).toBe(false);
  },
);

test.each<[unknown, Path]>([
  ['PGPASSWORD=x', ['containers', 0, 'env']],
  [['PGPASSWORD=x'], ['containers', 0, 'env', 0]],
  [{ PG: 'x' }, ['containers', 0, 'env', 'PG']],
])('env in a wrong form: %j', (env, path) => {
  expect(isSecretPath({ containers: [{ env }] }, path)).toBe(true);
});

test('a label called env is no environment', () => {
  expect(isSecretPath({ metadata: { labels: { env: 5 } } }, ['metadata', 'labels', 'env'])).toBe(
    false,
  );
});

test.each([
  ['PGPASSWORD', true],
  ['DBPASS', true],
  ['JWT_SIGNING_KEY', true],
  ['jwtSecret', true],
  ['PASSWORD2', true],
  ['AWS_WEB_IDENTITY_TOKEN_FILE', false],
  ['AWS_ACCESS_KEY_ID', false],
  ['TOKEN_EXPIRATION', false],
  ['PARTITION_KEY', false],
])('elsewhere the name tells whether a value is secret: %s %s', (name, expected) => {
  const parameters = { spec: { parameters: [{ name, value: 12345678 }] } };
  expect(isSecretPath(parameters, ['spec', 'parameters', 0, 'value'])).toBe(expected);
  expect(isSecretPath({ data: { [name]: 12345678 } }, ['data', name])).toBe(expected);
  expect(isSecretPath({ data: { [name]: 12345678 } }, ['data'])).toBe(expected);
});

test('a switch is no credential, though its name ends like one', () => {
  for (const value of [true, 'yes', 'false'])
    expect(
      isSecretPath({ automountServiceAccountToken: value }, ['automountServiceAccountToken']),
    ).toBe(false);
});

test('credentials in the command line of a container', () => {
  const container = (args: unknown): object => ({ spec: { containers: [{ args }] } });
  const at: Path = ['spec', 'containers', 0, 'args'];
  expect(isSecretPath(container('run --password=x'), at)).toBe(true);
  expect(isSecretPath(container('run --verbose=x'), at)).toBe(false);
  expect(isSecretPath(container(['--token', 12345678]), [...at, 1])).toBe(true);
  expect(isSecretPath(container(['--token', 12345678]), at)).toBe(true);
  expect(isSecretPath(container(['--port', 12345678]), [...at, 1])).toBe(false);
});

test.each<[object, Path]>([
  [{ stringdata: { a: 5 } }, ['stringdata', 'a']],
  [{ 'data ': { a: 5 } }, ['data ', 'a']],
  [{ pw: 5 }, ['pw']],
  [{ immutable: 'x' }, ['immutable']],
  [{ spec: { stringData: { a: 5 } } }, ['spec', 'stringData', 'a']],
])('a value in a wrong place of a Secret: %j', (fields, path) => {
  for (const kind of ['Secret', 'secret', 'Secrets'])
    expect(isSecretPath({ kind, metadata: { name: 's' }, ...fields }, path)).toBe(true);
});

test('what no value of a Secret is', () => {
  const value = { kind: 'Secret', metadata: { name: 1 }, immutable: true, type: 'x' };
  for (const path of [['metadata', 'name'], ['immutable'], ['type'], ['kind']])
    expect(isSecretPath(value, path)).toBe(false);
});

test('literal values of the template of an ExternalSecret', () => {
  const external = {
    kind: 'ExternalSecret',
    spec: { target: { template: { data: { a: 'hunter2', b: '{{ .b }}' } } } },
  };
  const data: Path = ['spec', 'target', 'template', 'data'];
  expect(isSecretPath(external, [...data, 'a'])).toBe(true);
  expect(isSecretPath(external, data)).toBe(true);
  expect(isSecretPath(external, [...data, 'b'])).toBe(false);
});

test('a URL with a password is secret wherever it stands', () => {
  const value = (url: string): boolean => isSecretPath({ spec: { url } }, ['spec', 'url']);
  expect(value('postgres://app:hunter2@db:5432/app')).toBe(true);
  expect(value('redis://:hunter2@cache')).toBe(true);
  expect(value('https://db:5432/app')).toBe(false);
  expect(value('https://example.com/a:b@c')).toBe(false);
});

test('a path that leads nowhere is not secret', () => {
  expect(isSecretPath({ kind: 'Pod' }, ['spec', 'containers', 3])).toBe(false);
  expect(isSecretPath(null, ['a'])).toBe(false);
});
