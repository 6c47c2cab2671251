import { Failure } from '../finding/failure.ts';

/** What a message may say of a cluster. */
interface NamedCluster {
  readonly context: string;
  readonly server: string;
  readonly user: string;
}

/**
 * The failure for a request that got no answer.
 *
 * @param error of node:https; only its code and, of a system call, its message are shown, since a proxy's may have
 *   its password.
 * @param timeoutMs the time limit, when it was over.
 */
export function connectionFailure(
  cluster: NamedCluster,
  error: unknown,
  timeoutMs: number | undefined,
): Failure {
  const what = `cannot reach the cluster ${cluster.context} at ${cluster.server}`;
  if (timeoutMs !== undefined)
    return new Failure('cluster', `${what}: no answer within ${timeoutMs / 1000} s`, {
      hint: 'Check the network, the VPN and the proxy.',
    });
  const { code = 'unknown reason', syscall } = error as NodeJS.ErrnoException;
  if (isTls(code))
    return new Failure('cluster', `${what}: ${TLS_REASONS[code] ?? 'TLS failed'} (${code})`, {
      hint: 'Check certificate-authority(-data) and tls-server-name of the cluster in the kubeconfig, and the clock.',
    });
  const reason = REASONS[code] ?? (syscall === undefined ? 'the connection failed' : syscall);
  return new Failure('cluster', `${what}: ${reason} (${code})`, {
    hint: 'Check that the server runs and that its address in the kubeconfig is right; and the network, the VPN and the proxy.',
  });
}

const REASONS: Readonly<Record<string, string>> = {
  ECONNREFUSED: 'connection refused',
  ECONNRESET: 'the connection was closed',
  ENOTFOUND: 'there is no such host',
  EAI_AGAIN: 'the name server does not answer',
  EHOSTUNREACH: 'there is no way to the host',
  ENETUNREACH: 'there is no way to the network',
  ETIMEDOUT: 'no answer',
};

const TLS_REASONS: Readonly<Record<string, string>> = {
  CERT_HAS_EXPIRED: 'its certificate has expired',
  CERT_NOT_YET_VALID: 'its certificate is not valid yet',
  ERR_TLS_CERT_ALTNAME_INVALID: 'its certificate is for another name',
  EPROTO: 'it does not speak TLS',
};

/** Source of the names: `X509 certificate error codes` and `OpenSSL Error Codes` in the documentation of Node. */
function isTls(code: string): boolean {
  return /CERT|SIGNATURE|_CRL|^ERR_(TLS|SSL|OSSL)|^EPROTO$/.test(code);
}

/**
 * The failure for an answer that is none.
 *
 * @param status of HTTP, not 200.
 * @param path what was asked for.
 */
export function statusFailure(cluster: NamedCluster, status: number, path: string): Failure {
  const { context, server, user } = cluster;
  if (status === 401)
    return new Failure('cluster', `${server} refused the credentials of the user ${user} (401)`, {
      hint: `They may have expired: log in again. The context is ${context}.`,
    });
  if (status === 403)
    return new Failure('cluster', `${server} does not let the user ${user} read ${path} (403)`, {
      hint: /^\/(?:openapi|version)\b/.test(path)
        ? 'Every user may read it through the ClusterRole system:discovery: ask who runs the cluster to bind it.'
        : `\`kubectl --context ${context} auth can-i --list\` shows what the user may do.`,
    });
  if (status === 404 && path === '/openapi/v3')
    return new Failure('cluster', `${server} has no ${path} (404)`, {
      hint: 'Kubernetes has it from 1.24 on. Check that the server is a Kubernetes API server.',
    });
  return new Failure('cluster', `${server}${path} answered with HTTP status ${status}`, {
    hint: `Try again; \`kubectl --context ${context} get --raw ${path}\` shows the whole answer.`,
  });
}

/**
 * What the API server says in an answer.
 *
 * @param path what was asked for.
 * @throws Failure `cluster` when the answer is no object, such as a page to log in, of a proxy.
 */
export function readObject(
  { server, context }: Pick<NamedCluster, 'server' | 'context'>,
  body: string,
  path: string,
): Record<string, unknown> {
  const value = parsed(body);
  if (typeof value === 'object' && value !== null) return value as Record<string, unknown>;
  throw new Failure('cluster', `${server}${path} answered with something that is no JSON object`, {
    hint: `Check that the server of the context ${context} is a Kubernetes API server, and that no proxy answers in its place.`,
  });
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
