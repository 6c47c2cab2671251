import type { Json } from '../../../lib/model/node.ts';
import type { KubernetesObject } from './edit.ts';

/** An object of Istio's networking group in the namespace `shop`. */
export function istioObject(kind: string, spec: Json): KubernetesObject {
  return {
    apiVersion: 'networking.istio.io/v1',
    kind,
    metadata: { name: 'shop', namespace: 'shop' },
    spec,
  };
}
