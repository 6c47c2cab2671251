import { mkdtemp } from 'node:fs/promises';
import path from 'node:path';
import { load } from 'js-yaml';
import { beforeAll, expect, it } from 'vitest';
import { connectCluster, type ClusterAnswer } from '../../lib/cluster/cluster-connection.ts';
import { argoCdFiles } from '../../lib/export/argocd.ts';
import { fluxFiles } from '../../lib/export/flux.ts';
import { exportJob, type ExportJob } from '../../lib/export/job.ts';
import { downloadModule } from '../../lib/sources/go-module.ts';
import { readModuleLock } from '../../lib/sources/module-lock.ts';
import { readZip } from '../../lib/sources/zip-file.ts';
import { environmentAt } from '../export/gitops-objects.ts';
import { describeCluster } from './describe-cluster.ts';

const ENVIRONMENTS = [
  environmentAt('environments/prod', { apiServer: 'https://10.0.0.1:6443' }),
  environmentAt('environments/Übung#eins', { apiServer: '10.0.0.2' }),
  environmentAt(`environments/${'long-'.repeat(20)}`, { apiServer: '10.0.0.2' }),
];

const JOB: ExportJob = {
  image: 'registry.example.com/shop:1',
  shards: 11,
  claim: 'exports',
  workdir: '/project',
  name: 'x'.repeat(60),
  namespace: 'restricted',
  user: 1000,
  args: ['--flux', 'environments/prod'],
};

const RESTRICTED = `
apiVersion: v1
kind: Namespace
metadata:
  name: restricted
  labels: { pod-security.kubernetes.io/enforce: restricted }
`;

/**
 * A CRD of a module that the lock pins.
 *
 * @param folder for what is needed meanwhile.
 */
async function pinnedCrd(folder: string, module: string, file: string): Promise<string> {
  const locked = readModuleLock().modules.find((one) => one.module === module);
  const version = locked?.version ?? '';
  const workDirectory = await mkdtemp(path.join(folder, 'module-'));
  const { zip } = await downloadModule(module, version, { workDirectory });
  const name = `${module}@${version}/${file}`;
  const bytes = readZip(zip, (entry) => entry === name).get(name);
  return bytes?.toString() ?? '';
}

describeCluster('what is made for GitOps', (server) => {
  beforeAll(async () => {
    const folder = server().directory;
    const crds = [
      await pinnedCrd(
        folder,
        'github.com/fluxcd/kustomize-controller',
        'config/crd/bases/kustomize.toolkit.fluxcd.io_kustomizations.yaml',
      ),
      await pinnedCrd(
        folder,
        'github.com/argoproj/argo-cd/v3',
        'manifests/crds/application-crd.yaml',
      ),
    ];
    // A file may begin with ---: each by itself, so that none is empty.
    for (const yaml of [RESTRICTED, ...crds]) await server().applyManifests(yaml);
  }, 600_000);

  /** What the server would say; it keeps nothing. */
  const dryRun = async (place: string, object: object): Promise<ClusterAnswer> => {
    const connection = await connectCluster({ kubeconfig: server().kubeconfig });
    return connection.request({
      method: 'PATCH',
      path: place,
      query: { dryRun: 'All', fieldManager: 'test', fieldValidation: 'Strict', force: 'true' },
      contentType: 'application/apply-patch+yaml',
      body: JSON.stringify(object),
    });
  };
  const create = (collection: string, yaml: string): Promise<ClusterAnswer> => {
    const object = load(yaml) as { metadata: { name: string } };
    return dryRun(`${collection}/${object.metadata.name}`, object);
  };

  it('takes the Kustomizations of Flux', async () => {
    for (const { content } of fluxFiles(ENVIRONMENTS, { path: 'deploy', namespace: 'default' }))
      expect(
        await create(
          '/apis/kustomize.toolkit.fluxcd.io/v1/namespaces/default/kustomizations',
          content.toString(),
        ),
      ).toMatchObject({ status: 201 });
  });

  it('takes the Applications of Argo CD', async () => {
    const files = argoCdFiles(ENVIRONMENTS, {
      repoURL: 'https://git.example.com/deploy.git',
      path: 'deploy',
      namespace: 'default',
      syncPolicy: { automated: { prune: true }, syncOptions: ['CreateNamespace=true'] },
    });
    for (const { content } of files)
      expect(
        await create(
          '/apis/argoproj.io/v1alpha1/namespaces/default/applications',
          content.toString(),
        ),
      ).toMatchObject({ status: 201 });
  });

  it('refuses what is wrong in them, so that the two tests above mean something', async () => {
    const [kustomization] = fluxFiles(ENVIRONMENTS, { path: '.', namespace: 'default' });
    const wrong = (kustomization?.content.toString() ?? '').replace('1h', 'often');
    const kustomizations = '/apis/kustomize.toolkit.fluxcd.io/v1/namespaces/default/kustomizations';
    expect(await create(kustomizations, wrong)).toMatchObject({ status: 422 });
  });

  it('takes the Job, with the longest name that it can have', async () => {
    const jobs = '/apis/batch/v1/namespaces/restricted/jobs';
    expect(await create(jobs, exportJob(JOB))).toMatchObject({ status: 201 });
    // One character more, and no Pod of it could be made.
    const longer = exportJob(JOB).replace(JOB.name, `${JOB.name}x`);
    expect(await create(jobs, longer)).toMatchObject({ status: 422 });
  });

  it('takes its Pods where the Pod Security Standard "restricted" is enforced', async () => {
    const job = load(exportJob(JOB)) as { spec: { template: { spec: Record<string, unknown> } } };
    const pod = (spec: object): Promise<ClusterAnswer> =>
      dryRun('/api/v1/namespaces/restricted/pods/export', {
        apiVersion: 'v1',
        kind: 'Pod',
        metadata: { name: 'export' },
        spec,
      });
    const { spec } = job.spec.template;
    expect(await pod(spec)).toMatchObject({ status: 201 });
    const { securityContext: _, ...without } = spec;
    expect(await pod(without)).toMatchObject({ status: 403 });
  });
});
