import { MAIN, CONFIG, DEPLOYMENT, type Mistake } from './mistake.ts';

/** Members that are absent, and findings on whole objects. */
export const MISSING: readonly Mistake[] = [
  {
    name: 'a missing field of an object written by hand',
    files: {
      [MAIN]: `{
  web: {
    apiVersion: 'apps/v1',
    kind: 'Deployment',
    metadata: { name: 'web' },
    spec: {  // HERE
      replicas: 1,
    },
  },
}
`,
    },
    resource: DEPLOYMENT,
    path: ['spec', 'selector'],
    fault: 'missing',
  },
  {
    name: 'a missing field of an array element given to a library',
    files: {
      [MAIN]: `local kube = import 'kube/main.libsonnet';
local defaults = { image: 'web:1' };
{
  web: kube.deployment.new('web', [
    { name: 'web' } + defaults,
    defaults { env: [] },  // HERE
  ]),
}
`,
    },
    resource: DEPLOYMENT,
    path: ['spec', 'template', 'spec', 'containers', 1, 'name'],
    fault: 'missing',
  },
  {
    name: 'a missing field of an object that the library makes: its last layer',
    files: {
      [MAIN]: `local kube = import 'kube/main.libsonnet';
{
  web: kube.deployment.new('web', []) {
    spec+: { minReadySeconds: 1 },  // HERE
  },
}
`,
    },
    resource: DEPLOYMENT,
    path: ['spec', 'selector'],
    fault: 'missing',
  },
  {
    name: 'a missing field of an object that only the library makes: the call',
    files: {
      [MAIN]: `local kube = import 'kube/main.libsonnet';
{
  api: kube.deployment.new('api', []),
  web: kube.deployment.new('web', []),  // HERE
}
`,
    },
    resource: DEPLOYMENT,
    path: ['spec', 'selector'],
    fault: 'missing',
  },
  {
    name: 'a field that is gone because of : instead of +:',
    files: {
      [MAIN]: `local kube = import 'kube/main.libsonnet';
{
  web: kube.deployment.new('web', []) {
    spec: { replicas: 2 },  // HERE
  },
}
`,
    },
    resource: DEPLOYMENT,
    path: ['spec', 'template'],
    fault: 'missing',
  },
  {
    name: 'a missing field in a list that a comprehension makes',
    files: {
      [MAIN]: `local kube = import 'kube/main.libsonnet';
{
  web: kube.deployment.new('web', [
    { image: image }  // HERE
    for image in ['a:1', 'b:1']
  ]),
}
`,
    },
    resource: DEPLOYMENT,
    path: ['spec', 'template', 'spec', 'containers', 0, 'name'],
    fault: 'missing',
  },
  {
    name: 'a missing field of an object that mergePatch makes',
    files: {
      [MAIN]: `local kube = import 'kube/main.libsonnet';
{
  web: std.mergePatch(
    kube.deployment.new('web', []),
    { spec: { template: { spec: { dnsConfig: {} } } } },  // HERE
  ),
}
`,
    },
    resource: DEPLOYMENT,
    path: ['spec', 'template', 'spec', 'restartPolicy'],
    fault: 'missing',
  },
  {
    name: 'a whole object: where its name is written',
    files: {
      [MAIN]: `{
  web: {
    apiVersion: 'v1',
    kind: 'ConfigMap',
    metadata: { name: 'web' },  // HERE
  },
}
`,
    },
    resource: CONFIG,
    path: [],
    fault: 'value',
  },
  {
    name: 'a whole object that only library code names',
    files: {
      'vendor/static/main.libsonnet': `{
  web: { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'web' } },
}
`,
      [MAIN]: `local static = import 'static/main.libsonnet';
{
  web: static.web,  // HERE
}
`,
    },
    resource: CONFIG,
    path: [],
    fault: 'value',
  },
  {
    name: 'a value in an environment that is nothing but an import of a library',
    files: {
      'vendor/static/main.libsonnet': `{
  web: { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'web' }, data: { n: 1 } },
}
`,
      [MAIN]: `import 'static/main.libsonnet'  // HERE\n`,
    },
    resource: CONFIG,
    path: ['data', 'n'],
    fault: 'value',
    nearBecause: 'nothing of the user can be changed',
  },
];
