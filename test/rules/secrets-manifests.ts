import { findingsIn } from './findings-in.ts';

/** The codes of what the rules on Secrets find. */
export async function codesIn(...manifests: object[]): Promise<string[]> {
  const found = await findingsIn(manifests.map((one) => JSON.stringify(one)).join('\n---\n'));
  return found.map(({ code }) => code).filter((code) => code.startsWith('secrets/'));
}

/** The messages of what the rules on Secrets find. */
export async function messagesIn(...manifests: object[]): Promise<string[]> {
  const found = await findingsIn(manifests.map((one) => JSON.stringify(one)).join('\n---\n'));
  return found.filter(({ code }) => code.startsWith('secrets/')).map(({ message }) => message);
}

/** A Secret of the namespace shop; `rest` replaces its data. */
export function secret(name: string, rest: object = {}, metadata: object = {}): object {
  const data = { stringData: { password: 'change-me' }, ...rest };
  const base = { apiVersion: 'v1', kind: 'Secret' };
  return { ...base, metadata: { name, namespace: 'shop', ...metadata }, ...data };
}

/** A ConfigMap of the namespace shop. */
export function configMap(name: string, data: object, metadata: object = {}): object {
  const base = { apiVersion: 'v1', kind: 'ConfigMap' };
  return { ...base, metadata: { name, namespace: 'shop', ...metadata }, data };
}

/** A Namespace. */
export function namespace(name: string): object {
  return { apiVersion: 'v1', kind: 'Namespace', metadata: { name } };
}

/** A Pod of the namespace shop with one container. */
export function pod(spec: object, container: object = {}, metadata: object = {}): object {
  return {
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: { name: 'web', namespace: 'shop', ...metadata },
    spec: { containers: [{ name: 'web', image: 'example.com/web:1', ...container }], ...spec },
  };
}

/** An Ingress of the namespace shop. */
export function ingress(entry: object, annotations: object = {}): object {
  return {
    apiVersion: 'networking.k8s.io/v1',
    kind: 'Ingress',
    metadata: { name: 'blog', namespace: 'shop', annotations },
    spec: { tls: [entry], defaultBackend: { service: { name: 'blog', port: { number: 80 } } } },
  };
}

/** The Service behind the Ingress. */
export const BLOG = {
  apiVersion: 'v1',
  kind: 'Service',
  metadata: { name: 'blog', namespace: 'shop' },
  spec: { selector: { app: 'blog' }, ports: [{ port: 80 }] },
};

/** An object of the namespace shop with a spec. */
export function custom(apiVersion: string, kind: string, name: string, spec: object): object {
  return { apiVersion, kind, metadata: { name, namespace: 'shop' }, spec };
}

/** Of the annotations of Reflector. */
export const PREFIX = 'reflector.v1.k8s.emberstack.com/';

/** Metadata with annotations of Reflector, by what follows its prefix. */
export function reflector(
  annotations: Readonly<Record<string, string>>,
  rest: object = {},
): object {
  const named = Object.entries(annotations).map(([key, value]) => [`${PREFIX}${key}`, value]);
  return { annotations: Object.fromEntries(named), ...rest };
}

/** Metadata by which Reflector makes mirrors. */
export function mirrored(auto: string, allowed?: string): object {
  return reflector({
    'reflection-allowed': 'true',
    'reflection-auto-enabled': 'true',
    ...(allowed === undefined ? {} : { 'reflection-allowed-namespaces': allowed }),
    'reflection-auto-namespaces': auto,
  });
}
