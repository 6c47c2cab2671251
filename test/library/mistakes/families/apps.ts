import { missing, noField, noParameter, tooMany } from '../says.ts';
import { DEPLOYMENT } from './deployment-program.ts';
import type { Variant } from '../variant.ts';

const deployment: Variant = {
  name: 'apps: a Deployment, names and arguments',
  inK8sLibsonnet: true,
  files: DEPLOYMENT,
  mistakes: {
    'misspelt function': [
      {
        from: 'spec.withMinReadySeconds(',
        to: 'spec.withMinReadySecond(',
        ...noField('withMinReadySecond'),
      },
      {
        from: 'spec.withServiceAccountName(',
        to: 'spec.withServiceaccountName(',
        ...noField('withServiceaccountName'),
      },
      {
        from: 'container.withImagePullPolicy(',
        to: 'container.withImagePolicy(',
        ...noField('withImagePolicy'),
      },
      { from: 'metadata.withLabels(', to: 'metadata.withLabel(', ...noField('withLabel') },
      {
        from: 'deployment.configVolumeMount(',
        to: 'deployment.configVolumeMounts(',
        ...noField('configVolumeMounts'),
      },
      {
        from: 'deployment.spec.withMinReadySeconds(',
        to: 'deployment.mixin.spec.withMinReadySecond(',
        evaluation: 'Field does not exist: withMinReadySecond',
      },
      {
        from: 'containerPort.newNamed(',
        to: 'containerPort.newWithName(',
        ...noField('newWithName'),
      },
    ],
    'misspelt group, version or kind': [
      { from: 'k.apps.v1.deployment', to: 'k.app.v1.deployment', ...noField('app') },
      { from: 'k.apps.v1.deployment', to: 'k.apps.v1beta1.deployment', ...noField('v1beta1') },
      { from: 'k.apps.v1.deployment', to: 'k.apps.v1.Deployment', ...noField('Deployment') },
      { from: 'k.core.v1.envVar', to: 'k.core.v1.envvar', ...noField('envvar') },
    ],
    'misspelt nested group': [
      {
        from: 'strategy.rollingUpdate.',
        to: 'strategy.rollingupdate.',
        ...noField('rollingupdate'),
      },
      {
        from: 'deployment.spec.strategy.withType',
        to: 'deployment.spec.stratgy.withType',
        ...noField('stratgy'),
      },
      {
        from: 'container.securityContext.',
        to: 'container.securitycontext.',
        ...noField('securitycontext'),
      },
      {
        from: 'readinessProbe.httpGet.withPath',
        to: 'readinessProbe.http.withPath',
        ...noField('http'),
      },
      {
        from: 'template.spec.withNodeSelector',
        to: 'template.withNodeSelector',
        ...noField('withNodeSelector'),
      },
    ],
    'missing argument': [
      { from: `'nginx:1.29'`, to: '', ...missing('image') },
      {
        from: 'withMinReadySeconds(10)',
        to: 'withMinReadySeconds()',
        ...missing('minReadySeconds'),
      },
      {
        from: `fromSecretRef('TOKEN', 'web', 'token')`,
        to: `fromSecretRef('TOKEN', 'token')`,
        ...missing('secretRefKey'),
      },
      { from: `('web-config', '/etc/web')`, to: `('web-config')`, ...missing('path') },
      {
        from: `deployment.new('web', 3, [web])`,
        to: `deployment.new('web', 3)`,
        evaluation:
          'deployment.new: containers must be given: a container or an array of containers',
      },
    ],
    'too many arguments': [
      { from: 'withMinReadySeconds(10)', to: 'withMinReadySeconds(10, 20)', ...tooMany(1) },
      { from: `withNamespace('shop')`, to: `withNamespace('shop', 'test')`, ...tooMany(1) },
      {
        from: `envVar.new('LOG_LEVEL', 'info')`,
        to: `envVar.new('LOG_LEVEL', 'info', true)`,
        ...tooMany(2),
      },
    ],
    'wrong name of an argument': [
      {
        from: 'withMinReadySeconds(10)',
        to: 'withMinReadySeconds(seconds=10)',
        ...noParameter('seconds'),
      },
      {
        from: `deployment.new('web', 3, [web])`,
        to: `deployment.new('web', replica=3, containers=[web])`,
        ...noParameter('replica'),
      },
      {
        from: `('web-config', '/etc/web')`,
        to: `('web-config', mountPath='/etc/web')`,
        ...noParameter('mountPath'),
      },
    ],
  },
};

export const APPS: readonly Variant[] = [deployment];
