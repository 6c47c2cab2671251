import { describe, expect, it, vi } from 'vitest';
import { argoCdFiles, type ArgoCdSettings } from '../../lib/export/argocd.ts';
import { environmentAt, findingsOf, objectsOf } from './gitops-objects.ts';

// The first run on a machine downloads the pinned modules.
vi.setConfig({ testTimeout: 600_000 });

const SETTINGS = { repoURL: 'https://git.example.com/deploy.git', path: 'deploy' };
const PROD = environmentAt('environments/prod', { apiServer: 'https://10.0.0.1:6443' });

function destinations(
  environments: Parameters<typeof argoCdFiles>[0],
  settings: ArgoCdSettings = {},
): unknown[] {
  const files = argoCdFiles(environments, { ...SETTINGS, ...settings });
  return [...objectsOf(files).values()].map(({ spec }) => spec.destination);
}

describe('argoCdFiles', () => {
  it('makes an Application for an environment, which somebody syncs by hand', () => {
    expect([...objectsOf(argoCdFiles([PROD], SETTINGS))]).toEqual([
      [
        'argocd/environments.prod.yaml',
        {
          apiVersion: 'argoproj.io/v1alpha1',
          kind: 'Application',
          metadata: { name: 'environments.prod', namespace: 'argocd' },
          spec: {
            project: 'default',
            source: {
              repoURL: 'https://git.example.com/deploy.git',
              targetRevision: 'HEAD',
              path: 'deploy/environments/prod',
              directory: { recurse: true },
            },
            destination: { server: 'https://10.0.0.1:6443', namespace: 'shop' },
          },
        },
      ],
    ]);
  });

  it('takes every setting', () => {
    const syncPolicy = {
      automated: { prune: true, selfHeal: false },
      syncOptions: ['CreateNamespace=true'],
    };
    const [object] = objectsOf(
      argoCdFiles([PROD], {
        ...SETTINGS,
        targetRevision: 'main',
        project: 'shop',
        namespace: 'gitops',
        syncPolicy,
      }),
    ).values();
    expect(object).toMatchObject({
      metadata: { namespace: 'gitops' },
      spec: { project: 'shop', source: { targetRevision: 'main' }, syncPolicy },
    });
  });

  it.each([
    ['10.0.0.1:6443', 'https://10.0.0.1:6443'],
    ['https://10.0.0.1:6443/', 'https://10.0.0.1:6443'],
    ['http://10.0.0.1', 'http://10.0.0.1'],
  ])('writes the address %s as Argo CD keeps it', (apiServer, server) => {
    expect(destinations([environmentAt('environments/a', { apiServer })])).toEqual([
      { server, namespace: 'shop' },
    ]);
  });

  it('takes the first destination that matches, before spec.apiServer', () => {
    const settings: ArgoCdSettings = {
      destinations: [
        { environments: ['environments/a'], name: 'first' },
        { environments: ['environments/inline#two'], name: 'second' },
        { environments: ['other', 'environments/**'], server: 'https://kubernetes.default.svc' },
      ],
    };
    const inline = { path: 'environments/inline', apiServer: 'https://10.0.0.1' };
    expect(
      destinations(
        [
          environmentAt('environments/a', { apiServer: 'https://10.0.0.1' }),
          environmentAt('environments/inline#one', inline),
          environmentAt('environments/inline#two', inline),
          environmentAt('elsewhere/x', { apiServer: 'https://10.0.0.2' }),
        ],
        settings,
      ),
    ).toEqual([
      { name: 'first', namespace: 'shop' },
      { server: 'https://kubernetes.default.svc', namespace: 'shop' },
      { name: 'second', namespace: 'shop' },
      { server: 'https://10.0.0.2', namespace: 'shop' },
    ]);
  });

  it('names the environments whose cluster it cannot know', () => {
    const unknown = Array.from({ length: 7 }, (_, index) =>
      environmentAt(`environments/e${index}`, { contextNames: ['prod'] }),
    );
    expect(() => argoCdFiles([PROD, ...unknown.slice(0, 2)], SETTINGS)).toThrow(
      expect.objectContaining({
        kind: 'usage',
        message: '--argocd: no cluster is known for environments/e0, environments/e1',
        hint: expect.stringContaining('export.argocd.destinations'),
      }),
    );
    expect(() => argoCdFiles(unknown, SETTINGS)).toThrow(/environments\/e4, 2 more$/);
  });

  it.each([
    [undefined, 'lacks the key export.argocd.repoURL'],
    [{ path: 'deploy' }, 'lacks the key export.argocd.repoURL'],
    [{ repoURL: SETTINGS.repoURL }, 'lacks the key export.argocd.path'],
    [
      { ...SETTINGS, destinations: [{ environments: ['a'], name: 'x', server: 'https://x' }] },
      'export.argocd.destinations[0] must have one of name and server',
    ],
    [
      { ...SETTINGS, destinations: [{ environments: ['a'] }] },
      'export.argocd.destinations[0] must have one of name and server',
    ],
    [{ ...SETTINGS, path: 'a/../..' }, 'export.argocd.path leads out of the source'],
  ])('refuses the settings %j', (settings, message) => {
    expect(() => argoCdFiles([PROD], settings)).toThrow(
      expect.objectContaining({ kind: 'usage', message: expect.stringContaining(message) }),
    );
  });

  it('refuses a password in the URL of the repository without telling it', () => {
    const repoURL = 'https://bot:hunter2@git.example.com/deploy.git';
    const refused = (): unknown => argoCdFiles([PROD], { ...SETTINGS, repoURL });
    expect(refused).toThrow('has a password in it');
    expect(refused).not.toThrow('hunter2');
  });

  it('makes what the CRD of Argo CD allows', async () => {
    const files = argoCdFiles([PROD, environmentAt('environments/Ü', { apiServer: 'x' })], {
      ...SETTINGS,
      syncPolicy: { automated: {}, syncOptions: ['CreateNamespace=true'] },
    });
    const yaml = files.map(({ content }) => content.toString()).join('---\n');
    expect(await findingsOf(yaml, ['argo-cd'])).toEqual([]);
    expect(
      await findingsOf(yaml.replaceAll('recurse: true', 'recurse: 1'), ['argo-cd']),
    ).toHaveLength(2);
  });
});
