import type { Json } from '../../../../lib/model/node.ts';
import { type DefectClass, edited, type Valid } from '../corpus.ts';

/** What breaks a rule of `x-kubernetes-validations`: the kind, the place, the value. */
const BROKEN: readonly (readonly [string, readonly (string | number)[], Json])[] = [
  ['HTTPRoute', ['spec', 'rules', 0, 'matches', 0, 'path', 'value'], 'no-slash'],
  ['HTTPRoute', ['spec', 'rules', 0, 'matches', 0, 'path', 'value'], '/a//b'],
  ['HTTPRoute', ['spec', 'rules', 0, 'matches', 0, 'path', 'value'], '/a/../b'],
  ['HTTPRoute', ['spec', 'rules', 0, 'timeouts'], { request: '1s', backendRequest: '5s' }],
  ['HTTPRoute', ['spec', 'rules', 0, 'filters', 0, 'type'], 'RequestRedirect'],
  ['HTTPRoute', ['spec', 'parentRefs', 1], { name: 'edge', sectionName: 'http' }],
  ['HTTPRoute', ['spec', 'rules', 0, 'backendRefs', 0], { name: 'web' }],
  ['GRPCRoute', ['spec', 'rules', 0, 'matches', 0, 'method'], {}],
  ['GRPCRoute', ['spec', 'rules', 0, 'matches', 0, 'method', 'service'], '1'],
  ['Gateway', ['spec', 'listeners', 0, 'tls'], { mode: 'Terminate' }],
  ['Gateway', ['spec', 'listeners', 1, 'tls', 'certificateRefs'], []],
  ['Gateway', ['spec', 'listeners', 1, 'name'], 'http'],
];

/** Rules that CRDs write in CEL. */
export const celRules: DefectClass = {
  name: 'CEL rule',
  cases: (valid) =>
    BROKEN.map(([kind, path, wrong]) => {
      const one = valid.find(
        (each) =>
          each.kind.kind === kind && each.kind.apiVersion.startsWith('gateway.networking.k8s.io/'),
      ) as Valid;
      return {
        name: `${kind}: ${path.join('.')} is ${JSON.stringify(wrong)}`,
        value: edited(one, path, wrong),
      };
    }),
};
