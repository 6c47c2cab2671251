import { createPrivateKey, X509Certificate } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { loadAll } from 'js-yaml';
import { describe, expect, it } from 'vitest';
import { tankard } from '../cli/tankard.ts';

/** A manifest, as far as these tests look into it. */
interface Rendered {
  readonly kind: string;
  readonly metadata: { readonly name: string };
  readonly data?: Readonly<Record<string, string>>;
}

/** What stands in the expected files for a value of a Secret. */
const DECODED = 'DECODED';

async function rendered(environment: string): Promise<Rendered[]> {
  const { exitCode, stdout } = await tankard([
    'show',
    `environments/${environment}`,
    '--show-secrets',
  ]);
  expect(exitCode).toBe(0);
  return loadAll(stdout) as Rendered[];
}

async function expected(environment: string): Promise<Rendered[]> {
  const file = path.join(import.meta.dirname, 'expected', `${environment}.yaml`);
  return loadAll(await readFile(file, 'utf8')) as Rendered[];
}

/** Puts the placeholder for each value of a Secret, and sorts, since the order is tk's. */
function comparable(manifests: readonly Rendered[]): Rendered[] {
  return manifests
    .map((manifest) => (manifest.data === undefined ? manifest : withoutValues(manifest)))
    .toSorted((left, right) => (identity(left) < identity(right) ? -1 : 1));
}

function withoutValues(manifest: Rendered): Rendered {
  const keys = Object.keys(manifest.data ?? {});
  return { ...manifest, data: Object.fromEntries(keys.map((key) => [key, DECODED])) };
}

function identity({ kind, metadata }: Rendered): string {
  return `${kind}/${metadata.name}`;
}

/** The decoded value of the one Secret that an environment renders. */
async function secretValue(environment: string, key: string): Promise<string> {
  const secret = (await rendered(environment)).find(({ kind }) => kind === 'Secret');
  return Buffer.from(secret?.data?.[key] ?? '', 'base64').toString('utf8');
}

describe('what an environment renders equals what its walkthrough shows', () => {
  it.each([
    'hello-world',
    'eks-irsa',
    'aks-workload-identity',
    'eks-s3',
    'eks-webhook',
    'gke-workload-identity',
    'kops-pod-identity',
    'reflector-pull-secret',
    'istio-tls',
  ])('%s', async (environment) => {
    expect(comparable(await rendered(environment))).toEqual(
      comparable(await expected(environment)),
    );
  });
});

it('the pull secret holds what `kubectl create secret docker-registry` writes', async () => {
  const config: unknown = JSON.parse(
    await secretValue('reflector-pull-secret', '.dockerconfigjson'),
  );
  expect(config).toEqual({
    auths: {
      'registry.example.com': {
        username: 'pull',
        password: 'change-me',
        email: 'platform@example.com',
        auth: Buffer.from('pull:change-me').toString('base64'),
      },
    },
  });
});

it('the certificate covers the hosts of the gateway, and the key belongs to it', async () => {
  const certificate = new X509Certificate(await secretValue('istio-tls', 'tls.crt'));
  for (const host of ['example.com', 'blog.example.com'])
    expect(certificate.checkHost(host)).toBeDefined();
  expect(certificate.checkHost('example.org')).toBeUndefined();
  const key = createPrivateKey(await secretValue('istio-tls', 'tls.key'));
  expect(certificate.checkPrivateKey(key)).toBe(true);
  // Whoever runs the demo years from now sees no expired certificate.
  expect(Date.parse(certificate.validTo)).toBeGreaterThan(Date.parse('2100-01-01'));
});

it('every environment of the repository is clean', async () => {
  const { exitCode, stdout } = await tankard(['validate']);
  expect(stdout).toMatch(/^\d+ environments, \d+ manifests: 0 errors, 0 warnings\n$/);
  expect(exitCode).toBe(0);
});
