import { type Cases, container, deployment, job, object, pod, template } from './case.ts';

/** What containers have. */
export const CONTAINER_CASES: Cases = {
  'workloads/selector-mismatch': {
    wrong: {
      'another value': object(
        'apps/v1/Deployment',
        `spec: {selector: {matchLabels: {app: b}}, ${template()}}`,
      ),
      'a label too many': object(
        'apps/v1/StatefulSet',
        `spec: {selector: {matchLabels: {app: a, tier: b}}, ${template()}}`,
      ),
      'an expression': object(
        'apps/v1/DaemonSet',
        `spec: {selector: {matchExpressions: [{key: app, operator: In, values: [b, c]}]}, ${template()}}`,
      ),
      'not in': object(
        'apps/v1/ReplicaSet',
        `spec: {selector: {matchExpressions: [{key: app, operator: NotIn, values: [a]}]}, ${template()}}`,
      ),
      empty: object('apps/v1/Deployment', `spec: {selector: {}, ${template()}}`),
      'without labels': object(
        'apps/v1/Deployment',
        'spec: {selector: {matchLabels: {app: a}}, template: {spec: {containers: [{name: a, image: b}]}}}',
      ),
      'a Job of its own': object(
        'batch/v1/Job',
        'spec: {manualSelector: true, selector: {matchLabels: {app: b}}, template: {metadata: {labels: {app: a}}, spec: {restartPolicy: Never, containers: [{name: a, image: b}]}}}',
      ),
    },
    right: {
      'more labels in the template': object(
        'apps/v1/Deployment',
        'spec: {selector: {matchLabels: {app: a}}, template: {metadata: {labels: {app: a, tier: b}}, spec: {containers: [{name: a, image: b}]}}}',
      ),
      expressions: object(
        'apps/v1/Deployment',
        `spec: {selector: {matchExpressions: [{key: app, operator: Exists}, {key: x, operator: DoesNotExist}]}, ${template()}}`,
      ),
      'a Job': job(''),
    },
  },
  'workloads/label-selector': {
    wrong: {
      'In without values': object(
        'apps/v1/Deployment',
        `spec: {selector: {matchLabels: {app: a}, matchExpressions: [{key: app, operator: In}]}, ${template()}}`,
      ),
      'Exists with values': object(
        'policy/v1/PodDisruptionBudget',
        'spec: {minAvailable: 1, selector: {matchExpressions: [{key: app, operator: Exists, values: [a]}]}}',
      ),
      'an operator that there is not': object(
        'policy/v1/PodDisruptionBudget',
        'spec: {minAvailable: 1, selector: {matchExpressions: [{key: app, operator: Equals, values: [a]}]}}',
      ),
      'a value that no label has': object(
        'policy/v1/PodDisruptionBudget',
        'spec: {minAvailable: 1, selector: {matchLabels: {app: "a b"}}}',
      ),
      'a node selector with a path': pod('nodeSelector: {a: /b}'),
      'a key with two slashes': pod('nodeSelector: {a/b/c: d}'),
      'a Service with a slash': object(
        'v1/Service',
        'spec: {selector: {app: a/b}, ports: [{port: 80}]}',
      ),
      'a network policy': object(
        'networking.k8s.io/v1/NetworkPolicy',
        'spec: {podSelector: {matchExpressions: [{key: a, operator: NotIn}]}}',
      ),
    },
    right: {
      'an empty value': pod('nodeSelector: {example.com/pool: ""}'),
      'an empty selector of a budget': object(
        'policy/v1/PodDisruptionBudget',
        'spec: {minAvailable: 1, selector: {}}',
      ),
    },
  },
  'workloads/no-containers': {
    wrong: {
      Pod: object('v1/Pod', 'spec: {containers: []}'),
      Job: object(
        'batch/v1/Job',
        'spec: {template: {spec: {restartPolicy: Never, containers: []}}}',
      ),
    },
    right: {},
  },
  'workloads/container-name': {
    wrong: {
      twice: object('v1/Pod', 'spec: {containers: [{name: a, image: b}, {name: a, image: c}]}'),
      'an init container too': pod('initContainers: [{name: a, image: b}]'),
      capitals: object('v1/Pod', 'spec: {containers: [{name: Web, image: b}]}'),
      underscore: object(
        'apps/v1/Deployment',
        'spec: {selector: {matchLabels: {app: a}}, template: {metadata: {labels: {app: a}}, spec: {containers: [{name: a_b, image: b}]}}}',
      ),
      dot: object('v1/Pod', 'spec: {containers: [{name: a.b, image: b}]}'),
      empty: object('v1/Pod', 'spec: {containers: [{name: "", image: b}]}'),
      long: object('v1/Pod', `spec: {containers: [{name: ${'a'.repeat(64)}, image: b}]}`),
    },
    right: {
      digits: object(
        'v1/Pod',
        `spec: {containers: [{name: "0", image: b}, {name: ${'a'.repeat(63)}, image: b}]}`,
      ),
    },
  },
  'workloads/container-image': {
    wrong: {
      none: object('v1/Pod', 'spec: {containers: [{name: a}]}'),
      empty: object('v1/Pod', 'spec: {containers: [{name: a, image: ""}]}'),
      'a newline': object('v1/Pod', 'spec: {containers: [{name: a, image: "b\\n"}]}'),
      'none in a template': object(
        'apps/v1/Deployment',
        'spec: {selector: {matchLabels: {app: a}}, template: {metadata: {labels: {app: a}}, spec: {containers: [{name: a}]}}}',
      ),
    },
    right: { digest: object('v1/Pod', 'spec: {containers: [{name: a, image: "b@sha256:0000"}]}') },
  },
  'workloads/container-port': {
    wrong: {
      'too great': container('ports: [{containerPort: 70000}]'),
      zero: container('ports: [{containerPort: 0}]'),
      'a long name': container('ports: [{containerPort: 80, name: metrics-endpoint}]'),
      'a name of digits': container('ports: [{containerPort: 80, name: "8080"}]'),
      'a name with capitals': container('ports: [{containerPort: 80, name: HTTP}]'),
      'two hyphens': container('ports: [{containerPort: 80, name: a--b}]'),
      'one name twice': container(
        'ports: [{containerPort: 80, name: http}, {containerPort: 81, name: http}]',
      ),
      'one host port twice': object(
        'v1/Pod',
        'spec: {containers: [{name: a, image: b, ports: [{containerPort: 80, hostPort: 80}]}, {name: c, image: b, ports: [{containerPort: 81, hostPort: 80}]}]}',
      ),
      'another host port in the host network': container(
        'ports: [{containerPort: 80, hostPort: 8080}]',
        'hostNetwork: true',
      ),
      'the same in a template': deployment(
        '',
        template('hostNetwork: true', 'ports: [{containerPort: 80, hostPort: 8080}]'),
      ),
    },
    right: {
      'one port twice': container('ports: [{containerPort: 80}, {containerPort: 80}]'),
      'one port for two protocols': container(
        'ports: [{containerPort: 53, name: dns}, {containerPort: 53, protocol: UDP, name: dns-udp}]',
      ),
      'the same name in two containers': object(
        'v1/Pod',
        'spec: {containers: [{name: a, image: b, ports: [{containerPort: 80, name: http}]}, {name: c, image: b, ports: [{containerPort: 81, name: http}]}]}',
      ),
      'the host network': container('ports: [{containerPort: 80}]', 'hostNetwork: true'),
      'host ports of two addresses': container(
        'ports: [{containerPort: 80, hostPort: 80, hostIP: 10.0.0.1}, {containerPort: 81, hostPort: 80, hostIP: 10.0.0.2}]',
      ),
    },
  },
  'workloads/env': {
    wrong: {
      'an equals sign': container('env: [{name: A=B}]'),
      'no ASCII': container('env: [{name: Ä}]'),
      'empty name': container('env: [{name: ""}]'),
      'value and source': container(
        'env: [{name: A, value: b, valueFrom: {fieldRef: {fieldPath: metadata.name}}}]',
      ),
      'two sources': container(
        'env: [{name: A, valueFrom: {secretKeyRef: {name: a, key: b}, configMapKeyRef: {name: a, key: b}}}]',
      ),
      'no source': container('env: [{name: A, valueFrom: {}}]'),
      'a reference without a name': container(
        'env: [{name: A, valueFrom: {secretKeyRef: {key: b}}}]',
      ),
      'a name that no ConfigMap has': container(
        'env: [{name: A, valueFrom: {configMapKeyRef: {name: A_b, key: b}}}]',
      ),
      'a key with a slash': container(
        'env: [{name: A, valueFrom: {configMapKeyRef: {name: a, key: b/c}}}]',
      ),
      'an empty item of envFrom': container('envFrom: [{}]'),
      'two in envFrom': container('envFrom: [{configMapRef: {name: a}, secretRef: {name: a}}]'),
      'envFrom without a name': container('envFrom: [{secretRef: {}}]'),
    },
    right: {
      'a dot and a blank': container('env: [{name: a.b}, {name: "a b"}, {name: 1A}]'),
      'an empty value beside a source': container(
        'env: [{name: A, value: "", valueFrom: {fieldRef: {fieldPath: metadata.name}}}]',
      ),
      'a name twice': container('env: [{name: A, value: b}, {name: A, value: c}]'),
      'a prefix': container('envFrom: [{prefix: A_, configMapRef: {name: a}}]'),
    },
  },
  'workloads/field-ref': {
    wrong: {
      'all labels': container(
        'env: [{name: A, valueFrom: {fieldRef: {fieldPath: metadata.labels}}}]',
      ),
      'a field that there is not': container(
        'env: [{name: A, valueFrom: {fieldRef: {fieldPath: spec.hostname}}}]',
      ),
      'a label in quotes': container(
        `env: [{name: A, valueFrom: {fieldRef: {fieldPath: 'metadata.labels["a"]'}}}]`,
      ),
      'a label with a dot': container(
        'env: [{name: A, valueFrom: {fieldRef: {fieldPath: metadata.labels.app}}}]',
      ),
      'a resource that there is not': container(
        'env: [{name: A, valueFrom: {resourceFieldRef: {resource: limits.gpu}}}]',
      ),
      'the address in a file': pod(
        'volumes: [{name: v, downwardAPI: {items: [{path: a, fieldRef: {fieldPath: status.podIP}}]}}]',
      ),
      'no container in a file': pod(
        'volumes: [{name: v, downwardAPI: {items: [{path: a, resourceFieldRef: {resource: limits.cpu}}]}}]',
      ),
      'nothing in a file': pod('volumes: [{name: v, downwardAPI: {items: [{path: a}]}}]'),
      'an absolute path': pod(
        'volumes: [{name: v, downwardAPI: {items: [{path: /a, fieldRef: {fieldPath: metadata.name}}]}}]',
      ),
    },
    right: {
      'a label': container(
        `env: [{name: A, valueFrom: {fieldRef: {fieldPath: "metadata.labels['app.kubernetes.io/name']"}}}]`,
      ),
      addresses: container(
        'env: [{name: A, valueFrom: {fieldRef: {fieldPath: status.podIPs}}}, {name: B, valueFrom: {fieldRef: {fieldPath: status.hostIP}}}]',
      ),
      resources: container(
        'env: [{name: A, valueFrom: {resourceFieldRef: {resource: limits.cpu}}}]',
      ),
      'all labels in a file': pod(
        'volumes: [{name: v, downwardAPI: {items: [{path: a, fieldRef: {fieldPath: metadata.labels}}]}}]',
      ),
    },
  },
};
