import { MAIN, ACCOUNT, CONFIG, DEPLOYMENT, type Mistake } from './mistake.ts';

/** Names that are wrong. */
export const KEYS: readonly Mistake[] = [
  {
    name: 'a misspelt annotation key written by hand',
    files: {
      [MAIN]: `{
  web: {
    apiVersion: 'v1',
    kind: 'ServiceAccount',
    metadata: {
      name: 'web',
      annotations: {
        'eks.amazonaws.com/role-arm': 'arn:aws:iam::123456789012:role/web',  // HERE
      },
    },
  },
}
`,
    },
    resource: ACCOUNT,
    path: ['metadata', 'annotations', 'eks.amazonaws.com/role-arm'],
    fault: 'key',
  },
  {
    name: 'a misspelt key given to a library function',
    files: {
      [MAIN]: `local kube = import 'kube/main.libsonnet';
{
  web: kube.serviceAccount.new('web')
       + kube.serviceAccount.withAnnotations({
         'eks.amazonaws.com/role-arm': 'arn:aws:iam::123456789012:role/web',  // HERE
       }),
}
`,
    },
    resource: ACCOUNT,
    path: ['metadata', 'annotations', 'eks.amazonaws.com/role-arm'],
    fault: 'key',
  },
  {
    name: 'an unknown field in a +: patch over a library object',
    files: {
      [MAIN]: `local kube = import 'kube/main.libsonnet';
{
  web: kube.deployment.new('web', [{ name: 'web', image: 'web:1' }]) {
    spec+: {
      template+: {
        replcas: 3,  // HERE
      },
    },
  },
}
`,
    },
    resource: DEPLOYMENT,
    path: ['spec', 'template', 'replcas'],
    fault: 'key',
  },
  {
    name: 'a field set in two layers',
    files: {
      [MAIN]: `local base = {
  apiVersion: 'v1',
  kind: 'ConfigMap',
  metadata: { name: 'web' },
  dat: { a: '1' },
};
{
  web: base + {
    dat+: { b: '2' },  // HERE
  },
}
`,
    },
    resource: CONFIG,
    path: ['dat'],
    fault: 'key',
  },
  {
    name: 'a key computed from two strings',
    files: {
      [MAIN]: `local prefix = 'eks.amazonaws.com/';
local kube = import 'kube/main.libsonnet';
{
  web: kube.serviceAccount.new('web') {
    metadata+: {
      annotations+: {
        [prefix + 'role-arm']: 'arn:aws:iam::123456789012:role/web',  // HERE
      },
    },
  },
}
`,
    },
    resource: ACCOUNT,
    path: ['metadata', 'annotations', 'eks.amazonaws.com/role-arm'],
    fault: 'key',
  },
  {
    name: 'a key from a comprehension over a list',
    files: {
      [MAIN]: `local kube = import 'kube/main.libsonnet';
{
  web: kube.serviceAccount.new('web') {
    metadata+: {
      annotations+: {
        ['eks.amazonaws.com/' + key]: 'true'
        for key in [
          'sts-regional-endpoints',
          'audence',  // HERE
        ]
      },
    },
  },
}
`,
    },
    resource: ACCOUNT,
    path: ['metadata', 'annotations', 'eks.amazonaws.com/audence'],
    fault: 'key',
  },
  {
    name: 'a misspelt field of an array element',
    files: {
      [MAIN]: `local kube = import 'kube/main.libsonnet';
{
  web: kube.deployment.new('web', [
    { name: 'web', image: 'web:1' },
    {
      name: 'sidecar',
      imagePullPolcy: 'Always',  // HERE
    },
  ]),
}
`,
    },
    resource: DEPLOYMENT,
    path: ['spec', 'template', 'spec', 'containers', 1, 'imagePullPolcy'],
    fault: 'key',
  },
  {
    name: 'a misspelt field in a project library',
    files: {
      'lib/web.libsonnet': `{
  container(image):: {
    name: 'web',
    imagge: image,  // HERE
  },
}
`,
      [MAIN]: `local kube = import 'kube/main.libsonnet';
local web = import 'web.libsonnet';
{ web: kube.deployment.new('web', web.container('web:1')) }
`,
    },
    resource: DEPLOYMENT,
    path: ['spec', 'template', 'spec', 'containers', 0, 'imagge'],
    fault: 'key',
  },
  {
    name: 'a key in parsed YAML text',
    files: {
      [MAIN]: `{
  web: std.parseYaml(|||
    apiVersion: v1
    kind: ConfigMap
    metadata:
      name: web
    dat:  # HERE
      a: "1"
  |||),
}
`,
    },
    resource: CONFIG,
    path: ['dat'],
    fault: 'key',
  },
  {
    name: 'a key in an imported YAML file',
    files: {
      'environments/x/web.yaml': `apiVersion: v1
kind: ConfigMap
metadata:
  name: web
dat:  # HERE
  a: "1"
`,
      [MAIN]: `{ web: std.parseYaml(importstr 'web.yaml') }\n`,
    },
    resource: CONFIG,
    path: ['dat'],
    fault: 'key',
  },
  {
    name: 'a key behind mergePatch and prune',
    files: {
      [MAIN]: `local base = { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'web' } };
{
  web: std.prune(std.mergePatch(base, {
    immutabel: true,  // HERE
    data: null,
  })),
}
`,
    },
    resource: CONFIG,
    path: ['immutabel'],
    fault: 'key',
  },
  {
    name: 'a key that a condition lets through',
    files: {
      [MAIN]: `local public = true;
{
  web: {
    apiVersion: 'v1',
    kind: 'ConfigMap',
    metadata: { name: 'web' },
    [if public then 'binaryDatum']: {},  // HERE
  },
}
`,
    },
    resource: CONFIG,
    path: ['binaryDatum'],
    fault: 'key',
  },
  {
    name: 'a key whose neighbours have names that are much like it',
    files: {
      [MAIN]: `local config(name) = { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: name } };
{
  api: config('api') { data: { a: '1', b: '2', c: '3' } },
  web: config('web') { data: { a: '1', b: '2', c: '3' } },  // HERE
}
`,
    },
    resource: CONFIG,
    path: ['data', 'b'],
    fault: 'key',
  },
  {
    name: 'a key from a fold',
    files: {
      [MAIN]: `local labels = std.foldl(
  function(all, name) all + { [std.asciiLower(name)]: 'yes' },
  ['Front', 'Back_End-'],  // HERE
  {},
);
{
  web: {
    apiVersion: 'v1',
    kind: 'ConfigMap',
    metadata: { name: 'web', labels: labels },
  },
}
`,
    },
    resource: CONFIG,
    path: ['metadata', 'labels', 'back_end-'],
    fault: 'key',
  },
  {
    name: 'a key that every element of a mapped list gets',
    files: {
      [MAIN]: `local kube = import 'kube/main.libsonnet';
local container(name) = {
  name: name,
  comand: ['run'],  // HERE
};
{ web: kube.deployment.new('web', std.map(container, ['one', 'two'])) }
`,
    },
    resource: DEPLOYMENT,
    path: ['spec', 'template', 'spec', 'containers', 1, 'comand'],
    fault: 'key',
  },
  {
    name: 'a wrong key that the library sets: the call of the user',
    files: {
      'vendor/broken/main.libsonnet': `{ withQuota(n):: { spec+: { qouta: n } } }\n`,
      [MAIN]: `local kube = import 'kube/main.libsonnet';
local broken = import 'broken/main.libsonnet';
{
  web: kube.deployment.new('web', [])
       + broken.withQuota(2),  // HERE
}
`,
    },
    resource: DEPLOYMENT,
    path: ['spec', 'qouta'],
    fault: 'key',
  },
];
