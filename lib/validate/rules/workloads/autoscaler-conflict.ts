import { groupOf } from '../../rendered/rendered-objects.ts';
import type { Rule } from '../rule.ts';
import { Place } from './support/place.ts';

/**
 * Two autoscalers for one workload: their controller finds the selector ambiguous, and scales it for neither.
 * Source: k8s.io/kubernetes v1.36.3 pkg/controller/podautoscaler/horizontal.go, AmbiguousSelector.
 */
export const autoscalerConflict: Rule = {
  code: 'workloads/autoscaler-conflict',
  *check(objects) {
    const seen = new Map<string, string>();
    for (const manifest of objects.of('autoscaling', 'HorizontalPodAutoscaler')) {
      const target = Place.of(manifest, ['spec', 'scaleTargetRef']);
      const { apiVersion, kind, name } = target.fields;
      if (typeof kind !== 'string' || typeof name !== 'string') continue;
      const key = [
        manifest.resource.namespace,
        groupOf(typeof apiVersion === 'string' ? apiVersion : ''),
        kind,
        name,
      ].join('/');
      const other = seen.get(key);
      seen.set(key, manifest.resource.name);
      if (other === undefined || other === manifest.resource.name) continue;
      yield target
        .at('name')
        .wrong(`the autoscaler ${other} has the same target, ${kind} ${name}: neither scales it`, {
          hint: 'Keep one autoscaler, with the metrics of both.',
        });
    }
  },
};
