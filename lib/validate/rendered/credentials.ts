import { textOf, textsAt, type Item } from './items.ts';
import { remembered } from './remembered.ts';
import { terminatesTls, type IstioServer } from './istio-servers.ts';

/** What a server of an Istio Gateway names for its certificates. */
export interface Credential extends Item<string> {
  readonly kind: 'Secret' | 'ConfigMap';
  /** Only where the name says one. */
  readonly namespace: string | undefined;
  readonly name: string;
}

/** The Secrets with certificate and key that a server of an Istio Gateway reads; none where it reads none. */
export const serverCredentials = remembered((server: IstioServer): readonly Credential[] => {
  if (!terminatesTls(server)) return [];
  const path = [...server.path, 'tls'];
  const one = textOf(server.tls?.['credentialName']);
  const named = [
    ...(one === undefined ? [] : [{ path: [...path, 'credentialName'], value: one }]),
    ...textsAt(server.gateway.value, [...path, 'credentialNames']),
  ];
  return named.flatMap(readCredential);
});

/** What `caCertCredentialName` of a server names; undefined when it names nothing. */
export function caCredential(server: IstioServer): Credential | undefined {
  const value = textOf(server.tls?.['caCertCredentialName']);
  if (value === undefined || !terminatesTls(server)) return undefined;
  return readCredential({ path: [...server.path, 'tls', 'caCertCredentialName'], value })[0];
}

/**
 * Reads `NAME`, `kubernetes://NAME`, `kubernetes://NAMESPACE/NAME` and `configmap://NAMESPACE/NAME`.
 * Source: istio/istio, pilot/pkg/model/credentials, ParseResourceName.
 *
 * @returns none for what names no object, such as `builtin://`.
 */
function readCredential({ path, value }: Item<string>): Credential[] {
  const [, scheme = 'kubernetes', rest = ''] = /^(?:([a-z-]+):\/\/)?(.*)$/s.exec(value) ?? [];
  if (scheme === 'builtin' || scheme === 'invalid') return [];
  const [first = '', second] = rest.split('/');
  return [
    {
      path,
      value,
      kind: scheme === 'configmap' ? 'ConfigMap' : 'Secret',
      namespace: second === undefined ? undefined : first,
      name: second ?? first,
    },
  ];
}
