import http from 'node:http';
import https from 'node:https';
import { text } from 'node:stream/consumers';
import { setTimeout as sleep } from 'node:timers/promises';
import type { KubeConfig } from '@kubernetes/client-node';
import { Failure } from '../finding/failure.ts';
import { connectionFailure, statusFailure } from './cluster-failure.ts';
import type { ClusterChoice } from './cluster-choice.ts';
import { shownAddress } from './shown-address.ts';
import { loadKubeconfig } from './kubeconfig.ts';

/** A server that says nothing for so long will not answer. */
const REQUEST_TIMEOUT_MS = 30_000;
/** Credential plugins may talk to a cloud first. */
const CREDENTIALS_TIMEOUT_MS = 60_000;

/** How often a request is sent again that the server puts off. Source: client-go v0.36, `maxRetries` of rest/request.go. */
const RETRIES = 10;
/** The longest that one answer may put a request off. */
const LONGEST_WAIT_S = 30;

/** Which cluster is meant, and how to stop. */
export interface ConnectOptions extends ClusterChoice {
  readonly signal?: AbortSignal;
}

/** A cluster that can be asked. */
export interface ClusterConnection {
  /** Name of the context. */
  readonly context: string;
  /** Address of the API server, without credentials. */
  readonly server: string;
  /** Name of the user in the kubeconfig. */
  readonly user: string;
  /**
   * Reads a path of the API.
   *
   * @param path such as `/openapi/v3`, without a query.
   * @throws Failure `cluster` when the server does not answer with JSON; `interrupted` on abort.
   */
  getJson(path: string): Promise<unknown>;
  /**
   * Sends a request, whatever the answer.
   *
   * @throws Failure `cluster` when there is no answer; `interrupted` on abort.
   */
  request(request: ClusterRequest): Promise<ClusterAnswer>;
}

/** A request to the API server. */
export interface ClusterRequest {
  /** @default 'GET' */
  readonly method?: 'GET' | 'PATCH';
  /** Such as `/api/v1/namespaces/default/pods/web/log`, each segment encoded. */
  readonly path: string;
  readonly query?: Readonly<Record<string, string>>;
  readonly body?: string;
  /** Of the body, such as `application/apply-patch+yaml`. */
  readonly contentType?: string;
}

/** What the API server answered. */
export interface ClusterAnswer {
  /** Of HTTP. */
  readonly status: number;
  /** Values of Secrets may be in it. */
  readonly body: string;
}

/**
 * Finds out how to talk to a cluster, from the kubeconfig and with its credential plugins. Sends nothing to it.
 *
 * @throws Failure `cluster` when the kubeconfig or the credentials cannot be had; `interrupted` on abort.
 */
export async function connectCluster(options: ConnectOptions): Promise<ClusterConnection> {
  const config = await loadKubeconfig(options);
  const address = serverAddress(config);
  const connection = {
    context: config.currentContext,
    server: shownAddress(address.href),
    user: config.getCurrentUser()?.name ?? '',
  };
  const request = await requestOptions(config, connection, options.signal);
  const ask = async ({ path, query = {}, ...rest }: ClusterRequest): Promise<ClusterAnswer> => {
    const url = new URL(address);
    url.pathname = url.pathname.replace(/\/$/, '') + path;
    for (const [key, value] of Object.entries(query)) url.searchParams.append(key, value);
    const sent = { ...request, ...withBody(request, rest) };
    for (let retries = 0; ; retries += 1) {
      const { waitS, ...answer } = await send(url, sent, rest.body, connection, options.signal);
      if (waitS === undefined || retries === RETRIES) return answer;
      await wait(waitS, connection, options.signal);
    }
  };
  return {
    ...connection,
    getJson: async (path) => readJson(await ask({ path }), connection, path),
    request: ask,
  };
}

function withBody(
  { headers }: https.RequestOptions,
  { method = 'GET', contentType }: Pick<ClusterRequest, 'method' | 'contentType'>,
): https.RequestOptions {
  if (contentType === undefined) return { method };
  return { method, headers: { ...(headers as object), 'Content-Type': contentType } };
}

function serverAddress(config: KubeConfig): URL {
  const cluster = config.getCurrentCluster();
  const address = URL.canParse(cluster?.server ?? '') ? new URL(cluster?.server ?? '') : undefined;
  if (address?.protocol === 'https:' || (address?.protocol === 'http:' && cluster?.skipTLSVerify))
    return address;
  const problem =
    address?.protocol === 'http:'
      ? `is ${shownAddress(address.href)}, without TLS, which would show the credentials to the network`
      : 'is no https address';
  throw new Failure('cluster', `the server of the cluster ${cluster?.name} ${problem}`, {
    hint:
      'Mend its `server` in the kubeconfig. For a proxy on this machine, such as `kubectl proxy`, ' +
      'set `insecure-skip-tls-verify: true` beside it.',
  });
}

type Named = Pick<ClusterConnection, 'context' | 'server' | 'user'>;

async function requestOptions(
  config: KubeConfig,
  named: Named,
  signal: AbortSignal | undefined,
): Promise<https.RequestOptions> {
  const options: https.RequestOptions = { headers: { Accept: 'application/json' } };
  const limits = [
    AbortSignal.timeout(CREDENTIALS_TIMEOUT_MS),
    ...(signal === undefined ? [] : [signal]),
  ];
  const limit = AbortSignal.any(limits);
  try {
    await Promise.race([config.applyToHTTPSOptions(options), rejection(limit)]);
    return options;
  } catch (error) {
    if (signal?.aborted === true) throw interrupted(named);
    throw credentialsFailure(config, named, error);
  }
}

async function rejection(signal: AbortSignal): Promise<never> {
  return new Promise((_resolve, reject) => {
    const stop = (): void => reject(new Error('aborted', { cause: signal.reason }));
    if (signal.aborted) stop();
    else signal.addEventListener('abort', stop, { once: true });
  });
}

/** What a plugin wrote is not shown: it may be the credentials. */
function credentialsFailure(config: KubeConfig, named: Named, error: unknown): Failure {
  const { code, path: file } = error as NodeJS.ErrnoException;
  const exec = (config.getCurrentUser() as { exec?: { command?: string } } | null)?.exec;
  const reason =
    code === 'ENOENT' && exec?.command !== undefined
      ? `its credential plugin ${exec.command} is not installed`
      : code !== undefined && file !== undefined
        ? `cannot read ${file} (${code})`
        : exec?.command === undefined
          ? 'they could not be obtained'
          : `its credential plugin ${exec.command} gave none`;
  return new Failure('cluster', `no credentials for the user ${named.user}: ${reason}`, {
    hint: `\`kubectl --context ${named.context} version\` shows more of it; logging in again may help.`,
  });
}

/** An answer, and the seconds after which the server wants to be asked again. */
type SentAnswer = ClusterAnswer & { readonly waitS?: number };

/** As kubectl does, which tk calls: an API server that has too much to do answers so. */
function waitOf({ statusCode = 0, headers }: http.IncomingMessage): { waitS?: number } {
  const seconds = Number(headers['retry-after'] ?? Number.NaN);
  const isPutOff = (statusCode === 429 || statusCode >= 500) && seconds >= 0;
  return isPutOff ? { waitS: Math.min(seconds, LONGEST_WAIT_S) } : {};
}

async function wait(seconds: number, named: Named, signal: AbortSignal | undefined): Promise<void> {
  try {
    await sleep(seconds * 1000, undefined, signal === undefined ? {} : { signal });
  } catch {
    throw interrupted(named);
  }
}

async function send(
  url: URL,
  options: https.RequestOptions,
  body: string | undefined,
  named: Named,
  signal: AbortSignal | undefined,
): Promise<SentAnswer> {
  const timeout = AbortSignal.timeout(REQUEST_TIMEOUT_MS);
  const any = AbortSignal.any(signal === undefined ? [timeout] : [timeout, signal]);
  const { request } = url.protocol === 'http:' ? http : https;
  try {
    return await new Promise<SentAnswer>((resolve, reject) => {
      request(url, { ...options, signal: any }, (response) => {
        const status = response.statusCode ?? 0;
        text(response).then(
          (answer) => resolve({ status, body: answer, ...waitOf(response) }),
          reject,
        );
      })
        .on('error', reject)
        .end(body);
    });
  } catch (error) {
    if (signal?.aborted === true) throw interrupted(named);
    throw connectionFailure(named, error, timeout.aborted ? REQUEST_TIMEOUT_MS : undefined);
  }
}

function readJson({ status, body }: ClusterAnswer, named: Named, path: string): unknown {
  if (status !== 200) throw statusFailure(named, status, path);
  try {
    return JSON.parse(body);
  } catch {
    throw new Failure(
      'cluster',
      `${named.server}${path} answered with something that is not JSON`,
      {
        hint: `Check that the server of the context ${named.context} is a Kubernetes API server and no page to log in.`,
      },
    );
  }
}

function interrupted(named: Named): Failure {
  return new Failure('interrupted', `interrupted while ${named.server} was asked`);
}
