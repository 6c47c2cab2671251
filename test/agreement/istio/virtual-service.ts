import type { Json } from '../../../lib/model/node.ts';
import { istioObject } from './istio-object.ts';

/** A VirtualService of one host, bound to one Gateway. */
export function virtualService(spec: { readonly [key: string]: Json }) {
  return istioObject('VirtualService', {
    hosts: ['shop.example.com'],
    gateways: ['shop/web'],
    ...spec,
  });
}

/** Where a rule sends to. */
export const WEB = { destination: { host: 'web', port: { number: 80 } } };
/** Another Service, by its whole name. */
export const API = { destination: { host: 'api.shop.svc.cluster.local', port: { number: 80 } } };
