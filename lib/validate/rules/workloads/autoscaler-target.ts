import { groupOf } from '../../rendered/rendered-objects.ts';
import type { Rule } from '../rule.ts';
import { kindRule } from './support/own-pods.ts';

/** An autoscaler whose target nothing rendered is: it does nothing, and says so only in its conditions. */
export const autoscalerTarget: Rule = {
  ...kindRule(
    'workloads/autoscaler-target',
    ['autoscaling/HorizontalPodAutoscaler'],
    function* (object, objects) {
      const reference = object.in('spec', 'scaleTargetRef');
      const { apiVersion, kind, name } = reference.fields;
      const { namespace } = object.on.resource;
      if (typeof apiVersion !== 'string' || typeof kind !== 'string' || typeof name !== 'string')
        return;
      if (name === '' || objects.find(groupOf(apiVersion), kind, { namespace, name })) return;
      const other = objects
        .of(groupOf(apiVersion), kind)
        .find(({ resource }) => resource.name === name);
      yield reference
        .at('name')
        .wrong(
          other === undefined
            ? `no ${kind} ${name} is rendered in the namespace ${namespace ?? ''}`
            : `the ${kind} ${name} is in the namespace ${other.resource.namespace ?? ''}, the autoscaler in ${namespace ?? ''}`,
          {
            expected: 'the name of a workload in the namespace of the autoscaler',
            hint: 'It scales workloads of its own namespace only. When the cluster or another environment has the target, accept this finding.',
          },
        );
    },
  ),
  looksForAbsence: true,
};
