import { readFile } from 'node:fs/promises';
import type { IncomingMessage, ServerResponse } from 'node:http';
import https from 'node:https';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { KubeConfig } from '@kubernetes/client-node';
import { type ApiServer, CONTEXT } from './api-server.ts';
import { listen } from './listen.ts';
import { writeKubeconfig } from './kubeconfig.ts';

/** What goes wrong with a request. */
export type Fault =
  /** It does not reach the API server, and is answered so. */
  | {
      readonly kind: 'status';
      readonly status: 401 | 409 | 429 | 500;
      readonly retryAfterS?: number;
    }
  /** It reaches the API server this much later. */
  | { readonly kind: 'delay'; readonly delayMs: number }
  /** It reaches the API server; the answer breaks off in the middle. */
  | { readonly kind: 'cut' }
  /** It does not reach the API server: from then on nothing listens at the proxy's address. */
  | { readonly kind: 'close' }
  /** It is held until `meanwhile` is done, and goes on. */
  | { readonly kind: 'hold'; readonly meanwhile: () => Promise<void> };

/** A request as the proxy saw it. */
export interface SeenRequest {
  readonly method: string;
  /** Without the query. */
  readonly path: string;
  /** With its question mark; empty when there is none. */
  readonly query: string;
}

/** Which requests a fault is for. */
export interface FaultRule {
  /** Method and path have to be so; the path may be a pattern. */
  readonly method?: string;
  readonly path?: string | RegExp;
  /** Only requests that change something: no reads, and no dry runs, with which kubectl compares. @default false */
  readonly isWrite?: boolean;
  /** Only this one of the requests that fit, from 1. @default all of them */
  readonly nth?: number;
  readonly fault: Fault;
}

/** An API server whose answers can be made to fail. */
export interface FaultProxy {
  /** Such as `https://127.0.0.1:40124`; what `spec.apiServer` of an environment has to be. */
  readonly url: string;
  /** Absolute path of a kubeconfig as the server's own, at the proxy's address. */
  readonly kubeconfig: string;
  /** Every request so far, in the order of their arrival, whatever became of it. */
  readonly requests: readonly SeenRequest[];
  /** Adds a rule. Of several that fit a request, the first is used. */
  add(rule: FaultRule): void;
  /** Takes away all rules and forgets the requests. */
  reset(): void;
  close(): Promise<void>;
}

/** Starts a proxy in front of an API server, on 127.0.0.1. It has the server's own certificate. */
export async function startFaultProxy(server: ApiServer): Promise<FaultProxy> {
  const rules: { rule: FaultRule; seen: number }[] = [];
  const requests: SeenRequest[] = [];
  const upstream = new URL(server.url);
  const ca = await readFile(server.certificate);
  const agent = new https.Agent({ ca, keepAlive: true });
  const faultOf = (request: SeenRequest): Fault | undefined => {
    const fitting = rules.filter(({ rule }) => fits(rule, request));
    for (const each of fitting) each.seen += 1;
    return fitting.find(({ rule, seen }) => rule.nth === undefined || rule.nth === seen)?.rule
      .fault;
  };
  const listening = await listen(server, (request, response) => {
    const seen = seenRequest(request);
    requests.push(seen);
    const go = (options: { readonly isCut?: boolean } = {}): void =>
      forward(request, response, { host: upstream.hostname, port: upstream.port, agent }, options);
    void answer(faultOf(seen), response, go, () => listening.close());
  });
  const kubeconfig = path.join(server.directory, `kubeconfig-${new URL(listening.url).port}`);
  const config = new KubeConfig();
  config.loadFromFile(server.kubeconfig);
  const token = config.getCurrentUser()?.token ?? '';
  await writeKubeconfig(kubeconfig, [
    { name: CONTEXT, server: listening.url, certificate: server.certificate, token },
  ]);
  return {
    url: listening.url,
    kubeconfig,
    requests,
    add: (rule) => void rules.push({ rule, seen: 0 }),
    reset: () => {
      rules.length = 0;
      requests.length = 0;
    },
    close: async () => {
      await listening.close();
      agent.destroy();
    },
  };
}

function seenRequest({ method = '', url = '' }: IncomingMessage): SeenRequest {
  const { pathname, search } = new URL(url, 'https://proxy');
  return { method, path: pathname, query: search };
}

function fits({ method, path: wanted, isWrite = false }: FaultRule, request: SeenRequest): boolean {
  if (method !== undefined && method !== request.method) return false;
  if (isWrite && (request.method === 'GET' || request.query.includes('dryRun='))) return false;
  if (wanted === undefined) return true;
  return typeof wanted === 'string' ? wanted === request.path : wanted.test(request.path);
}

async function answer(
  fault: Fault | undefined,
  response: ServerResponse,
  go: (options?: { readonly isCut?: boolean }) => void,
  close: () => Promise<void>,
): Promise<void> {
  switch (fault?.kind) {
    case undefined:
      return go();
    case 'status':
      return refuse(response, fault.status, fault.retryAfterS);
    case 'delay':
      await sleep(fault.delayMs);
      return go();
    case 'cut':
      return go({ isCut: true });
    case 'close':
      return close();
    case 'hold':
      await fault.meanwhile();
      return go();
  }
}

/** Answers as kube-apiserver does. Source: `k8s.io/apimachinery/pkg/api/errors`. */
const REASONS = {
  401: 'Unauthorized',
  409: 'Conflict',
  429: 'TooManyRequests',
  500: 'InternalError',
} as const;

function refuse(
  response: ServerResponse,
  status: 401 | 409 | 429 | 500,
  retryAfterS?: number,
): void {
  const reason = REASONS[status];
  const body = {
    kind: 'Status',
    apiVersion: 'v1',
    status: 'Failure',
    message: `${reason} of the test`,
    reason,
    code: status,
    ...(retryAfterS === undefined ? {} : { details: { retryAfterSeconds: retryAfterS } }),
  };
  const retry = retryAfterS === undefined ? {} : { 'Retry-After': String(retryAfterS) };
  response.writeHead(status, { 'Content-Type': 'application/json', ...retry });
  response.end(JSON.stringify(body));
}

function forward(
  request: IncomingMessage,
  response: ServerResponse,
  target: { readonly host: string; readonly port: string; readonly agent: https.Agent },
  { isCut = false }: { readonly isCut?: boolean },
): void {
  const { method, url, headers } = request;
  const broken = (): void => void response.destroy();
  const onward = https.request({ ...target, method, path: url, headers }, (answered) => {
    const { 'content-length': length, ...others } = answered.headers;
    response.writeHead(answered.statusCode ?? 502, {
      ...others,
      ...(length && { 'content-length': length }),
    });
    if (!isCut) {
      answered.on('error', broken).pipe(response);
      return;
    }
    answered.once('data', (chunk: Buffer) => {
      response.write(chunk.subarray(0, chunk.length / 2), broken);
      answered.destroy();
    });
  });
  onward.on('error', broken);
  response.on('close', () => onward.destroy());
  request.pipe(onward);
}
