import type { Variant } from '../variant.ts';

const mixins: Variant = {
  name: 'eksPodIdentity, mixins',
  files: {
    'main.jsonnet': `local tankard = import 'tankard/main.libsonnet';
local podIdentity = tankard.eksPodIdentity;

local cluster = 'k8s-main';
local namespace = 'external-secrets';
local name = 'aws-secretsmanager';

{
  serviceAccount: podIdentity.serviceAccount.new(name, namespace),
  smokeTest: tankard.irsa.smokeTestPod.new('awscli', namespace, name),

  // For the roles, which are not made in this cluster.
  trustPolicies: {
    apiVersion: 'v1',
    kind: 'ConfigMap',
    metadata: { name: 'trust-policies', namespace: namespace },
    data: {
      one: std.manifestJsonEx(podIdentity.trustPolicy.new(cluster, namespace, name), '  '),
      all: std.manifestJsonEx(podIdentity.trustPolicy.allOfAccount('054000737513'), '  '),
    },
  },

  deployment: {
    apiVersion: 'apps/v1',
    kind: 'Deployment',
    metadata: { name: 'controller', namespace: namespace },
    spec: {
      selector: { matchLabels: { app: 'controller' } },
      template: {
        metadata: { labels: { app: 'controller' } },
        spec: {
          serviceAccountName: name,
          containers: [
            { name: 'controller', image: 'registry.example.com/controller:1' },
            { name: 'proxy', image: 'registry.example.com/proxy:1' },
          ],
        },
      } + tankard.irsa.pod.withSkipContainers(['proxy']),
    },
  },

  association:
    podIdentity.association.new(
      name, namespace, cluster, name, 'arn:aws:iam::054000737513:role/ExternalSecrets'
    )
    + podIdentity.association.withTags({ team: 'platform' }),
}
`,
  },
  mistakes: {
    'misspelt function': [
      { from: 'trustPolicy.new', to: 'trustPolicies.new', finds: 'jsonnet/evaluation' },
      { from: 'allOfAccount', to: 'allInAccount', finds: 'jsonnet/evaluation' },
    ],
    'misspelt field': [
      {
        from: 'serviceAccountName: name',
        to: 'serviceAccountname: name',
        finds: 'schema/unknown-field',
      },
    ],
    'wrong type': [
      { from: `'054000737513')`, to: '54000737513)', finds: 'jsonnet/assert' },
      { from: `{ team: 'platform' }`, to: `['platform']`, finds: 'jsonnet/assert' },
    ],
    'malformed ARN, GSA or UUID': [
      { from: `'054000737513')`, to: `'5400073751')`, finds: 'jsonnet/assert' },
      {
        from: 'arn:aws:iam::054000737513:role/ExternalSecrets',
        to: 'ExternalSecrets',
        finds: 'jsonnet/assert',
      },
      {
        from: ':role/ExternalSecrets',
        to: ':assumed-role/ExternalSecrets/session',
        finds: 'jsonnet/assert',
      },
    ],
    'malformed value': [
      {
        from: `local cluster = 'k8s-main'`,
        to: `local cluster = 'arn:aws:eks:eu-central-1:054000737513:cluster/k8s-main'`,
        finds: 'jsonnet/assert',
      },
    ],
    'glob for a pattern': [
      {
        from: 'trustPolicy.new(cluster, namespace, name)',
        to: `trustPolicy.new(cluster, 'external-*', name)`,
        finds: 'jsonnet/assert',
      },
    ],
    'missing field': [
      {
        from: 'trustPolicy.new(cluster, namespace, name)',
        to: 'trustPolicy.new(cluster, namespace)',
        finds: 'jsonnet/evaluation',
      },
    ],
    'right thing in the wrong place': [
      {
        from: 'podIdentity.serviceAccount.new(name, namespace)',
        to: `podIdentity.serviceAccount.new(name, namespace) + tankard.irsa.pod.withSkipContainers(['proxy'])`,
        finds: 'annotation/misplaced',
      },
    ],
    'said twice': [
      {
        from: 'podIdentity.serviceAccount.new(name, namespace)',
        to: `tankard.irsa.serviceAccount.new(name, namespace, 'arn:aws:iam::054000737513:role/ExternalSecrets')`,
        finds: 'identity/irsa-and-pod-identity',
      },
    ],
    'wrong namespace': [
      {
        from: 'name, namespace, cluster, name,',
        to: `name, 'default', cluster, name,`,
        finds: 'identity/association-unmatched',
      },
    ],
    'one half missing': [
      {
        from: 'name, namespace, cluster, name,',
        to: `name, namespace, cluster, 'aws-secretmanager',`,
        finds: 'identity/association-unmatched',
      },
    ],
  },
};

/** eksPodIdentity. */
export const EKS_POD_IDENTITY: readonly Variant[] = [mixins];
