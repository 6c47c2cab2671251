import { API_SERVER, missing, noField } from '../says.ts';
import type { Variant } from '../variant.ts';

const policies: Variant = {
  name: 'rbac, autoscaling, policy, storage',
  inK8sLibsonnet: true,
  files: {
    'main.jsonnet': `local k = import 'k.libsonnet';
local role = k.rbac.v1.role;
local binding = k.rbac.v1.roleBinding;
local autoscaler = k.autoscaling.v2.horizontalPodAutoscaler;
local budget = k.policy.v1.podDisruptionBudget;
local storageClass = k.storage.v1.storageClass;

local reader =
  role.new('reader')
  + role.withRules([
    k.rbac.v1.policyRule.withApiGroups(['']) + k.rbac.v1.policyRule.withResources(['pods']) + k.rbac.v1.policyRule.withVerbs(['get', 'list']),
    { apiGroups: ['apps'], resources: ['deployments'], verbs: ['get'] },
  ]);

{
  role: reader,
  binding:
    binding.new('reader')
    + binding.bindRole(reader)
    + binding.withSubjects([{ kind: 'ServiceAccount', name: 'web', namespace: 'shop' }]),
  autoscaler:
    autoscaler.new('web')
    + autoscaler.spec.withMinReplicas(2)
    + autoscaler.spec.withMaxReplicas(8)
    + autoscaler.spec.scaleTargetRef.withApiVersion('apps/v1')
    + autoscaler.spec.scaleTargetRef.withKind('Deployment')
    + autoscaler.spec.scaleTargetRef.withName('web')
    + autoscaler.spec.withMetrics([
      {
        type: 'Resource',
        resource: { name: 'cpu', target: { type: 'Utilization', averageUtilization: 70 } },
      },
    ]),
  budget:
    budget.new('web')
    + budget.spec.withMinAvailable('50%')
    + budget.spec.selector.withMatchLabels({ name: 'web' }),
  storage:
    storageClass.new('fast')
    + storageClass.withProvisioner('ebs.csi.aws.com')
    + storageClass.withParameters({ type: 'gp3' })
    + storageClass.withReclaimPolicy('Retain')
    + storageClass.withAllowVolumeExpansion(true),
}
`,
  },
  mistakes: {
    'misspelt function': [
      { from: 'spec.withMinAvailable(', to: 'spec.withMinAvail(', ...noField('withMinAvail') },
      {
        from: 'withAllowVolumeExpansion(',
        to: 'withVolumeExpansion(',
        ...noField('withVolumeExpansion'),
      },
      { from: 'binding.bindRole(', to: 'binding.bindrole(', ...noField('bindrole') },
    ],
    'misspelt group, version or kind': [
      { from: 'k.autoscaling.v2.', to: 'k.autoscaling.v2beta2.', ...noField('v2beta2') },
      {
        from: 'k.policy.v1.podDisruptionBudget',
        to: 'k.policy.v1.poddisruptionbudget',
        ...noField('poddisruptionbudget'),
      },
      { from: 'k.rbac.v1.roleBinding', to: 'k.rbac.v1.rolebinding', ...noField('rolebinding') },
    ],
    'misspelt nested group': [
      {
        from: 'autoscaler.spec.scaleTargetRef.withKind',
        to: 'autoscaler.spec.scaleTarget.withKind',
        ...noField('scaleTarget'),
      },
      { from: 'budget.spec.selector.', to: 'budget.selector.', ...noField('selector') },
    ],
    'string for a number': [
      {
        from: 'withMaxReplicas(8)',
        to: `withMaxReplicas('8')`,
        evaluation:
          'horizontalPodAutoscaler.spec.withMaxReplicas: maxReplicas must be an integer, got string "8"',
      },
    ],
    'wrong kind of value': [
      {
        from: 'withAllowVolumeExpansion(true)',
        to: `withAllowVolumeExpansion('true')`,
        evaluation:
          'storageClass.withAllowVolumeExpansion: allowVolumeExpansion must be true or false, got string "true"',
      },
      {
        from: `withMinAvailable('50%')`,
        to: 'withMinAvailable(0.5)',
        evaluation:
          'podDisruptionBudget.spec.withMinAvailable: minAvailable must be an integer or a string, got number 0.5',
      },
      {
        from: `withVerbs(['get', 'list'])`,
        to: 'withVerbs({ get: true, list: true })',
        evaluation: 'policyRule.withVerbs: verbs must be a string or an array of them, got object',
      },
    ],
    'wrong value in a map': [
      {
        from: `{ type: 'gp3' }`,
        to: `{ type: 'gp3', iops: 3000 }`,
        evaluation:
          'storageClass.withParameters: parameters.iops must be a string, got number 3000',
      },
    ],
    'misspelt enum value': [
      {
        from: `withReclaimPolicy('Retain')`,
        to: `withReclaimPolicy('retain')`,
        evaluation:
          'storageClass.withReclaimPolicy: reclaimPolicy must be "Delete", "Recycle" or "Retain", got string "retain"',
      },
      { from: `type: 'Resource'`, to: `type: 'Resources'`, open: API_SERVER },
    ],
    'misspelt field of an item': [
      {
        from: `resources: ['deployments']`,
        to: `resource: ['deployments']`,
        evaluation: 'role.withRules: rules[1] has no field "resource"; did you mean "resources"?',
      },
      {
        from: `namespace: 'shop'`,
        to: `nameSpace: 'shop'`,
        evaluation:
          'roleBinding.withSubjects: subjects[0] has no field "nameSpace"; did you mean "namespace"?',
      },
    ],
    'missing field of an item': [
      {
        from: `, verbs: ['get'] }`,
        to: ' }',
        evaluation: 'role.withRules: rules[1] needs the field "verbs"',
      },
      {
        from: `{ kind: 'ServiceAccount', name`,
        to: '{ name',
        evaluation: 'roleBinding.withSubjects: subjects[0] needs the field "kind"',
      },
    ],
    'deep inside an item': [
      {
        from: 'averageUtilization: 70',
        to: 'averageUtilisation: 70',
        evaluation:
          'horizontalPodAutoscaler.spec.withMetrics: metrics[0].resource.target has no field "averageUtilisation"; did you mean "averageUtilization"?',
      },
      {
        from: 'averageUtilization: 70',
        to: `averageUtilization: '70%'`,
        evaluation:
          'horizontalPodAutoscaler.spec.withMetrics: metrics[0].resource.target.averageUtilization must be an integer, got string "70%"',
      },
    ],
    'field at the wrong level': [
      {
        from: `resource: { name: 'cpu', target: { type: 'Utilization', averageUtilization: 70 } },`,
        to: `resource: { name: 'cpu', type: 'Utilization', averageUtilization: 70 },`,
        evaluation:
          'horizontalPodAutoscaler.spec.withMetrics: metrics[0].resource has no field "averageUtilization"; it has name, target',
      },
    ],
    'out of range': [
      {
        from: 'withMaxReplicas(8)',
        to: 'withMaxReplicas(8.5)',
        evaluation:
          'horizontalPodAutoscaler.spec.withMaxReplicas: maxReplicas must be an integer, got number 8.5',
      },
    ],
    'wrong argument of a helper': [
      {
        from: 'binding.bindRole(reader)',
        to: `binding.bindRole('reader')`,
        evaluation:
          'roleBinding.bindRole: role must be a Role or ClusterRole with a name, got string "reader"',
      },
    ],
    'missing argument': [
      { from: `storageClass.new('fast')`, to: 'storageClass.new()', ...missing('name') },
    ],
    'patch on the wrong object': [
      {
        from: `+ storageClass.withReclaimPolicy('Retain')`,
        to: `+ k.core.v1.persistentVolume.spec.withPersistentVolumeReclaimPolicy('Retain')`,
        validation: 'unknown field "spec"',
      },
    ],
  },
};

export const POLICY: readonly Variant[] = [policies];
