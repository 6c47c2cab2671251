import { createPrivateKey, sign } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { KubeConfig } from '@kubernetes/client-node';
import { execa } from 'execa';
import { type ApiServer, CONTEXT } from './api-server.ts';
import { askClusterJson } from './ask-cluster.ts';
import { writeKubeconfig } from './kubeconfig.ts';

/** One rule of RBAC, such as `{ apiGroups: [''], resources: ['secrets'], verbs: ['get'] }`. */
export interface RbacRule {
  readonly apiGroups: readonly string[];
  readonly resources: readonly string[];
  readonly verbs: readonly string[];
}

/** A ServiceAccount of the namespace `default`, and what it may do in the whole cluster. */
export interface ClusterUser {
  /** Of the ServiceAccount, its ClusterRole, and the context in its kubeconfig. */
  readonly name: string;
  readonly rules: readonly RbacRule[];
}

/** Everything. */
export const ALL_RESOURCES: RbacRule = { apiGroups: ['*'], resources: ['*'], verbs: ['*'] };

/**
 * Makes a user, or changes what one of that name may do.
 *
 * @returns its token.
 */
export async function makeUser(server: ApiServer, { name, rules }: ClusterUser): Promise<string> {
  const rbac = 'rbac.authorization.k8s.io';
  const role = { kind: 'ClusterRole', metadata: { name }, rules };
  const account = { kind: 'ServiceAccount', metadata: { name, namespace: 'default' } };
  const binding = {
    kind: 'ClusterRoleBinding',
    metadata: { name },
    roleRef: { apiGroup: rbac, kind: 'ClusterRole', name },
    subjects: [{ kind: 'ServiceAccount', name, namespace: 'default' }],
  };
  await server.applyManifests([
    { apiVersion: 'v1', ...account },
    { apiVersion: `${rbac}/v1`, ...role },
    { apiVersion: `${rbac}/v1`, ...binding },
  ]);
  const answer = (await askClusterJson(server.kubeconfig, {
    method: 'POST',
    path: `/api/v1/namespaces/default/serviceaccounts/${name}/token`,
    body: { apiVersion: 'authentication.k8s.io/v1', kind: 'TokenRequest', spec: {} },
  })) as { readonly status: { readonly token: string } };
  return answer.status.token;
}

/**
 * Makes a user with a kubeconfig of its own.
 *
 * @returns absolute path of the kubeconfig, whose only context has the user's name.
 */
export async function userKubeconfig(server: ApiServer, user: ClusterUser): Promise<string> {
  const token = await makeUser(server, user);
  return kubeconfigOf(server, user.name, token);
}

/**
 * Makes a user who may do everything, and whose token has expired an hour ago. It is signed by the cluster's own key.
 *
 * @returns absolute path of the kubeconfig.
 */
export async function expiredKubeconfig(server: ApiServer): Promise<string> {
  const name = 'expired';
  const token = await makeUser(server, { name, rules: [ALL_RESOURCES] });
  const key = await readFile(path.join(server.directory, 'service-accounts.key'), 'utf8');
  return kubeconfigOf(server, name, expire(token, key));
}

/**
 * A kubeconfig of the server's own user, in which the authority of the certificate is another one.
 *
 * @returns absolute path of the kubeconfig.
 */
export async function wrongAuthorityKubeconfig(server: ApiServer): Promise<string> {
  const certificate = path.join(server.directory, 'other-authority.crt');
  const key = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-nodes'];
  const output = ['-keyout', '/dev/null', '-out', certificate, '-subj', '/CN=other'];
  await execa('openssl', ['req', '-x509', ...key, ...output]);
  const config = new KubeConfig();
  config.loadFromFile(server.kubeconfig);
  const token = config.getCurrentUser()?.token ?? '';
  const file = path.join(server.directory, 'kubeconfig-wrong-authority');
  await writeKubeconfig(file, [{ name: CONTEXT, server: server.url, certificate, token }]);
  return file;
}

/** @param token a JSON Web Token. Its times are set back so that it has ended. */
function expire(token: string, key: string): string {
  const [header = '', payload = ''] = token.split('.');
  const hour = 3600;
  const now = Math.floor(Date.now() / 1000);
  const claims = {
    ...(JSON.parse(Buffer.from(payload, 'base64url').toString('utf8')) as object),
    iat: now - 2 * hour,
    nbf: now - 2 * hour,
    exp: now - hour,
  };
  const signed = `${header}.${Buffer.from(JSON.stringify(claims)).toString('base64url')}`;
  const signature = sign('sha256', Buffer.from(signed), {
    key: createPrivateKey(key),
    // RFC 7518, section 3.4.
    dsaEncoding: 'ieee-p1363',
  });
  return `${signed}.${signature.toString('base64url')}`;
}

async function kubeconfigOf(server: ApiServer, name: string, token: string): Promise<string> {
  const file = path.join(server.directory, `kubeconfig-${name}`);
  const { url, certificate } = server;
  await writeKubeconfig(file, [{ name, server: url, certificate, token }]);
  return file;
}
