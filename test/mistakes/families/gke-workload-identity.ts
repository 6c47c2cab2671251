import { VARIABLE } from '../reasons.ts';
import type { Variant } from '../variant.ts';

const manifests: Variant = {
  name: 'gkeWorkloadIdentity, raw manifests',
  files: {
    'main.jsonnet': `local project = 'my-project';

local serviceAccount(name, annotations) = {
  apiVersion: 'v1',
  kind: 'ServiceAccount',
  metadata: { name: name, namespace: 'wordpress', annotations: annotations },
};

{
  serviceAccount: serviceAccount('wordpress', {
    'iam.gke.io/gcp-service-account': 'wordpress-blog@my-project.iam.gserviceaccount.com',
    'iam.gke.io/credential-quota-project': project,
  }),
  kafka: serviceAccount('kafka', { 'iam.gke.io/return-principal-id-as-email': 'true' }),
  pod: {
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: { name: 'wordpress', namespace: 'wordpress' },
    spec: {
      serviceAccountName: 'wordpress',
      nodeSelector: { 'iam.gke.io/gke-metadata-server-enabled': 'true' },
      containers: [{ name: 'wordpress', image: 'wordpress:6' }],
    },
  },
}
`,
  },
  mistakes: {
    'misspelt annotation or label key': [
      { from: 'gcp-service-account', to: 'gcp-serviceaccount', finds: 'annotation/unknown-key' },
      {
        from: 'iam.gke.io/gcp-service-account',
        to: 'iam.gke.com/gcp-service-account',
        finds: 'annotation/unknown-key',
      },
      {
        from: 'return-principal-id-as-email',
        to: 'return-principal-as-email',
        finds: 'annotation/unknown-key',
      },
      {
        from: 'gke-metadata-server-enabled',
        to: 'gke-metadata-server',
        finds: 'identity/gke-node-selector',
      },
    ],
    'malformed ARN, GSA or UUID': [
      { from: '@my-project.iam', to: '@my-project', finds: 'annotation/wrong-value' },
      { from: 'wordpress-blog@', to: 'wp@', finds: 'annotation/wrong-value' },
      { from: 'wordpress-blog@', to: 'wordpress_blog@', finds: 'annotation/wrong-value' },
      {
        from: `'wordpress-blog@`,
        to: `'serviceAccount:wordpress-blog@`,
        finds: 'annotation/wrong-value',
      },
    ],
    'boolean for "true"': [
      {
        from: `'iam.gke.io/return-principal-id-as-email': 'true'`,
        to: `'iam.gke.io/return-principal-id-as-email': true`,
        finds: 'environment/not-a-manifest',
      },
      {
        from: `'iam.gke.io/gke-metadata-server-enabled': 'true'`,
        to: `'iam.gke.io/gke-metadata-server-enabled': true`,
        finds: 'schema/wrong-type',
      },
    ],
    'malformed value': [
      { from: `'my-project'`, to: `'My Project'`, finds: 'annotation/wrong-value' },
    ],
    'wrong type': [
      {
        from: `'my-project'`,
        to: '123456789012',
        finds: 'environment/not-a-manifest',
      },
    ],
    'right thing in the wrong place': [
      {
        from: `metadata: { name: 'wordpress', namespace: 'wordpress' }`,
        to: `metadata: { name: 'wordpress', namespace: 'wordpress', annotations: { 'iam.gke.io/gcp-service-account': 'wordpress-blog@my-project.iam.gserviceaccount.com' } }`,
        finds: 'annotation/misplaced',
      },
      {
        from: `      serviceAccountName: 'wordpress',`,
        to: `      serviceAccount: { name: 'wordpress' },`,
        finds: 'schema/wrong-type',
      },
    ],
    'missing field': [
      {
        from: `{ name: 'wordpress', image: 'wordpress:6' }`,
        to: `{ image: 'wordpress:6' }`,
        finds: 'schema/missing-field',
      },
    ],
  },
};

const mixins: Variant = {
  name: 'gkeWorkloadIdentity, mixins',
  files: {
    'main.jsonnet': `local tankard = import 'tankard/main.libsonnet';
local gke = tankard.gkeWorkloadIdentity;

local project = { id: 'my-project', number: '123456789012' };

{
  serviceAccount: gke.serviceAccount.impersonating(
    'wordpress',
    'wordpress',
    'wordpress-blog@my-project.iam.gserviceaccount.com',
  ),
  backup: gke.serviceAccount.direct('backup', 'wordpress')
          + gke.serviceAccount.withReturnPrincipalIdAsEmail(true),
  members: {
    apiVersion: 'v1',
    kind: 'ConfigMap',
    metadata: { name: 'iam-members', namespace: 'wordpress' },
    data: {
      wordpress: gke.member.impersonation(project.id, 'wordpress', 'wordpress'),
      backup: gke.member.serviceAccount(project.number, project.id, 'wordpress', 'backup'),
      cluster: gke.member.allOfCluster(project.number, project.id, 'europe-west1', 'main'),
    },
  },
  deployment: {
    apiVersion: 'apps/v1',
    kind: 'Deployment',
    metadata: { name: 'wordpress', namespace: 'wordpress' },
    spec: {
      selector: { matchLabels: { app: 'wordpress' } },
      template: {
        metadata: { labels: { app: 'wordpress' } },
        spec: {
          serviceAccountName: 'wordpress',
          containers: [{ name: 'wordpress', image: 'wordpress:6' }],
        },
      } + gke.pod.withMetadataServer(),
    },
  },
}
`,
  },
  mistakes: {
    'misspelt function': [
      { from: '.impersonating(', to: '.impersonate(', finds: 'jsonnet/evaluation' },
      { from: 'withMetadataServer()', to: 'withMetaDataServer()', finds: 'jsonnet/evaluation' },
    ],
    'malformed ARN, GSA or UUID': [
      {
        from: 'wordpress-blog@my-project.iam.gserviceaccount.com',
        to: 'wordpress-blog',
        finds: 'jsonnet/assert',
      },
      {
        from: 'my-project.iam.gserviceaccount.com',
        to: 'my-project.svc.id.goog',
        finds: 'jsonnet/assert',
      },
    ],
    'boolean for "true"': [
      { from: 'AsEmail(true)', to: `AsEmail('true')`, finds: 'jsonnet/assert' },
    ],
    'wrong type': [
      {
        from: `'123456789012'`,
        to: '123456789012',
        finds: 'jsonnet/assert',
      },
    ],
    'right thing in the wrong place': [
      {
        from: `gke.member.serviceAccount(project.number, project.id,`,
        to: `gke.member.serviceAccount(project.id, project.number,`,
        finds: 'jsonnet/assert',
        near: VARIABLE,
      },
      {
        from: `      } + gke.pod.withMetadataServer(),
    },`,
        to: `      },
    } + gke.pod.withMetadataServer(),`,
        finds: 'schema/unknown-field',
        at: 'withMetadataServer',
      },
    ],
    'missing field': [
      {
        from: `project.id, 'wordpress', 'wordpress')`,
        to: `project.id, 'wordpress')`,
        finds: 'jsonnet/evaluation',
      },
    ],
    'malformed value': [
      { from: `'europe-west1'`, to: `'europe-west-1'`, finds: 'jsonnet/assert' },
      {
        from: `id: 'my-project'`,
        to: `id: 'My Project'`,
        finds: 'jsonnet/assert',
      },
    ],
    'wrong namespace': [
      {
        from: `project.id, 'wordpress', 'wordpress'`,
        to: `project.id, 'default', 'wordpress'`,
        finds: 'identity/iam-member-unmatched',
      },
    ],
    'one half missing': [
      {
        from: `direct('backup', 'wordpress')`,
        to: `direct('backups', 'wordpress')`,
        finds: 'identity/iam-member-unmatched',
        at: 'backup: gke.member',
      },
    ],
  },
};

/** gkeWorkloadIdentity. */
export const GKE_WORKLOAD_IDENTITY: readonly Variant[] = [manifests, mixins];
