import { setTimeout as sleep } from 'node:timers/promises';
import { beforeAll, expect, it, onTestFinished } from 'vitest';
import { type ClusterConnection, connectCluster } from '../../lib/cluster/cluster-connection.ts';
import type { ResourceId } from '../../lib/finding/finding.ts';
import { secretTexts } from '../../lib/manifest/secret-texts.ts';
import { followRollouts } from '../../lib/rollout/follow-rollouts.ts';
import type { RolloutStatus } from '../../lib/rollout/rollout-status.ts';
import { rolloutReport } from '../../lib/rollout/rollout-text.ts';
import type { Manifest } from './apply-manifests.ts';
import { describeCluster } from './describe-cluster.ts';
import { startKubelet } from './kubelet.ts';
import { crd, custom, deployment, idOf } from './rollout-objects.ts';

const TIMEOUT_MS = 120_000;
/** Long enough for what is sure to come up, on a busy machine. */
const PATIENCE_MS = 60_000;
const POLL_MS = 200;

function shown({ state, message }: RolloutStatus): string {
  return `${state}: ${message}`;
}

describeCluster(
  'rollouts in a cluster',
  (server) => {
    let connection: ClusterConnection;
    beforeAll(async () => {
      connection = await connectCluster({ kubeconfig: server().kubeconfig });
    });

    async function apply(...objects: readonly Manifest[]): Promise<readonly ResourceId[]> {
      await server().applyManifests(objects);
      return objects.map(idOf);
    }

    /** The first object of a collection for which something holds, once there is one. */
    async function first(
      path: string,
      query: Readonly<Record<string, string>>,
      holds: (object: Manifest & { status?: unknown }) => boolean = () => true,
    ): Promise<Manifest> {
      const end = Date.now() + PATIENCE_MS;
      while (Date.now() < end) {
        const { body } = await connection.request({ path, query });
        const { items } = JSON.parse(body) as { items: Manifest[] };
        const found = items.find((object) => holds(object));
        if (found !== undefined) return found;
        await sleep(POLL_MS);
      }
      throw new Error(`nothing in ${path}`);
    }

    /** The first Pod of an app, once the controllers have made it. */
    async function podOf(app: string): Promise<Manifest> {
      const path = '/api/v1/namespaces/default/pods';
      const pod = await first(path, { labelSelector: `app=${app}` });
      // Lists leave out the kinds of their items.
      return { ...pod, apiVersion: 'v1', kind: 'Pod' };
    }

    it(
      'waits for a Deployment until its Pods are ready',
      async () => {
        const resources = await apply(deployment('comes-up'));
        const seen: string[] = [];
        const following = followRollouts({
          connection,
          resources,
          timeoutMs: PATIENCE_MS,
          onChange: ([status]) => seen.push(status === undefined ? '' : shown(status)),
        });
        await server().writeStatus(await podOf('comes-up'), {
          phase: 'Running',
          conditions: [{ type: 'Ready', status: 'True' }],
        });
        expect((await following).map(shown)).toEqual(['ready: 1 replica is available']);
        expect(seen.at(-1)).toBe('ready: 1 replica is available');
        expect(seen[0]).toMatch(/^progressing: /);
      },
      TIMEOUT_MS,
    );

    it(
      'says why a Deployment is not up when the time is over',
      async () => {
        const resources = await apply(deployment('unschedulable'));
        await server().writeStatus(await podOf('unschedulable'), {
          phase: 'Pending',
          conditions: [
            {
              type: 'PodScheduled',
              status: 'False',
              reason: 'Unschedulable',
              message: '0/3 nodes are available: 3 Insufficient memory.',
            },
          ],
        });
        const [status] = await followRollouts({ connection, resources, timeoutMs: 3_000 });
        expect(status).toMatchObject({
          state: 'progressing',
          message: '0 of 1 replicas are available',
        });
        expect(status?.causes.join('\n')).toMatch(
          /^Available is False: MinimumReplicasUnavailable: .*\nPod unschedulable-\S+: Unschedulable: 0\/3 nodes/,
        );
      },
      TIMEOUT_MS,
    );

    it(
      'says that Pods cannot be created, from an event of the ReplicaSet',
      async () => {
        const quota = {
          apiVersion: 'v1',
          kind: 'ResourceQuota',
          metadata: { name: 'none', namespace: 'full' },
          spec: { hard: { pods: '0' } },
        };
        const full = { apiVersion: 'v1', kind: 'Namespace', metadata: { name: 'full' } };
        await server().applyManifests([full, quota]);
        const web = deployment('web');
        const within = { ...web, metadata: { ...web.metadata, namespace: 'full' } };
        const resources = await apply(within);
        await first('/apis/apps/v1/namespaces/full/deployments', {}, ({ status }) =>
          JSON.stringify(status).includes('ReplicaFailure'),
        );
        const [status] = await followRollouts({ connection, resources, timeoutMs: 2_000 });
        expect(status?.state).toBe('progressing');
        expect(status?.message).toMatch(/^FailedCreate: pods "web-\S+" is forbidden: /);
        expect(status?.causes.join('\n')).toMatch(/^event FailedCreate: Error creating: pods /m);
      },
      TIMEOUT_MS,
    );

    it(
      'shows the last lines of a container that crashes, without secrets',
      async () => {
        const kubelet = await startKubelet(server(), 'rollout-node');
        onTestFinished(() => kubelet.close());
        const resources = await apply(deployment('crashes', kubelet.node));
        const pod = await podOf('crashes');
        const log = Array.from({ length: 30 }, (_, index) => `line ${index}\n`).join('');
        kubelet.setLog(
          { namespace: 'default', name: pod.metadata.name },
          'app',
          `${log}\u001b[31mno login with hunter22\u001b[0m\n`,
        );
        await server().writeStatus(pod, {
          phase: 'Running',
          conditions: [{ type: 'Ready', status: 'False', reason: 'ContainersNotReady' }],
          containerStatuses: [
            {
              name: 'app',
              image: 'registry.example.com/app:1',
              imageID: '',
              ready: false,
              restartCount: 3,
              state: { waiting: { reason: 'CrashLoopBackOff', message: 'back-off 40s' } },
              lastState: { terminated: { exitCode: 2, reason: 'Error' } },
            },
          ],
        });
        const secret = { apiVersion: 'v1', kind: 'Secret', stringData: { password: 'hunter22' } };
        const statuses = await followRollouts({
          connection,
          resources,
          timeoutMs: 3_000,
          secrets: secretTexts([secret]),
        });
        const report = rolloutReport(statuses, { elapsedMs: 3_000 });
        expect(report).toContain(
          'container app: CrashLoopBackOff: back-off 40s; ended with exit code 2; restarted 3 times\n' +
            '           | line 21\n',
        );
        expect(report).toContain('| line 29\n           | no login with ***\n');
        expect(report).toContain('0 of 1 object up after 3 s: 1 not ready yet\n');
      },
      TIMEOUT_MS,
    );

    it(
      'ends when a Job has failed, with how its Pod ended',
      async () => {
        const job = {
          apiVersion: 'batch/v1',
          kind: 'Job',
          metadata: { name: 'migrate', namespace: 'default' },
          spec: {
            backoffLimit: 0,
            template: {
              metadata: { labels: { app: 'migrate' } },
              spec: { containers: [{ name: 'app', image: 'x' }], restartPolicy: 'Never' },
            },
          },
        };
        const resources = await apply(job);
        const following = followRollouts({ connection, resources, timeoutMs: PATIENCE_MS });
        await server().writeStatus(await podOf('migrate'), {
          phase: 'Failed',
          containerStatuses: [
            {
              name: 'app',
              image: 'x',
              imageID: '',
              ready: false,
              restartCount: 0,
              state: { terminated: { exitCode: 3, reason: 'Error' } },
            },
          ],
        });
        const [status] = await following;
        expect(status).toMatchObject({
          state: 'failed',
          message: 'BackoffLimitExceeded: Job has reached the specified backoff limit',
        });
        expect(status?.causes.join('\n')).toMatch(
          /^Pod migrate-\S+: container app: ended with exit code 3$/m,
        );
      },
      TIMEOUT_MS,
    );

    it(
      'follows custom resources by what their controllers report',
      async () => {
        const certificate = custom('cert-manager.io/v1', 'Certificate');
        const sealed = custom('bitnami.com/v1alpha1', 'SealedSecret');
        const release = custom('helm.toolkit.fluxcd.io/v2', 'HelmRelease');
        const gateway = custom('gateway.networking.k8s.io/v1', 'Gateway');
        const definitions = [
          crd('cert-manager.io', 'v1', 'Certificate'),
          crd('bitnami.com', 'v1alpha1', 'SealedSecret'),
          crd('helm.toolkit.fluxcd.io', 'v2', 'HelmRelease'),
          crd('gateway.networking.k8s.io', 'v1', 'Gateway'),
        ];
        const all = await apply(...definitions, certificate, sealed, release, gateway);
        const resources = all.slice(definitions.length);
        const unreported = 'progressing: its controller has not reported anything yet';
        const before = await followRollouts({ connection, resources, timeoutMs: 2_000 });
        expect(before.map(shown)).toEqual([unreported, unreported, unreported, unreported]);

        const condition = (type: string, status: string, message: string): object => ({
          type,
          status,
          reason: 'Tested',
          message,
          observedGeneration: 1,
        });
        const following = followRollouts({ connection, resources: all, timeoutMs: PATIENCE_MS });
        await server().writeStatus(certificate, {
          conditions: [condition('Ready', 'True', 'up to date')],
        });
        await server().writeStatus(gateway, {
          conditions: [condition('Accepted', 'True', ''), condition('Programmed', 'True', '')],
        });
        await server().writeStatus(sealed, {
          observedGeneration: 1,
          conditions: [condition('Synced', 'False', 'no key could decrypt secret')],
        });
        await server().writeStatus(release, {
          observedGeneration: 1,
          conditions: [
            condition('Ready', 'False', 'install failed'),
            condition('Stalled', 'True', 'retries exhausted'),
          ],
        });
        expect((await following).map(shown)).toEqual([
          ...definitions.map(() => 'ready: served'),
          'ready: issued',
          'failed: Tested: no key could decrypt secret',
          'failed: Tested: retries exhausted',
          'ready: accepted and programmed',
        ]);

        // What is changed is waited for again.
        await apply({ ...certificate, spec: { secretName: 'other' } } as Manifest);
        const [changed] = await followRollouts({
          connection,
          resources: [idOf(certificate)],
          timeoutMs: 1_000,
        });
        expect(changed && shown(changed)).toBe(
          'progressing: its controller has not seen the change yet',
        );
      },
      TIMEOUT_MS,
    );

    it(
      'waits for a claim only when something uses it, where its class says so',
      async () => {
        const storageClass = (name: string, volumeBindingMode: string): Manifest =>
          ({
            apiVersion: 'storage.k8s.io/v1',
            kind: 'StorageClass',
            metadata: { name },
            provisioner: 'example.com/none',
            volumeBindingMode,
          }) as Manifest;
        const claim = (storageClassName: string): Manifest =>
          ({
            apiVersion: 'v1',
            kind: 'PersistentVolumeClaim',
            metadata: { name: storageClassName, namespace: 'default' },
            spec: {
              storageClassName,
              accessModes: ['ReadWriteOnce'],
              resources: { requests: { storage: '1Gi' } },
            },
          }) as Manifest;
        await apply(
          storageClass('late', 'WaitForFirstConsumer'),
          storageClass('soon', 'Immediate'),
        );
        const resources = await apply(claim('late'), claim('soon'));
        await first('/api/v1/namespaces/default/events', {
          fieldSelector: 'involvedObject.name=soon',
        });
        const statuses = await followRollouts({ connection, resources, timeoutMs: 2_000 });
        expect(statuses.map(shown)).toEqual([
          'ready: is bound when the first Pod uses it',
          'progressing: not bound (Pending)',
        ]);
        expect(statuses[1]?.causes.join('\n')).toMatch(/^event ExternalProvisioning: /);
      },
      TIMEOUT_MS,
    );

    it(
      'goes on when the API server crashes and comes back',
      async () => {
        const widget = custom('example.com/v1', 'Widget');
        const [, id] = await apply(crd('example.com', 'v1', 'Widget'), widget);
        await server().writeStatus(widget, { conditions: [{ type: 'Ready', status: 'False' }] });
        const seen: string[] = [];
        let isSeen = (): void => undefined;
        const fault = new Promise<void>((resolve) => {
          isSeen = resolve;
        });
        const following = followRollouts({
          connection,
          resources: id === undefined ? [] : [id],
          timeoutMs: PATIENCE_MS,
          onChange: ([status]) => {
            if (status === undefined) return;
            seen.push(shown(status));
            if (status.message.startsWith('cannot reach the cluster')) isSeen();
          },
        });
        await server().kill();
        await fault;
        await server().restart();
        await server().writeStatus(widget, { conditions: [{ type: 'Ready', status: 'True' }] });
        expect((await following).map(shown)).toEqual(['ready: ready']);
        expect(seen[0]).toMatch(/^progressing: /);
      },
      TIMEOUT_MS,
    );
  },
  { controllers: true },
);
