import fc from 'fast-check';
import { describe, expect, it, vi } from 'vitest';
import { fluxFiles, type FluxSettings } from '../../lib/export/flux.ts';
import { objectName } from '../../lib/export/gitops-environment.ts';
import { environmentAt, findingsOf, objectsOf } from './gitops-objects.ts';

// The first run on a machine downloads the pinned modules.
vi.setConfig({ testTimeout: 600_000 });

const PROD = environmentAt('environments/prod', { apiServer: 'https://10.0.0.1:6443' });

describe('fluxFiles', () => {
  it('makes a Kustomization for an environment, with what Flux recommends where nothing is set', () => {
    expect([...objectsOf(fluxFiles([PROD], { path: 'deploy' }))]).toEqual([
      [
        'flux/10.0.0.1_6443/environments.prod.yaml',
        {
          apiVersion: 'kustomize.toolkit.fluxcd.io/v1',
          kind: 'Kustomization',
          metadata: { name: 'environments.prod', namespace: 'flux-system' },
          spec: {
            interval: '1h',
            retryInterval: '2m',
            timeout: '3m',
            path: './deploy/environments/prod',
            prune: true,
            wait: true,
            sourceRef: { kind: 'GitRepository', name: 'flux-system' },
          },
        },
      ],
    ]);
  });

  it('takes every setting', () => {
    const settings: FluxSettings = {
      path: '.',
      source: { kind: 'OCIRepository', name: 'shop', namespace: 'sources' },
      namespace: 'gitops',
      interval: '10m',
      retryInterval: '1m',
      timeout: '9m',
      prune: false,
      wait: false,
    };
    const [object] = objectsOf(fluxFiles([PROD], settings)).values();
    expect(object).toMatchObject({
      metadata: { namespace: 'gitops' },
      spec: {
        path: './environments/prod',
        sourceRef: settings.source,
        interval: '10m',
        retryInterval: '1m',
        timeout: '9m',
        prune: false,
        wait: false,
      },
    });
  });

  it('keeps what is for one cluster apart from what is for another', () => {
    const folders = (servers: Parameters<typeof environmentAt>[1][]): string[] =>
      fluxFiles(
        servers.map((more, index) => environmentAt(`environments/e${index}`, more)),
        { path: '.' },
      ).map(({ path }) => path.split('/')[1] ?? '');
    expect(
      folders([
        { apiServer: 'https://10.0.0.1:6443' },
        { apiServer: '10.0.0.1:6443/' },
        { apiServer: 'https://api.example.com' },
        { contextNames: ['prod'] },
        {},
      ]),
    ).toEqual(['10.0.0.1_6443', '10.0.0.1_6443', 'api.example.com', 'prod', 'any-cluster']);
    // What is not plain keeps apart by a hash: one host with several clusters behind it, contexts that are patterns.
    const hashed = folders([
      { apiServer: 'https://rancher.example.com/k8s/clusters/c-1' },
      { apiServer: 'https://rancher.example.com/k8s/clusters/c_1' },
      { contextNames: ['prod', 'stage'] },
      { contextNames: ['prod stage.*'] },
    ]);
    expect(new Set(hashed).size).toBe(4);
    expect(hashed[0]).toMatch(/^rancher\.example\.com\.k8s\.clusters\.c-1-[0-9a-f]{10}$/);
  });

  it.each([
    [undefined, 'lacks the key export.flux.path'],
    [{}, 'lacks the key export.flux.path'],
    [{ path: '../deploy' }, 'export.flux.path leads out of the source: ../deploy'],
    [{ path: '/deploy' }, 'export.flux.path leads out of the source: /deploy'],
  ])('refuses the settings %j', (settings, message) => {
    expect(() => fluxFiles([PROD], settings)).toThrow(
      expect.objectContaining({ kind: 'usage', message: expect.stringContaining(message) }),
    );
  });

  it('refuses an environment whose objects are where the Kustomizations go', () => {
    expect(() => fluxFiles([environmentAt('flux/prod')], { path: '.' })).toThrow(
      'the objects of flux/prod are exported to the folder flux/prod',
    );
  });

  it('makes what the CRD of Flux allows', async () => {
    const settings = { path: 'deploy', source: { kind: 'Bucket', namespace: 'sources' } };
    const files = [
      ...fluxFiles([PROD], { path: '.' }),
      ...fluxFiles([environmentAt('environments/Übung#eins')], settings),
    ];
    expect(
      await findingsOf(files.map(({ content }) => content.toString()).join('---\n'), ['flux']),
    ).toEqual([]);
    const wrong = fluxFiles([PROD], { path: '.', interval: 'often' });
    expect(await findingsOf(wrong[0]?.content.toString() ?? '', ['flux'])).toHaveLength(1);
  });
});

describe('objectName', () => {
  it.each([
    ['environments/prod', 'environments.prod'],
    ['environments/prod-eu/shop', 'environments.prod-eu.shop'],
    ['environments/prod/eu-shop', 'environments.prod.eu-shop'],
  ])('of %s is %s', (id, name) => {
    expect(objectName(id)).toBe(name);
  });

  it.each([
    ['environments/inline#prod', /^environments\.inline-prod-[0-9a-f]{10}$/],
    ['environments/Prod', /^environments\.prod-[0-9a-f]{10}$/],
    ['environments/prod.eu', /^environments\.prod\.eu-[0-9a-f]{10}$/],
    ['environments/-', /^environments-[0-9a-f]{10}$/],
    ['.', /^[0-9a-f]{10}$/],
    [`environments/${'x'.repeat(60)}`, /^environments\.x+-[0-9a-f]{10}$/],
  ])('of %s has a hash', (id, name) => {
    expect(objectName(id)).toMatch(name);
  });

  it('is a DNS-1123 subdomain that fits into a label, and different for each environment', () => {
    const segment = fc.oneof(
      fc.string(),
      fc.constantFrom('prod', 'Prod', 'prod-eu', 'a.b', '-', 'x'.repeat(70)),
    );
    const id = fc.array(segment, { minLength: 1, maxLength: 4 }).map((parts) => parts.join('/'));
    fc.assert(
      fc.property(fc.uniqueArray(id, { maxLength: 20 }), (all) => {
        const names = all.map(objectName);
        expect(new Set(names).size).toBe(all.length);
        for (const name of names) {
          expect(name.length).toBeLessThanOrEqual(63);
          expect(name).toMatch(/^[a-z0-9]([-a-z0-9]*[a-z0-9])?(\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*$/);
        }
      }),
    );
  });
});
