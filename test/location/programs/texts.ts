import { COMPOSED, REFERENCE, type Program } from '../program.ts';

/** Texts that are parsed or imported: YAML in text blocks, JSON and YAML files, scripts and configuration in ConfigMaps. */
export const TEXTS: Program = {
  name: 'texts',
  random: 6,
  files: {
    'main.jsonnet': `local objects = std.parseYaml(|||
  ---
  apiVersion: v1
  kind: ServiceAccount
  metadata:
    name: agent
    labels:
      app: agent
  automountServiceAccountToken: false
  ---
  apiVersion: rbac.authorization.k8s.io/v1
  kind: Role
  metadata:
    name: agent
    labels:
      app: agent
  rules:
    - apiGroups: [""]
      resources: ["pods"]
      verbs: ["get", "list"]
    - apiGroups: ["apps"]
      resources: ["deployments"]
      verbs: ["watch"]
|||);
local crd = std.parseYaml(importstr 'crd.yaml');
local deployment = import 'deployment.json';
local limits = std.parseJson(importstr 'limits.json');

{
  objects: objects,
  crd: crd,

  deployment: deployment {
    spec+: {
      replicas: limits.replicas,
      template+: {
        spec+: {
          priorityClassName: limits.priority,
        },
      },
    },
  },

  config: {
    apiVersion: 'v1',
    kind: 'ConfigMap',
    metadata: { name: 'agent' },
    data: {
      'agent.yaml': std.manifestYamlDoc({
        server: { port: 8080 },
        level: 'info',
      }),
      'start.sh': |||
        #!/bin/sh
        exec agent --port %(port)d
      ||| % limits,
      'app.ini': importstr 'app.ini',
      plain: std.lines(['one', 'two']),
    },
  },
}
`,
    'crd.yaml': `apiVersion: apiextensions.k8s.io/v1
kind: CustomResourceDefinition
metadata:
  name: agents.example.com
spec:
  group: example.com
  scope: Namespaced
  names:
    kind: Agent
    plural: agents
  versions:
    - name: v1
      served: true
      storage: true
      schema:
        openAPIV3Schema:
          type: object
`,
    'deployment.json': `{
  "apiVersion": "apps/v1",
  "kind": "Deployment",
  "metadata": {
    "name": "agent",
    "labels": {
      "app": "agent"
    }
  },
  "spec": {
    "replicas": 1,
    "selector": {
      "matchLabels": {
        "app": "agent"
      }
    },
    "template": {
      "metadata": {
        "labels": {
          "app": "agent"
        }
      },
      "spec": {
        "containers": [
          {
            "name": "agent",
            "image": "agent:5",
            "ports": [
              {
                "containerPort": 8080
              }
            ]
          }
        ]
      }
    }
  }
}
`,
    'limits.json': `{
  "replicas": 2,
  "priority": "high",
  "port": 8080
}
`,
    'app.ini': `[server]
port = 80
`,
  },
  mistakes: [
    { from: 'automountServiceAccountToken: false', to: 'automountServiceAccountToken: nope' },
    { from: 'automountServiceAccountToken: false', to: 'automountServiceAccontToken: false' },
    { from: 'verbs: ["get", "list"]', to: 'verbs: ["get", "lst"]' },
    { from: 'resources: ["pods"]', to: 'resource: ["pods"]' },
    { from: 'verbs: ["watch"]', to: 'verbs: [7]' },
    {
      from: '  kind: Role\n  metadata:\n    name: agent\n    labels:\n      app: agent',
      to: '  kind: Role\n  metadata:\n    name: agent\n    labels:\n      app: true',
      sees: 'app',
    },
    {
      from: '      resources: ["pods"]\n',
      to: '',
      at: '- apiGroups: [""]',
      also: ['local objects = std.parseYaml'],
      why: 'a text block is one literal: its line stands for an object within it',
    },
    { from: 'scope: Namespaced', to: 'scope: namespaced' },
    { from: 'plural: agents', to: 'plurals: agents' },
    { from: 'served: true', to: 'served: "yes"' },
    { from: 'storage: true', to: 'storage: 1' },
    { from: 'group: example.com', to: 'group: example' },
    {
      from: '  scope: Namespaced\n',
      to: '',
      at: 'spec:\n  group',
      also: ["importstr 'crd.yaml'"],
      why: 'the text is one literal: the line that imports it stands for an object within it',
    },
    { from: '"image": "agent:5"', to: '"image": 5' },
    { from: '"image": "agent:5"', to: '"imge": "agent:5"' },
    { from: '"containerPort": 8080', to: '"containerPort": "8080"' },
    { from: '            "name": "agent",\n', to: '', at: '          {\n            "image"' },
    {
      from: '    "selector": {\n      "matchLabels": {\n        "app": "agent"\n      }\n    },\n',
      to: '',
      at: '  "spec": {\n    "replicas"',
      also: ['    spec+: {\n      replicas'],
      why: 'two layers make the object, and either may be given the field',
    },
    { from: '"priority": "high"', to: '"priority": "High!"' },
    { from: '"replicas": 2', to: '"replicas": 2.5' },
    { from: 'replicas: limits.replicas', to: 'replica: limits.replicas' },
    {
      from: 'replicas: limits.replicas',
      to: 'replicas: limits.priority',
      also: ['"priority": "high"'],
      why: REFERENCE,
    },
    {
      from: 'port = 80\n',
      to: 'port = eighty\n',
      at: "'app.ini': importstr",
      also: ['port = eighty'],
      why: 'the value is the whole file: the line in it cannot be told, and that of the import is right',
    },
    {
      from: 'port: 8080 },\n',
      to: "port: 'x' },\n",
      sees: 'agent.yaml',
      also: ["'agent.yaml'", "level: 'info'"],
      why: COMPOSED,
    },
    { from: "plain: std.lines(['one', 'two'])", to: 'plain: [7]' },
    { from: 'template+: {', to: 'template: {', sees: 'metadata' },
    { from: 'priorityClassName: limits.priority', to: 'priorityClassNam: limits.priority' },
  ],
};
