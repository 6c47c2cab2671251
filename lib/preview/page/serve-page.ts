import { randomBytes } from 'node:crypto';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Failure, type FailureKind } from '../../finding/failure.ts';
import type { CompareBase, PreviewSession } from '../preview-session.ts';
import { editorTemplate } from './editor-link.ts';
import { PageAnswers, type FindRelations } from './page-answers.ts';
import { INDEX, readAssets, type PageAsset } from './page-assets.ts';
import { sendAsset, sendFailure, sendJson, sendText, startEvents } from './page-response.ts';
import { refuseRequest } from './refuse-request.ts';
import { pageState } from './state-data.ts';
import { StateStreams } from './state-streams.ts';

/** What is served, and where. */
export interface PageServerOptions {
  readonly session: PreviewSession;
  /** Folder of the built page, absolute. */
  readonly assets: string;
  /** 0 to 65535; 0: any that is free. */
  readonly port: number;
  /** `preview.editor` of tankard.yaml. */
  readonly editor?: string | undefined;
  readonly relations: FindRelations;
}

/** A running server. */
export interface PageServer {
  /** Of the page, with the token that gives access to it. */
  readonly url: string;
  /** Ends all connections at once; the session goes on. */
  close(): Promise<void>;
}

const HOST = '127.0.0.1';
/** 256 bits, so that nobody guesses it. */
const TOKEN_BYTES = 32;
/** How long the head of a request, and all of it, may take. Browsers send it in one piece. */
const HEAD_TIMEOUT_MS = 5000;
const REQUEST_TIMEOUT_MS = 10_000;
const TIMEOUT_CHECK_MS = 1000;
/** Longer heads are refused; the longest URL has a key of four names of 253 characters. */
const LONGEST_HEAD_BYTES = 16 * 1024;
const MOST_CONNECTIONS = 128;

const BASES: readonly string[] = ['save', 'head', 'cluster'] satisfies CompareBase[];

const STATUS: Readonly<Record<FailureKind, number>> = {
  usage: 400,
  tool: 500,
  cluster: 502,
  stale: 500,
  interrupted: 503,
};

interface Site {
  readonly token: string;
  readonly assets: ReadonlyMap<string, PageAsset>;
  readonly answers: PageAnswers;
  readonly streams: StateStreams;
}

/**
 * Serves the page of a preview to this machine alone, under a path that only the terminal tells. No request changes
 * anything. What is said is in page-data.ts.
 *
 * @throws Failure `usage` for a port that is taken or not allowed, and for a wrong editor; `tool` without the page's files.
 */
export async function servePage(options: PageServerOptions): Promise<PageServer> {
  const { session, port, relations } = options;
  const editor = editorTemplate(options.editor);
  const assets = await readAssets(options.assets);
  const token = randomBytes(TOKEN_BYTES).toString('base64url');
  const answers = new PageAnswers({ session, editor, relations });
  const streams = new StateStreams(() => pageState(session));
  const site = { token, assets, answers, streams };
  const server = createServer(
    {
      headersTimeout: HEAD_TIMEOUT_MS,
      requestTimeout: REQUEST_TIMEOUT_MS,
      connectionsCheckingInterval: TIMEOUT_CHECK_MS,
      maxHeaderSize: LONGEST_HEAD_BYTES,
    },
    (request, response) => void answer(request, response, site),
  );
  server.maxConnections = MOST_CONNECTIONS;
  try {
    await listen(server, port);
  } catch (error) {
    streams.close();
    throw error;
  }
  const unsubscribe = session.subscribe(() => streams.changed());
  const { port: bound } = server.address() as AddressInfo;
  return {
    url: `http://${HOST}:${bound}/${token}/`,
    close: () =>
      new Promise((resolve) => {
        unsubscribe();
        streams.close();
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

function listen(server: Server, port: number): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once('error', (cause: NodeJS.ErrnoException) => {
      const reasons: Record<string, string> = {
        EADDRINUSE: 'is taken',
        EACCES: 'is not allowed for this user',
      };
      const reason = reasons[cause.code ?? ''] ?? `cannot be used: ${cause.message}`;
      const hint = 'Give another one with --port; without it, any free one is taken.';
      reject(new Failure('usage', `the port ${port} ${reason}`, { hint, cause }));
    });
    server.listen({ host: HOST, port, exclusive: true }, resolve);
  });
}

async function answer(
  request: IncomingMessage,
  response: ServerResponse,
  site: Site,
): Promise<void> {
  try {
    const refusal = refuseRequest(request, site.token);
    if (refusal === undefined) await route(request, response, site);
    else
      sendText(response, refusal.status, refusal.message, {
        ...(refusal.status === 405 ? { Allow: 'GET, HEAD' } : {}),
        // What else it sends is not read.
        Connection: 'close',
      });
  } catch (error) {
    if (error instanceof Failure) {
      const { kind, message, hint } = error;
      sendFailure(response, STATUS[kind], { message, ...(hint === undefined ? {} : { hint }) });
    } else {
      // What a defect says may quote what is secret.
      const name = error instanceof Error ? error.name : typeof error;
      sendFailure(response, 500, { message: `this is a defect of tankard (${name})` });
    }
  }
}

async function route(
  request: IncomingMessage,
  response: ServerResponse,
  site: Site,
): Promise<void> {
  const [path = '', query = ''] = (request.url ?? '').split(/\?(.*)/s);
  const name = path.slice(1 + site.token.length);
  const asset = site.assets.get(name === '/' ? INDEX : name.slice(1));
  if (name === '') sendText(response, 308, 'The page is here.', { Location: `/${site.token}/` });
  else if (name === '/api/events') openEvents(request, response, site);
  else if (name === '/api/environment' || name === '/api/resource')
    await sendAnswer(name, new URLSearchParams(query), response, site);
  else if (asset !== undefined) sendAsset(response, asset);
  else sendFailure(response, 404, { message: 'there is nothing here' });
}

function openEvents({ method }: IncomingMessage, response: ServerResponse, site: Site): void {
  if (site.streams.isFull) {
    sendFailure(response, 503, {
      message: 'too many pages of this preview are open',
      hint: 'Close some of them.',
    });
    return;
  }
  startEvents(response);
  if (method === 'HEAD') response.end();
  else site.streams.open(response);
}

async function sendAnswer(
  name: '/api/environment' | '/api/resource',
  query: URLSearchParams,
  response: ServerResponse,
  { answers }: Site,
): Promise<void> {
  const id = query.get('id') ?? '';
  const key = query.get('key') ?? '';
  const base = query.get('base') ?? 'save';
  if (!isBase(base)) {
    sendFailure(response, 400, { message: `base is one of ${BASES.join(', ')}` });
    return;
  }
  const gone = new AbortController();
  response.on('close', () => gone.abort());
  const question = { id, base, signal: gone.signal };
  const isEnvironment = name === '/api/environment';
  const found = isEnvironment
    ? await answers.environment(question)
    : await answers.resource({ ...question, key });
  if (found !== undefined) sendJson(response, 200, found);
  else
    sendFailure(response, 404, {
      message: isEnvironment
        ? `there is no environment ${JSON.stringify(id)}`
        : `there is no resource ${JSON.stringify(key)} in ${JSON.stringify(id)}`,
    });
}

function isBase(text: string): text is CompareBase {
  return BASES.includes(text);
}
