import { MAIN, CHECK_ANNOTATION, ACCOUNT, CONFIG, DEPLOYMENT, type Mistake } from './mistake.ts';

/** Values that are wrong, each written in one place. */
export const VALUES: readonly Mistake[] = [
  {
    name: 'a value given to a library function that checks it',
    files: {
      [MAIN]: `local kube = import 'kube/main.libsonnet';
{
  web: kube.serviceAccount.new(
    'web',
    roleArn='arn:aws:iam::12345678901:role/web',  // HERE
  ),
}
`,
    },
    resource: ACCOUNT,
    path: CHECK_ANNOTATION,
    fault: 'value',
  },
  {
    name: 'a value that the library compares with a list, so that any other fails its assert',
    files: {
      [MAIN]: `local kube = import 'kube/main.libsonnet';
local strategy = 'Recreate';
{
  other:: strategy,
  web: kube.deployment.new('web', [], strategy='rollingupdate'),  // HERE
}
`,
    },
    resource: DEPLOYMENT,
    path: ['spec', 'strategy', 'type'],
    fault: 'value',
  },
  {
    name: 'a value through a local',
    files: {
      [MAIN]: `local kube = import 'kube/main.libsonnet';
local copies = 0.5;  // HERE
{
  web: kube.deployment.new('web', [])
       + kube.deployment.withReplicas(copies),
}
`,
    },
    resource: DEPLOYMENT,
    path: ['spec', 'replicas'],
    fault: 'value',
  },
  {
    name: 'a value that occurs elsewhere too',
    files: {
      [MAIN]: `local kube = import 'kube/main.libsonnet';
local config = { port: 7, replicas: 7, copies: 7 };
{
  config: { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'seven' }, data: { n: '7' } },
  web: kube.deployment.new('web', [], config.replicas) + {
    spec+: { minReadySeconds: config.copies, revisionHistoryLimit:
      7 },  // HERE
  },
}
`,
    },
    resource: DEPLOYMENT,
    path: ['spec', 'revisionHistoryLimit'],
    fault: 'value',
  },
  {
    name: 'a value through a function of a project library',
    files: {
      'lib/account.libsonnet': `local kube = import 'kube/main.libsonnet';
{
  account(name, account):: kube.serviceAccount.new(name, 'arn:aws:iam::%s:role/%s' % [account, name]),
}
`,
      [MAIN]: `local lib = import 'account.libsonnet';
{
  web: lib.account(
    'web',
    '12345678901',  // HERE
  ),
}
`,
    },
    resource: ACCOUNT,
    path: CHECK_ANNOTATION,
    fault: 'value',
  },
  {
    name: 'a default argument of a project library',
    files: {
      'lib/account.libsonnet': `local kube = import 'kube/main.libsonnet';
{
  account(
    name,
    role='arn:aws:iam::12345678901:role/web',  // HERE
  ):: kube.serviceAccount.new(name, role),
}
`,
      [MAIN]: `local lib = import 'account.libsonnet';
{ web: lib.account('web') }
`,
    },
    resource: ACCOUNT,
    path: CHECK_ANNOTATION,
    fault: 'value',
  },
  {
    name: 'a value from a config object that is patched with _config+::',
    files: {
      'lib/web.libsonnet': `{
  _config:: { replicas: 1 },
  web: (import 'kube/main.libsonnet').deployment.new('web', [], $._config.replicas),
}
`,
      [MAIN]: `(import 'web.libsonnet') + {
  _config+:: {
    replicas: -1,  // HERE
  },
}
`,
    },
    resource: DEPLOYMENT,
    path: ['spec', 'replicas'],
    fault: 'value',
  },
  {
    name: 'a value in a +: patch',
    files: {
      [MAIN]: `local kube = import 'kube/main.libsonnet';
{
  web: kube.deployment.new('web', []) {
    spec+: {
      strategy+: { type: 'Rolling' },  // HERE
    },
  },
}
`,
    },
    resource: DEPLOYMENT,
    path: ['spec', 'strategy', 'type'],
    fault: 'value',
  },
  {
    name: 'an array element',
    files: {
      [MAIN]: `{
  web: {
    apiVersion: 'v1',
    kind: 'ServiceAccount',
    metadata: { name: 'web' },
    imagePullSecrets: [
      { name: 'first' },
      'second',  // HERE
    ],
  },
}
`,
    },
    resource: ACCOUNT,
    path: ['imagePullSecrets', 1],
    fault: 'value',
  },
  {
    name: 'a boolean where a string is needed, among other booleans',
    files: {
      [MAIN]: `local flags = {
  debug: true,
  enabled: true,
};
{
  [if flags.enabled then 'web']: {
    apiVersion: 'v1',
    kind: 'ConfigMap',
    metadata: { name: 'web' },
    immutable: true,
    data: {
      verbose: true,  // HERE
    },
  },
}
`,
    },
    resource: CONFIG,
    path: ['data', 'verbose'],
    fault: 'value',
  },
  {
    name: 'a value in an imported JSON file',
    files: {
      'environments/x/settings.json': `{
  "image": "web",
  "pull": "Allways"
}
`,
      [MAIN]: `local kube = import 'kube/main.libsonnet';
local settings = import 'settings.json';
{
  web: kube.deployment.new('web', {
    name: 'web',
    image: settings.image,
    imagePullPolicy: settings.pull,
  }),
}
`,
    },
    resource: DEPLOYMENT,
    path: ['spec', 'template', 'spec', 'containers', 0, 'imagePullPolicy'],
    fault: 'value',
    line: ['environments/x/settings.json', 3],
  },
  {
    name: 'a value behind std.mergePatch',
    files: {
      [MAIN]: `local kube = import 'kube/main.libsonnet';
{
  web: std.mergePatch(kube.deployment.new('web', []), {
    spec: {
      replicas: '3',  // HERE
    },
  }),
}
`,
    },
    resource: DEPLOYMENT,
    path: ['spec', 'replicas'],
    fault: 'value',
  },
  {
    name: 'a value in a comprehension over names',
    files: {
      [MAIN]: `{
  [name]: {
    apiVersion: 'v1',
    kind: 'ConfigMap',
    metadata: { name: name },
    data: {
      port: 80,  // HERE
    },
  }
  for name in ['web', 'api']
}
`,
    },
    resource: CONFIG,
    path: ['data', 'port'],
    fault: 'value',
  },
  {
    name: 'an object where a string is needed',
    files: {
      [MAIN]: `{
  web: {
    apiVersion: 'v1',
    kind: 'ConfigMap',
    metadata: { name: 'web' },
    data: {
      settings: {  // HERE
        a: 1,
      },
    },
  },
}
`,
    },
    resource: CONFIG,
    path: ['data', 'settings'],
    fault: 'value',
  },
  {
    name: 'an array where an object is needed',
    files: {
      [MAIN]: `{
  web: {
    apiVersion: 'v1',
    kind: 'ConfigMap',
    metadata: { name: 'web' },
    data: ['a=1'],  // HERE
  },
}
`,
    },
    resource: CONFIG,
    path: ['data'],
    fault: 'value',
  },
  {
    name: 'a value in the items of a List',
    files: {
      [MAIN]: `{
  all: {
    apiVersion: 'v1',
    kind: 'List',
    items: [
      { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'other' }, data: { n: 1 } },
      {
        apiVersion: 'v1',
        kind: 'ConfigMap',
        metadata: { name: 'web' },
        data: { n: 1 },  // HERE
      },
    ],
  },
}
`,
    },
    resource: CONFIG,
    path: ['data', 'n'],
    fault: 'value',
  },
  {
    name: 'a wrong value that the library sets: the call of the user',
    files: {
      [MAIN]: `local kube = import 'kube/main.libsonnet';
{
  web: kube.deployment.new('web', [])
       + kube.deployment.withReplicas(2)
       + kube.deployment.withBrokenDefault(),  // HERE
}
`,
    },
    resource: DEPLOYMENT,
    path: ['spec', 'paused'],
    fault: 'value',
  },
  {
    name: 'a top-level argument with a wrong default',
    files: {
      [MAIN]: `local kube = import 'kube/main.libsonnet';
function(
  name,
  replicas='two',  // HERE
) {
  web: kube.deployment.new(name, []) + { spec+: { replicas: replicas } },
}
`,
    },
    resource: DEPLOYMENT,
    path: ['spec', 'replicas'],
    fault: 'value',
    tlaCode: { name: '"web"' },
  },
  {
    name: 'a project library that is linked into vendor',
    files: {
      'lib/shared/main.libsonnet': `{
  labels:: {
    tier: 'front end',  // HERE
  },
}
`,
      // The link itself is made by the test.
      [MAIN]: `local shared = import 'shared-link/main.libsonnet';
{
  web: {
    apiVersion: 'v1',
    kind: 'ConfigMap',
    metadata: { name: 'web', labels: shared.labels },
  },
}
`,
    },
    resource: CONFIG,
    path: ['metadata', 'labels', 'tier'],
    fault: 'value',
  },
];
