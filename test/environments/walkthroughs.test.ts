import { createPrivateKey, X509Certificate } from 'node:crypto';
import { readdirSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { execa } from 'execa';
import { loadAll } from 'js-yaml';
import { describe, expect, it } from 'vitest';
import { ensureTool } from '../../lib/tools/ensure-tool.ts';
import { ROOT, tankard } from '../cli/tankard.ts';

/** A manifest, as far as these tests look into it. */
interface Rendered {
  readonly kind: string;
  readonly metadata: { readonly name: string };
  readonly data?: Readonly<Record<string, string>>;
  readonly spec?: { readonly encryptedData?: Readonly<Record<string, string>> };
}

/** What stands in the expected files for a value of a Secret. */
const DECODED = 'DECODED';
/** What stands there for a value of a SealedSecret, which is another one each time it is sealed. */
const SEALED = 'SEALED';

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
    .map(withoutValues)
    .toSorted((left, right) => (identity(left) < identity(right) ? -1 : 1));
}

function withoutValues(manifest: Rendered): Rendered {
  const { data, spec } = manifest;
  if (data !== undefined) return { ...manifest, data: replaced(data, DECODED) };
  if (spec?.encryptedData === undefined) return manifest;
  return { ...manifest, spec: { ...spec, encryptedData: replaced(spec.encryptedData, SEALED) } };
}

function replaced(map: Readonly<Record<string, string>>, value: string): Record<string, string> {
  return Object.fromEntries(Object.keys(map).map((key) => [key, value]));
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
  it.each(readdirSync(path.join(ROOT, 'environments')))('%s', async (environment) => {
    expect(comparable(await rendered(environment))).toEqual(
      comparable(await expected(environment)),
    );
  });
});

/** What `tk eval -e` gives of an environment, for fields that are not rendered. */
async function evaluated(environment: string, field: string, ...flags: string[]): Promise<unknown> {
  // tk itself does not link vendor/.
  await rendered(environment);
  const { path: tk } = await ensureTool('tk');
  const args = ['eval', `environments/${environment}`, '-e', field, ...flags];
  const { stdout } = await execa(tk, args, { cwd: ROOT });
  return JSON.parse(stdout);
}

/** The pull Secret as it goes into kubeseal, and its one value decoded. */
async function plainPullSecret(): Promise<{ secret: Rendered; dockerConfig: string }> {
  const flags = ['--ext-str', 'password=change-me'];
  const secret = (await evaluated('reflector-pull-secret', 'plain', ...flags)) as Rendered;
  const value = secret.data?.['.dockerconfigjson'] ?? '';
  return { secret, dockerConfig: Buffer.from(value, 'base64').toString('utf8') };
}

describe('the pull secret', () => {
  it('holds what `kubectl create secret docker-registry` writes', async () => {
    const { secret, dockerConfig } = await plainPullSecret();
    expect(comparable([secret])).toEqual([
      {
        apiVersion: 'v1',
        kind: 'Secret',
        metadata: { name: 'image-pull-secret', namespace: 'kube-system' },
        type: 'kubernetes.io/dockerconfigjson',
        data: { '.dockerconfigjson': DECODED },
      },
    ]);
    expect(JSON.parse(dockerConfig)).toEqual({
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

  it('is sealed with a key of 4096 bits, as the controller makes them', async () => {
    const { dockerConfig } = await plainPullSecret();
    const [sealedSecret] = await rendered('reflector-pull-secret');
    const value = sealedSecret?.spec?.encryptedData?.['.dockerconfigjson'] ?? '';
    const bytes = Buffer.from(value, 'base64');
    // The length of the sealed session key, that key, the ciphertext and its tag.
    expect(bytes.readUInt16BE(0)).toBe(512);
    expect(bytes).toHaveLength(2 + 512 + dockerConfig.length + 16);
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
  expect(stdout).toMatch(
    /^\d+ environments, \d+ manifests: 0 errors, 0 warnings(?:, \d+ accepted)?\n$/,
  );
  expect(exitCode).toBe(0);
});
