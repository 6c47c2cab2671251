import { missing, noField } from '../says.ts';
import type { Variant } from '../variant.ts';

const cronJob: Variant = {
  name: 'batch: a CronJob and a Job',
  inK8sLibsonnet: true,
  files: {
    'main.jsonnet': `local k = import 'k.libsonnet';
local cronJob = k.batch.v1.cronJob;
local job = k.batch.v1.job;
local container = k.core.v1.container;

{
  nightly:
    cronJob.new('nightly', '0 3 * * *', [
      container.new('dump', 'postgres:18')
      + container.withCommand(['pg_dump', '--file=/backup/dump'])
      + container.withEnvFrom([{ secretRef: { name: 'postgres' } }]),
    ])
    + cronJob.spec.withConcurrencyPolicy('Forbid')
    + cronJob.spec.withSuccessfulJobsHistoryLimit(1)
    + cronJob.spec.jobTemplate.spec.withBackoffLimit(2)
    + cronJob.spec.jobTemplate.spec.template.spec.withRestartPolicy('OnFailure')
    + cronJob.secretVolumeMount('postgres', '/secrets', 288),
  once:
    job.new('once')
    + job.spec.withTtlSecondsAfterFinished(600)
    + job.spec.template.spec.withRestartPolicy('Never')
    + job.spec.template.spec.withContainers([
      { name: 'migrate', image: 'shop:4', args: ['migrate'], resources: { limits: { memory: '1Gi' } } },
    ]),
}
`,
  },
  mistakes: {
    'misspelt function': [
      {
        from: 'withSuccessfulJobsHistoryLimit(',
        to: 'withSuccessfulJobHistoryLimit(',
        ...noField('withSuccessfulJobHistoryLimit'),
      },
      {
        from: 'withTtlSecondsAfterFinished(',
        to: 'withTTLSecondsAfterFinished(',
        ...noField('withTTLSecondsAfterFinished'),
      },
    ],
    'misspelt group, version or kind': [
      { from: 'k.batch.v1.cronJob', to: 'k.batch.v1.cronjob', ...noField('cronjob') },
    ],
    'misspelt nested group': [
      {
        from: 'cronJob.spec.jobTemplate.spec.withBackoffLimit',
        to: 'cronJob.spec.jobTemplates.spec.withBackoffLimit',
        ...noField('jobTemplates'),
      },
      {
        from: 'job.spec.template.spec.withContainers',
        to: 'job.spec.tempalte.spec.withContainers',
        ...noField('tempalte'),
      },
    ],
    'field at the wrong level': [
      {
        from: 'jobTemplate.spec.template.spec.withRestartPolicy',
        to: 'jobTemplate.spec.withRestartPolicy',
        ...noField('withRestartPolicy'),
      },
      {
        from: `resources: { limits: { memory: '1Gi' } }`,
        to: `limits: { memory: '1Gi' }`,
        evaluation: 'spec.template.spec.withContainers: containers[0] has no field "limits"',
      },
    ],
    'string for a number': [
      {
        from: 'withBackoffLimit(2)',
        to: `withBackoffLimit('2')`,
        evaluation:
          'cronJob.spec.jobTemplate.spec.withBackoffLimit: backoffLimit must be an integer, got string "2"',
      },
      {
        from: `'/secrets', 288)`,
        to: `'/secrets', '0440')`,
        evaluation:
          'cronJob.secretVolumeMount: defaultMode must be an integer, such as 256 for the octal 0400, got string "0440"',
      },
    ],
    'wrong kind of value': [
      {
        from: `withCommand(['pg_dump', '--file=/backup/dump'])`,
        to: `withCommand({ pg_dump: '--file=/backup/dump' })`,
        evaluation:
          'container.withCommand: command must be a string or an array of them, got object',
      },
      {
        from: `args: ['migrate']`,
        to: `args: 'migrate'`,
        evaluation:
          'spec.template.spec.withContainers: containers[0].args must be an array, got string',
      },
    ],
    'misspelt enum value': [
      {
        from: `'Forbid'`,
        to: `'Forbidden'`,
        evaluation:
          'cronJob.spec.withConcurrencyPolicy: concurrencyPolicy must be "Allow", "Forbid" or "Replace", got string "Forbidden"',
      },
      {
        from: `'OnFailure'`,
        to: `'OnFailures'`,
        evaluation:
          'cronJob.spec.jobTemplate.spec.template.spec.withRestartPolicy: restartPolicy must be "Always", "Never" or "OnFailure", got string "OnFailures"',
      },
    ],
    'misspelt field of an item': [
      {
        from: 'secretRef:',
        to: 'secretKeyRef:',
        evaluation:
          'container.withEnvFrom: envFrom[0] has no field "secretKeyRef"; it has configMapRef, prefix, secretRef',
      },
      {
        from: `args: ['migrate']`,
        to: `arg: ['migrate']`,
        evaluation:
          'spec.template.spec.withContainers: containers[0] has no field "arg"; did you mean "args"?',
      },
    ],
    'missing field of an item': [
      {
        from: `{ name: 'migrate', image: 'shop:4'`,
        to: `{ image: 'shop:4'`,
        evaluation: 'spec.template.spec.withContainers: containers[0] needs the field "name"',
      },
    ],
    'wrong quantity': [
      {
        from: `memory: '1Gi'`,
        to: `memory: '1G i'`,
        evaluation:
          'spec.template.spec.withContainers: containers[0].resources.limits.memory must be a quantity such as "500m" or "2Gi", got string "1G i"',
      },
    ],
    'deep inside an item': [
      {
        from: `limits: { memory: '1Gi' }`,
        to: `limit: { memory: '1Gi' }`,
        evaluation:
          'spec.template.spec.withContainers: containers[0].resources has no field "limit"; did you mean "limits"?',
      },
      {
        from: `limits: { memory: '1Gi' }`,
        to: `limits: ['1Gi']`,
        evaluation:
          'spec.template.spec.withContainers: containers[0].resources.limits must be an object, got array',
      },
    ],
    'wrong argument of a helper': [
      {
        from: `'0 3 * * *'`,
        to: '3',
        evaluation: 'cronJob.new: schedule must be a string, got number 3',
      },
      {
        from: `cronJob.secretVolumeMount('postgres', '/secrets', 288)`,
        to: 'cronJob.mapContainers(container.withTty(true))',
        evaluation: 'cronJob.mapContainers: f must be a function of a container, got object',
      },
    ],
    'patch on the wrong object': [
      {
        from: `+ job.spec.template.spec.withRestartPolicy('Never')`,
        to: `+ k.core.v1.pod.spec.withRestartPolicy('Never')`,
        validation: 'unknown field "restartPolicy"',
      },
      {
        from: '+ cronJob.spec.jobTemplate.spec.withBackoffLimit(2)',
        to: '+ job.spec.withBackoffLimit(2)',
        validation: 'unknown field "backoffLimit"',
      },
    ],
    'null for a value': [
      {
        from: `job.new('once')`,
        to: 'job.new(null)',
        evaluation: 'job.new: name must be a string, got null',
      },
    ],
    'missing argument': [
      { from: `'postgres', '/secrets', 288`, to: `'postgres'`, ...missing('path') },
    ],
  },
};

export const BATCH: readonly Variant[] = [cronJob];
