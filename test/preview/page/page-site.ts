import { mkdir, writeFile } from 'node:fs/promises';
import { request, type IncomingHttpHeaders } from 'node:http';
import { connect } from 'node:net';
import path from 'node:path';
import { onTestFinished } from 'vitest';
import { servePage, type PageServerOptions } from '../../../lib/preview/page/serve-page.ts';
import { temporaryDirectory } from '../../tools/fake-program.ts';
import { handSession } from './hand-session.ts';

export const HTML =
  '<!doctype html><meta name="csp-nonce" content="__NONCE__"><script type="module" src="./assets/index-BpSRWfK2.js"></script>';

/** A built page; beside its folder lies a file that is no part of it. */
export async function makeAssets(): Promise<string> {
  const folder = path.join(await temporaryDirectory(), 'web');
  await mkdir(path.join(folder, 'assets'), { recursive: true });
  await writeFile(path.join(folder, 'index.html'), HTML);
  await writeFile(path.join(folder, 'icon.svg'), '<svg/>');
  await writeFile(path.join(folder, 'assets', 'index-BpSRWfK2.js'), 'export {};');
  await writeFile(path.join(folder, 'assets', 'index-C0lours_.css'), 'a{}');
  await writeFile(path.join(folder, '..', 'outside.txt'), 'outside');
  return folder;
}

/** An answer of the server. */
export interface Answer {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
}

/** A server that runs until the test ends. */
export interface Site {
  readonly url: string;
  readonly port: number;
  readonly token: string;
  /** @param below path below the token. */
  get(
    below: string,
    options?: { method?: string; headers?: Record<string, string> },
  ): Promise<Answer>;
  /** Asks for a path as it is. */
  ask(
    whole: string,
    options?: { method?: string; headers?: Record<string, string> },
  ): Promise<Answer>;
  json<Value>(below: string): Promise<Value>;
  close(): Promise<void>;
}

export async function openSite(options: Partial<PageServerOptions> = {}): Promise<Site> {
  const server = await servePage({
    session: handSession('/project'),
    assets: options.assets ?? (await makeAssets()),
    port: 0,
    relations: () => ({ nodes: [], edges: [] }),
    ...options,
  });
  let closed: Promise<void> | undefined;
  const close = (): Promise<void> => (closed ??= server.close());
  onTestFinished(close);
  const { port, pathname } = new URL(server.url);
  const token = pathname.slice(1, -1);
  const site: Site = {
    url: server.url,
    port: Number(port),
    token,
    get: (below, asked) => site.ask(`/${token}/${below}`, asked),
    ask: (whole, asked) => ask(Number(port), whole, asked),
    // oxlint-disable-next-line typescript/no-unnecessary-type-parameters -- what a test expects the JSON to be
    json: async <Value>(below: string): Promise<Value> => {
      const { status, body } = await site.get(below);
      if (status !== 200) throw new Error(`${status}: ${body}`);
      return JSON.parse(body) as Value;
    },
    close,
  };
  return site;
}

/** Asks a server of this machine. */
export function ask(
  port: number,
  whole: string,
  options: { method?: string; headers?: Record<string, string> } = {},
): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const { method = 'GET', headers = {} } = options;
    const asked = request({ host: '127.0.0.1', port, path: whole, method, headers }, (response) => {
      const pieces: Buffer[] = [];
      response.on('data', (piece: Buffer) => pieces.push(piece));
      response.on('end', () => {
        const { statusCode: status = 0, headers: answered } = response;
        resolve({ status, headers: answered, body: Buffer.concat(pieces).toString('utf8') });
      });
    });
    asked.on('error', reject);
    asked.end();
  });
}

/** Writes bytes to the server and reads until it ends the connection. */
export function raw(port: number, text: string): Promise<string> {
  return new Promise((resolve, reject) => {
    const socket = connect(port, '127.0.0.1', () => socket.write(text));
    let answer = '';
    socket.on('data', (piece) => (answer += piece.toString('utf8')));
    socket.on('close', () => resolve(answer));
    socket.on('error', reject);
  });
}

/** The events of a stream, as they arrive. */
export interface EventReader {
  /** Each as the text between two empty lines. */
  readonly events: string[];
  /** Resolves when there are so many. */
  until(count: number): Promise<void>;
  readonly ended: Promise<void>;
  end(): void;
}

export function readEvents(site: Pick<Site, 'url'>): EventReader {
  const events: string[] = [];
  let rest = '';
  let wake = (): void => undefined;
  let ended = (): void => undefined;
  const end = new Promise<void>((resolve) => (ended = resolve));
  const asked = request(`${site.url}api/events`, (response) => {
    response.on('data', (piece: Buffer) => {
      const parts = (rest + piece.toString('utf8')).split('\n\n');
      rest = parts.pop() ?? '';
      events.push(...parts);
      wake();
    });
    response.on('close', ended);
  });
  asked.on('error', ended);
  asked.end();
  onTestFinished(() => void asked.destroy());
  return {
    events,
    until: (count) =>
      new Promise((resolve) => {
        wake = () => {
          if (events.length >= count) resolve();
        };
        wake();
      }),
    ended: end,
    end: () => asked.destroy(),
  };
}
