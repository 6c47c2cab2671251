import { MAIN, SPEC, ACCOUNT, CONFIG, type Mistake } from './mistake.ts';

/** What Tanka adds, and what comes from the environment or the command line. */
export const TANKA_VALUES: readonly Mistake[] = [
  {
    name: 'the default namespace of spec.json',
    files: {
      [SPEC]: `{
  "apiVersion": "tanka.dev/v1alpha1",
  "kind": "Environment",
  "spec": {
    "namespace": "Shop_1"
  }
}
`,
      [MAIN]: `{ web: { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'web' } } }\n`,
    },
    resource: { ...CONFIG, namespace: 'Shop_1' },
    path: ['metadata', 'namespace'],
    fault: 'value',
    line: [SPEC, 5],
  },
  {
    name: 'a resource default of spec.json',
    files: {
      [SPEC]: `{
  "spec": {
    "namespace": "shop",
    "resourceDefaults": {
      "annotations": {
        "eks.amazonaws.com/role-arm": "x"
      }
    }
  }
}
`,
      [MAIN]: `{ web: { apiVersion: 'v1', kind: 'ServiceAccount', metadata: { name: 'web' } } }\n`,
    },
    resource: ACCOUNT,
    path: ['metadata', 'annotations', 'eks.amazonaws.com/role-arm'],
    fault: 'key',
    line: [SPEC, 6],
  },
  {
    name: 'a value of spec.json that the program reads',
    files: {
      [SPEC]: `{
  "spec": {
    "namespace": "shop front"
  }
}
`,
      [MAIN]: `local env = (import 'tk').env;
{
  web: {
    apiVersion: 'v1',
    kind: 'ConfigMap',
    metadata: { name: 'web', namespace: env.spec.namespace },
  },
}
`,
    },
    resource: { ...CONFIG, namespace: 'shop front' },
    path: ['metadata', 'namespace'],
    fault: 'value',
    line: [SPEC, 3],
  },
  {
    name: 'the namespace of an inline environment',
    files: {
      [SPEC]: null,
      [MAIN]: `local environment(name, namespace) = {
  apiVersion: 'tanka.dev/v1alpha1',
  kind: 'Environment',
  metadata: { name: name },
  spec: { namespace: namespace },
  data: { web: { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'web' } } },
};
[
  environment('dev', 'dev'),
  environment('prod', 'Prod_1'),  // HERE
]
`,
    },
    resource: { ...CONFIG, namespace: 'Prod_1' },
    path: ['metadata', 'namespace'],
    fault: 'value',
    environmentName: 'prod',
  },
  {
    name: 'an inline environment chosen by its name',
    files: {
      [SPEC]: null,
      [MAIN]: `local environment(name, n) = {
  apiVersion: 'tanka.dev/v1alpha1',
  kind: 'Environment',
  metadata: { name: name },
  spec: { namespace: 'shop' },
  data: { web: { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'web' }, data: { n: n } } },
};
{
  dev: environment('dev', 1),
  prod: environment('prod', 1),  // HERE
}
`,
    },
    resource: CONFIG,
    path: ['data', 'n'],
    fault: 'value',
    environmentName: 'prod',
  },
  {
    name: 'a value from an external variable: where it is used',
    files: {
      [MAIN]: `{
  web: {
    apiVersion: 'v1',
    kind: 'ConfigMap',
    metadata: { name: 'web' },
    data: {
      tag: std.extVar('tag'),  // HERE
    },
  },
}
`,
    },
    resource: CONFIG,
    path: ['data', 'tag'],
    fault: 'value',
    extCode: { tag: '1' },
  },
];
