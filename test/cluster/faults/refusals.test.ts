import { readFile } from 'node:fs/promises';
import { beforeAll, expect, it, vi } from 'vitest';
import { ensureTool } from '../../../lib/tools/ensure-tool.ts';
import { askCluster, askClusterJson } from '../ask-cluster.ts';
import { describeCluster } from '../describe-cluster.ts';
import { listen } from '../listen.ts';
import {
  ALL_RESOURCES,
  expiredKubeconfig,
  userKubeconfig,
  wrongAuthorityKubeconfig,
} from '../users.ts';
import { expectFailure, expectFinished, faultProject } from './fault-project.ts';

beforeAll(() => ensureTool('tk'));

/** Refuses ConfigMaps named `b` in the namespace, in its words. */
function policy(namespace: string) {
  const name = `no-b-in-${namespace}`;
  const apiVersion = 'admissionregistration.k8s.io/v1';
  const rule = { apiGroups: [''], apiVersions: ['v1'], resources: ['configmaps'] };
  return [
    {
      apiVersion,
      kind: 'ValidatingAdmissionPolicy',
      metadata: { name },
      spec: {
        matchConstraints: { resourceRules: [{ ...rule, operations: ['CREATE', 'UPDATE'] }] },
        validations: [{ expression: "object.metadata.name != 'b'", message: 'b is a bad name' }],
      },
    },
    {
      apiVersion,
      kind: 'ValidatingAdmissionPolicyBinding',
      metadata: { name },
      spec: {
        policyName: name,
        validationActions: ['Deny'],
        matchResources: {
          namespaceSelector: { matchLabels: { 'kubernetes.io/metadata.name': namespace } },
        },
      },
    },
  ];
}

describeCluster('apply that an API server refuses', (server) => {
  /** Waits until the server refuses, or takes again, a ConfigMap `b`: it learns of policies a moment later. */
  const whenStatusOfB = (namespace: string, status: number): Promise<void> =>
    vi.waitFor(async () => {
      const answer = await askCluster(server().kubeconfig, {
        method: 'POST',
        path: `/api/v1/namespaces/${namespace}/configmaps?dryRun=All`,
        body: { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'b' } },
      });
      expect(answer.status).toBe(status);
    }, 30_000);
  const makeNamespace = (name: string): Promise<void> =>
    server().applyManifests([{ apiVersion: 'v1', kind: 'Namespace', metadata: { name } }]);

  it('by an admission policy: its words are shown, and the next run does the rest', async () => {
    const project = await faultProject(server(), 'policed');
    await makeNamespace('policed');
    const objects = policy('policed');
    await server().applyManifests(objects);
    await whenStatusOfB('policed', 422);
    expectFailure(await project.apply(), ['b is a bad name', 'policed']);
    const policies = '/apis/admissionregistration.k8s.io/v1/validatingadmissionpolicybindings';
    await askClusterJson(server().kubeconfig, {
      method: 'DELETE',
      path: `${policies}/${objects[1]?.metadata.name}`,
    });
    await whenStatusOfB('policed', 201);
    await expectFinished(project);
  });

  it('by a webhook: its words are shown, and the next run does the rest', async () => {
    const project = await faultProject(server(), 'hooked');
    await makeNamespace('hooked');
    let isRefusing = true;
    const webhook = await listen(server(), (request, response) => {
      const chunks: Buffer[] = [];
      request.on('data', (chunk: Buffer) => void chunks.push(chunk));
      request.on('end', () => {
        const review = JSON.parse(Buffer.concat(chunks).toString('utf8')) as {
          request: { uid: string; name: string };
        };
        const { uid, name } = review.request;
        const allowed = !(isRefusing && name === 'b');
        const answer = { uid, allowed, status: { message: 'the webhook dislikes b' } };
        response.setHeader('Content-Type', 'application/json');
        response.end(JSON.stringify({ ...review, response: answer }));
      });
    });
    try {
      const caBundle = (await readFile(server().certificate)).toString('base64');
      const configuration = {
        apiVersion: 'admissionregistration.k8s.io/v1',
        kind: 'ValidatingWebhookConfiguration',
        metadata: { name: 'hooked' },
        webhooks: [
          {
            name: 'hooked.example.com',
            clientConfig: { url: `${webhook.url}/`, caBundle },
            rules: [
              {
                apiGroups: [''],
                apiVersions: ['v1'],
                resources: ['configmaps'],
                operations: ['CREATE', 'UPDATE'],
              },
            ],
            namespaceSelector: { matchLabels: { 'kubernetes.io/metadata.name': 'hooked' } },
            sideEffects: 'None',
            admissionReviewVersions: ['v1'],
          },
        ],
      };
      await server().applyManifests([configuration]);
      await whenStatusOfB('hooked', 400);
      expectFailure(await project.apply(), ['the webhook dislikes b']);
      isRefusing = false;
      await expectFinished(project);
    } finally {
      await webhook.close();
    }
  });

  it.each([
    [
      'a token that has expired',
      'expired',
      expiredKubeconfig,
      /logged in|Unauthorized|credentials/,
    ],
    ['a wrong authority', 'untrusted', wrongAuthorityKubeconfig, /certificate/],
  ])('for %s: nothing is applied', async (_, name, kubeconfigOf, words) => {
    const project = await faultProject(server(), name);
    expectFailure(await project.apply(await kubeconfigOf(server())), [words]);
    expect(await project.there()).toEqual([]);
    await expectFinished(project);
  });

  it('for want of a right for one kind: it is named, and the next run does the rest', async () => {
    const project = await faultProject(server(), 'forbidden');
    const kubeconfig = await userKubeconfig(server(), {
      name: 'no-deployments',
      rules: [
        { ...ALL_RESOURCES, apiGroups: [''] },
        { ...ALL_RESOURCES, verbs: ['get', 'list'] },
      ],
    });
    expectFailure(await project.apply(kubeconfig), [
      /forbidden/i,
      'deployments',
      'environments/forbidden: 4 objects applied, 1 not: Deployment forbidden/web',
    ]);
    expect(await project.there()).toEqual(['password', 'a', 'b']);
    await expectFinished(project);
  });

  it('into a namespace that is being deleted: it is told, and nothing is written', async () => {
    const project = await faultProject(server(), 'terminating');
    await makeNamespace('terminating');
    const path = '/api/v1/namespaces/terminating';
    await askClusterJson(server().kubeconfig, { method: 'DELETE', path });
    expectFailure(await project.apply(), [/terminat/i]);
    expect(await project.there()).toEqual([]);
  });
});
