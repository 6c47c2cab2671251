import { MAIN, CHECK_ANNOTATION, ACCOUNT, CONFIG, DEPLOYMENT, type Mistake } from './mistake.ts';

/** Values that are wrong and made of several parts or in an unusual way. */
export const COMPOSED_VALUES: readonly Mistake[] = [
  {
    name: 'a number turned into the string of an annotation',
    files: {
      [MAIN]: `local kube = import 'kube/main.libsonnet';
local expiration = 60;  // HERE
{
  web: kube.serviceAccount.new('web')
       + kube.serviceAccount.withAnnotations({
         'eks.amazonaws.com/token-expiration': std.toString(expiration),
       }),
}
`,
    },
    resource: ACCOUNT,
    path: ['metadata', 'annotations', 'eks.amazonaws.com/token-expiration'],
    fault: 'value',
  },
  {
    name: 'a value formed by arithmetic',
    files: {
      [MAIN]: `local kube = import 'kube/main.libsonnet';
{
  web: kube.deployment.new('web', []) {
    spec+: {
      progressDeadlineSeconds: 7 / 2,  // HERE
    },
  },
}
`,
    },
    resource: DEPLOYMENT,
    path: ['spec', 'progressDeadlineSeconds'],
    fault: 'value',
  },
  {
    name: 'a value changed by a string function',
    files: {
      [MAIN]: `local kube = import 'kube/main.libsonnet';
local role = 'Role With Spaces';  // HERE
{
  web: kube.serviceAccount.new('web')
       + kube.serviceAccount.withAnnotations({ team: std.asciiLower(role) }),
}
`,
    },
    resource: ACCOUNT,
    path: ['metadata', 'annotations', 'team'],
    fault: 'value',
  },
  {
    name: 'the longest part of a formatted string',
    files: {
      [MAIN]: `local kube = import 'kube/main.libsonnet';
local aws = {
  account: '12345678901',  // HERE
  partition: 'aws',
};
{
  web: kube.serviceAccount.new('web', 'arn:%(partition)s:iam::%(account)s:role/web' % aws),
}
`,
    },
    resource: ACCOUNT,
    path: CHECK_ANNOTATION,
    fault: 'value',
  },
  {
    name: 'a shorter part of a formatted string',
    files: {
      [MAIN]: `local kube = import 'kube/main.libsonnet';
local aws = {
  account: '123456789012',
  partition: 'awz',  // HERE
};
{
  web: kube.serviceAccount.new('web', 'arn:%(partition)s:iam::%(account)s:role/web' % aws),
}
`,
    },
    resource: ACCOUNT,
    path: CHECK_ANNOTATION,
    fault: 'value',
    relatedBecause:
      'which of several parts is wrong cannot be known, and the longest is named first',
  },
  {
    name: 'a name of a map that becomes the value of a list',
    files: {
      [MAIN]: `local kube = import 'kube/main.libsonnet';
local env = {
  LEVEL: 'info',
  'WORK ERS': '4',  // HERE
};
local container = {
  name: 'web',
  env: [{ name: name, value: env[name] } for name in std.objectFields(env)],
};
{ web: kube.deployment.new('web', container) }
`,
    },
    resource: DEPLOYMENT,
    path: ['spec', 'template', 'spec', 'containers', 0, 'env', 1, 'name'],
    fault: 'value',
  },
  {
    name: 'the format of a formatted string',
    files: {
      [MAIN]: `local kube = import 'kube/main.libsonnet';
local format =
  'arn:aws:iam:%s:role/web';  // HERE
local account = '1234';
{
  web: kube.serviceAccount.new('web', format % account),
}
`,
    },
    resource: ACCOUNT,
    path: CHECK_ANNOTATION,
    fault: 'value',
    relatedBecause: 'the arguments of a format are named before the format',
  },
  {
    name: 'a reference to the wrong setting',
    files: {
      [MAIN]: `local kube = import 'kube/main.libsonnet';
local config = {
  replicas: 2,
  surge: '25%',
};
{
  web: kube.deployment.new('web', []) {
    spec+: {
      replicas: config.surge,  // HERE
    },
  },
}
`,
    },
    resource: DEPLOYMENT,
    path: ['spec', 'replicas'],
    fault: 'value',
    relatedBecause: 'the setting that is read is named first, and the reference to it second',
  },
  {
    name: 'a value that reads another by super',
    files: {
      [MAIN]: `local base = {
  apiVersion: 'v1',
  kind: 'ConfigMap',
  metadata: { name: 'web', labels: { tier: 'front' } },
};
{
  web: base {
    metadata+: {
      labels+: {
        tier: super.tier + ' end!',  // HERE
      },
    },
  },
}
`,
    },
    resource: CONFIG,
    path: ['metadata', 'labels', 'tier'],
    fault: 'value',
  },
  {
    name: 'an element that is added to a list',
    files: {
      [MAIN]: `local kube = import 'kube/main.libsonnet';
local base = [{ name: 'a', image: 'a:1' }];
{
  web: kube.deployment.new('web', base + [{
    name: 'B',  // HERE
    image: 'b:1',
  }]),
}
`,
    },
    resource: DEPLOYMENT,
    path: ['spec', 'template', 'spec', 'containers', 1, 'name'],
    fault: 'value',
  },
  {
    name: 'a null',
    files: {
      [MAIN]: `local kube = import 'kube/main.libsonnet';
{
  local none = null,
  web: kube.deployment.new('web', []) {
    spec+: {
      paused: null,  // HERE
      revisionHistoryLimit: none,
    },
  },
}
`,
    },
    resource: DEPLOYMENT,
    path: ['spec', 'paused'],
    fault: 'value',
  },
  {
    name: 'a value in a text block',
    files: {
      [MAIN]: `{
  web: std.parseYaml(|||
    apiVersion: v1
    kind: ConfigMap
    metadata:
      name: web
    immutable: perhaps  # HERE
  |||),
}
`,
    },
    resource: CONFIG,
    path: ['immutable'],
    fault: 'value',
  },
  {
    name: 'a value that two manifests share, in a lookup table',
    files: {
      [MAIN]: `local sizes = {
  small: 1,
  large: 'ten',  // HERE
};
local kube = import 'kube/main.libsonnet';
local app(name, size) = kube.deployment.new(name, []) { spec+: { replicas: sizes[size] } };
{
  api: app('api', 'large'),
  web: app('web', 'large'),
}
`,
    },
    resource: DEPLOYMENT,
    path: ['spec', 'replicas'],
    fault: 'value',
  },
  {
    name: 'two objects of one name in two namespaces',
    files: {
      [MAIN]: `local config(namespace, n) = {
  apiVersion: 'v1',
  kind: 'ConfigMap',
  metadata: { name: 'web', namespace: namespace },
  data: { n: n },
};
{
  a: config('back', 1),
  b: config('shop', 1),  // HERE
}
`,
    },
    resource: CONFIG,
    path: ['data', 'n'],
    fault: 'value',
  },
  {
    name: 'a value made of nothing but functions',
    files: {
      [MAIN]: `local kube = import 'kube/main.libsonnet';
{
  web: kube.deployment.new('web', []) {
    spec+: {
      replicas: std.length($.web.spec.template.spec.containers),  // HERE
    },
  },
}
`,
    },
    resource: DEPLOYMENT,
    path: ['spec', 'replicas'],
    fault: 'value',
  },
];
