import { expect, test } from 'vitest';
import { looksSecret } from '../../lib/manifest/looks-secret.ts';

test.each([
  'postgres://app:hunter2@db:5432/app',
  'redis://:hunter2@cache',
  'run --password=hunter2',
  'run --db-password hunter2 --verbose',
  'run -token hunter2',
  'PGPASSWORD=hunter2 psql',
  'https://example.com/hook?token=hunter2',
  '{"clientSecret": "hunter2"}',
  'user: app\npassword: hunter2\n',
  'curl -u app:hunter2 https://example.com',
  "curl -H 'Authorization: Bearer hunter2'",
  // The documentation's own examples, of AWS and of RFC 7519.
  'AKIAIOSFODNN7EXAMPLE',
  'id ASIAIOSFODNN7EXAMPLE',
  'eyJ0eXAiOiJKV1QiLA0KICJhbGciOiJIUzI1NiJ9.eyJpc3MiOiJqb2UifQ.dBjftJeZ4CVP',
  '-----BEGIN PRIVATE KEY-----\nMIIE',
  '-----BEGIN RSA PRIVATE KEY-----\nMIIE',
  `ghp_${'a1B2'.repeat(9)}`,
])('looks secret: %s', (text) => {
  expect(looksSecret(text)).toBe(true);
});

test.each([
  '',
  'hunter2',
  'https://db:5432/app',
  'https://example.com/a:b@c',
  'arn:aws:iam::123456789012:role/secret-reader',
  'arn:aws:secretsmanager:eu-west-1:123456789012:secret:db-password',
  'run --password=$(DB_PASSWORD)',
  'run --password ${DB_PASSWORD}',
  'run --token-file=/var/run/token',
  'run --password --verbose',
  'AWS_ACCESS_KEY_ID',
  'sidecar.istio.io/inject',
  'wordpress-.*,pull-secret',
  '-----BEGIN CERTIFICATE-----\nMIIE',
  'Basic authentication',
  'no password',
])('does not look secret: %s', (text) => {
  expect(looksSecret(text)).toBe(false);
});

test('long text is judged at once', () => {
  const start = performance.now();
  for (const part of ['eyJ-', '://a', '-password', 'password ', ' --a', '-----BEGIN A', 'token'])
    looksSecret(part.repeat(200_000 / part.length));
  expect(performance.now() - start).toBeLessThan(2000);
});
