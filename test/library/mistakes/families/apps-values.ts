import { VARIABLE } from '../../../mistakes/reasons.ts';
import type { Variant } from '../variant.ts';
import { DEPLOYMENT } from './deployment-program.ts';

const deployment: Variant = {
  name: 'apps: a Deployment, values',
  inK8sLibsonnet: true,
  files: DEPLOYMENT,
  mistakes: {
    'string for a number': [
      {
        from: 'withMinReadySeconds(10)',
        to: `withMinReadySeconds('10')`,
        evaluation:
          'deployment.spec.withMinReadySeconds: minReadySeconds must be an integer, got string "10"',
      },
      {
        from: 'containerPort: 9090',
        to: `containerPort: '9090'`,
        evaluation:
          'container.withPorts: ports[1].containerPort must be an integer, got string "9090"',
      },
      {
        from: `newNamed(8080, 'http')`,
        to: `newNamed('8080', 'http')`,
        evaluation: 'containerPort.newNamed: containerPort must be an integer, got string "8080"',
      },
      {
        from: `deployment.new('web', 3, [web])`,
        to: `deployment.new('web', '3', [web])`,
        evaluation: 'deployment.new: replicas must be an integer, got string "3"',
      },
    ],
    'number for a string': [
      {
        from: `withNamespace('shop')`,
        to: 'withNamespace(1)',
        evaluation: 'metadata.withNamespace: namespace must be a string, got number 1',
      },
      {
        from: `withServiceAccountName('web')`,
        to: 'withServiceAccountName(1000)',
        evaluation:
          'spec.template.spec.withServiceAccountName: serviceAccountName must be a string, got number 1000',
      },
      {
        from: `name: 'metrics'`,
        to: 'name: 9090',
        evaluation: 'container.withPorts: ports[1].name must be a string, got number 9090',
      },
      {
        from: `envVar.new('LOG_LEVEL', 'info')`,
        to: `envVar.new('LOG_LEVEL', 3)`,
        evaluation: 'envVar.new: value must be a string, got number',
      },
    ],
    'wrong kind of value': [
      {
        from: 'withRunAsNonRoot(true)',
        to: `withRunAsNonRoot('true')`,
        evaluation:
          'securityContext.withRunAsNonRoot: runAsNonRoot must be true or false, got string "true"',
      },
      {
        from: `withNodeSelector({ disk: 'ssd' })`,
        to: `withNodeSelector([{ disk: 'ssd' }])`,
        evaluation:
          'spec.template.spec.withNodeSelector: nodeSelector must be an object, got array',
      },
      {
        from: `withLimits({ memory: '256Mi' })`,
        to: `withLimits(['256Mi'])`,
        evaluation: 'container.resources.withLimits: limits must be an object, got array',
      },
      {
        from: `withMaxSurge('25%')`,
        to: 'withMaxSurge(0.25)',
        evaluation:
          'deployment.spec.strategy.rollingUpdate.withMaxSurge: maxSurge must be an integer or a string, got number 0.25',
      },
    ],
    'scalar for an object': [
      {
        from: `{ name: 'metrics', containerPort: 9090 }`,
        to: '9090',
        evaluation: 'container.withPorts: ports[1] must be an object, got number',
      },
      {
        from: `{ fieldRef: { fieldPath: 'metadata.name' } }`,
        to: `'metadata.name'`,
        evaluation: 'container.withEnv: env[2].valueFrom must be an object, got string',
      },
      {
        from: `withLabels({ team: 'shop' })`,
        to: `withLabels('shop')`,
        evaluation: 'metadata.withLabels: labels must be an object, got string',
      },
      {
        from: '[web])',
        to: `['nginx'])`,
        evaluation: 'deployment.new: containers[0] must be an object, got string',
      },
    ],
    'misspelt enum value': [
      {
        from: `'IfNotPresent'`,
        to: `'IfNotPresnt'`,
        evaluation:
          'container.withImagePullPolicy: imagePullPolicy must be "Always", "IfNotPresent" or "Never", got string "IfNotPresnt"',
      },
      {
        from: `'RollingUpdate'`,
        to: `'rollingUpdate'`,
        evaluation:
          'deployment.spec.strategy.withType: type must be "Recreate" or "RollingUpdate", got string "rollingUpdate"',
      },
      {
        from: `'NoSchedule'`,
        to: `'NoShedule'`,
        evaluation:
          'spec.template.spec.withTolerations: tolerations[0].effect must be "NoExecute", "NoSchedule" or "PreferNoSchedule", got string "NoShedule"',
      },
    ],
    'misspelt field of an item': [
      {
        from: 'containerPort: 9090',
        to: 'containerport: 9090',
        evaluation:
          'container.withPorts: ports[1] has no field "containerport"; did you mean "containerPort"?',
      },
      {
        from: `operator: 'Exists'`,
        to: `operation: 'Exists'`,
        evaluation:
          'spec.template.spec.withTolerations: tolerations[0] has no field "operation"; did you mean "operator"?',
      },
      {
        from: 'valueFrom:',
        to: 'valuefrom:',
        evaluation: 'container.withEnv: env[2] has no field "valuefrom"; did you mean "valueFrom"?',
      },
    ],
    'missing field of an item': [
      {
        from: `{ name: 'metrics', containerPort: 9090 }`,
        to: `{ name: 'metrics' }`,
        evaluation: 'container.withPorts: ports[1] needs the field "containerPort"',
      },
      {
        from: `{ name: 'POD', valueFrom`,
        to: '{ valueFrom',
        evaluation: 'container.withEnv: env[2] needs the field "name"',
      },
    ],
    'wrong value in a map': [
      {
        from: `{ team: 'shop' }`,
        to: '{ team: 7 }',
        evaluation: 'metadata.withLabels: labels.team must be a string, got number 7',
      },
      {
        from: `{ note: 'first' }`,
        to: `{ note: ['first'] }`,
        evaluation: 'metadata.withAnnotationsMixin: annotations.note must be a string, got array',
      },
      {
        from: `{ disk: 'ssd' }`,
        to: '{ disk: true }',
        evaluation:
          'spec.template.spec.withNodeSelector: nodeSelector.disk must be a string, got boolean true',
      },
    ],
    'wrong quantity': [
      {
        from: `memory: '256Mi'`,
        to: `memory: '256MB'`,
        evaluation:
          'container.resources.withLimits: limits.memory must be a quantity such as "500m" or "2Gi", got string "256MB"',
      },
      {
        from: `'100m', '128Mi'`,
        to: `'100 m', '128Mi'`,
        evaluation:
          'container.withResourcesRequests: cpu must be a quantity such as "500m" or "2Gi", got string "100 m"',
      },
      {
        from: `'100m', '128Mi'`,
        to: `'100m', '128mb'`,
        evaluation:
          'container.withResourcesRequests: memory must be a quantity such as "500m" or "2Gi", got string "128mb"',
      },
    ],
    'deep inside an item': [
      {
        from: `fieldPath: 'metadata.name'`,
        to: `field: 'metadata.name'`,
        evaluation:
          'container.withEnv: env[2].valueFrom.fieldRef has no field "field"; it has apiVersion, fieldPath',
      },
      {
        from: `fieldPath: 'metadata.name'`,
        to: `fieldPath: ['metadata', 'name']`,
        evaluation:
          'container.withEnv: env[2].valueFrom.fieldRef.fieldPath must be a string, got array',
      },
    ],
    'wrong argument of a helper': [
      {
        from: `('web-config', '/etc/web')`,
        to: `({ name: 'web-config' }, '/etc/web')`,
        evaluation: 'deployment.configVolumeMount: name must be a string, got object',
      },
      {
        from: `('cache', '/var/cache')`,
        to: `('cache', '/var/cache', true)`,
        evaluation:
          'deployment.emptyVolumeMount: volumeMountMixin must be an object that is added to the volume mount, got boolean true',
      },
      {
        from: `('TOKEN', 'web', 'token')`,
        to: `('TOKEN', 'web', 0)`,
        evaluation: 'envVar.fromSecretRef: secretRefKey must be a string, got number 0',
      },
      {
        from: `container.new('web', 'nginx:1.29')`,
        to: `container.new('web', { image: 'nginx:1.29' })`,
        evaluation: 'container.new: image must be a string, got object',
      },
    ],
    'patch on the wrong object': [
      {
        from: `+ deployment.spec.template.spec.withServiceAccountName('web')`,
        to: `+ k.core.v1.pod.spec.withServiceAccountName('web')`,
        validation: 'unknown field "serviceAccountName"',
      },
      {
        from: '+ container.securityContext.withRunAsNonRoot(true);',
        to: '+ deployment.spec.withMinReadySeconds(1);',
        evaluation: 'deployment.new: containers[0] has no field "spec"',
      },
      {
        from: `+ deployment.spec.template.spec.withNodeSelector({ disk: 'ssd' })`,
        to: `+ container.withWorkingDir('/srv')`,
        validation: 'unknown field "workingDir"',
      },
    ],
    'null for a value': [
      {
        from: 'withMinReadySeconds(10)',
        to: 'withMinReadySeconds(null)',
        evaluation:
          'deployment.spec.withMinReadySeconds: minReadySeconds must be an integer, got null',
      },
      {
        from: `withServiceAccountName('web')`,
        to: 'withServiceAccountName(null)',
        evaluation:
          'spec.template.spec.withServiceAccountName: serviceAccountName must be a string, got null',
      },
      {
        from: `{ name: 'metrics', containerPort: 9090 }`,
        to: 'null',
        evaluation: 'container.withPorts: ports[1] must be an object, got null',
      },
    ],
    'same item twice': [
      {
        from: `{ name: 'metrics', containerPort: 9090 },`,
        to: `{ name: 'metrics', containerPort: 9090 }, { name: 'metrics', containerPort: 9090 },`,
        validation: 'the item has the same name as item 1 of the list',
      },
      {
        from: `envVar.new('LOG_LEVEL', 'info'),`,
        to: `envVar.new('LOG_LEVEL', 'info'), envVar.new('LOG_LEVEL', 'debug'),`,
        validation: 'the environment variable LOG_LEVEL is set twice, and the last one counts',
      },
      {
        from: '[web])',
        to: '[web, web])',
        validation: 'the item has the same name as item 0 of the list',
        near: VARIABLE,
      },
    ],
    'out of range': [
      {
        from: 'containerPort: 9090',
        to: 'containerPort: 90900',
        validation: 'containerPort is 90900, and must be 1 to 65535',
      },
      {
        from: 'withMinReadySeconds(10)',
        to: 'withMinReadySeconds(9999999999)',
        evaluation:
          'deployment.spec.withMinReadySeconds: minReadySeconds must be an integer of 32 bits, got number 9999999999',
      },
    ],
  },
};

export const APPS_VALUES: readonly Variant[] = [deployment];
