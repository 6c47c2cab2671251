import { createServer, type RequestListener, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { mkdir, readdir, rm } from 'node:fs/promises';
import path from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { fileChecksum } from '../../lib/sources/checksum.ts';
import { openImport } from '../../lib/sources/open-import.ts';
import { resolveImport } from '../../lib/sources/resolve-import.ts';
import { crd } from './crd.ts';
import { freshProject, goOffline, namesOf, open, optionsOf, resolve, snapshot } from './imports.ts';

const project = freshProject();

let server: Server;
let base: string;
let answer: RequestListener;

beforeAll(async () => {
  server = createServer((request, response) => answer(request, response));
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  base = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});

afterAll(() => {
  server.closeAllConnections();
  server.close();
});

function answerWith(text: string): void {
  answer = (_request, response) => response.end(text);
}

const foo = crd({});

test('what a URL answers is pinned and kept: after that no network is needed', async () => {
  answerWith(foo);
  const url = `${base}/foo.yaml`;
  const locked = await resolve(project, `crd:${url}`);
  expect(locked).toEqual({
    source: `crd:${url}`,
    files: [{ file: url, sha256: fileChecksum(foo) }],
  });
  expect(project.progress).toEqual([`fetching schemas: ${url}`]);
  goOffline();
  const api = await open(project, locked);
  expect(namesOf(api)).toEqual(['my-group.example.com/v1 Foo']);
  // Also when the schemas are to be made anew, as after an update of Tankard.
  for (const name of await readdir(project.cache))
    if (name !== 'texts') await rm(path.join(project.cache, name), { recursive: true });
  expect(JSON.stringify(await open(project, locked))).toBe(JSON.stringify(api));
  expect(project.progress).toHaveLength(1);
});

test('on another machine it is fetched again, and must be the same', async () => {
  answerWith(foo);
  const locked = await resolve(project, `crd:${base}/foo.yaml`);
  const before = await snapshot(project.cache);
  await rm(project.cache, { recursive: true });
  await mkdir(project.cache);
  const changed = `${foo}\n`;
  answerWith(changed);
  await expect(open(project, locked)).rejects.toMatchObject({
    kind: 'usage',
    message:
      `${base}/foo.yaml is not what tankard.lock pins: ` +
      `wanted sha256 ${fileChecksum(foo)}, got ${fileChecksum(changed)}`,
    hint: expect.stringContaining('Nothing of it was kept.'),
  });
  expect(await snapshot(project.cache)).toEqual(new Map());
  answerWith(foo);
  await open(project, locked);
  expect(await snapshot(project.cache)).toEqual(before);
});

test('redirects are followed', async () => {
  answer = ({ url }, response) => {
    if (url === '/foo.yaml') return response.writeHead(302, { location: '/real' }).end();
    return response.end(foo);
  };
  const locked = await resolve(project, `crd:${base}/foo.yaml`);
  expect(locked.source).toBe(`crd:${base}/foo.yaml`);
});

test.each<[string, RequestListener, 'usage' | 'tool', string]>([
  [
    'a page that is not there',
    (_request, response) => response.writeHead(404).end('no'),
    'tool',
    'cannot fetch URL: HTTP 404 Not Found',
  ],
  [
    'a redirect that has no end',
    (_request, response) => response.writeHead(302, { location: '/x.yaml' }).end(),
    'tool',
    'cannot fetch URL: redirect count exceeded',
  ],
  [
    'a connection that breaks',
    (_request, response) => {
      response.writeHead(200, { 'content-length': '100' }).write('kind: ');
      setTimeout(() => response.destroy(), 50);
    },
    'tool',
    'cannot fetch URL: other side closed',
  ],
  [
    'a web page',
    (_request, response) => response.end('<!doctype html><html></html>'),
    'usage',
    'URL is a web page, not YAML',
  ],
  [
    'something else than CRDs',
    (_request, response) => response.end('kind: Role\n---\nkind: Role'),
    'usage',
    'URL has 2 objects, none is a CustomResourceDefinition; it has 2 of Role',
  ],
  [
    'a file without an end',
    (_request, response) => {
      const chunk = Buffer.alloc(1 << 20, '#');
      const write = (): void => {
        while (!response.destroyed && response.write(chunk));
      };
      response.on('drain', write).on('error', () => undefined);
      write();
    },
    'usage',
    'URL has more than 64 MiB',
  ],
])('%s is a failure, and leaves nothing behind', async (_what, listener, kind, message) => {
  answer = listener;
  const url = `${base}/x.yaml`;
  await expect(resolve(project, `crd:${url}`)).rejects.toMatchObject({
    kind,
    message: message.replace('URL', url),
  });
  expect(await snapshot(project.cache)).toEqual(new Map());
});

test('a server that cannot be reached is named', async () => {
  await expect(resolve(project, 'crd:http://127.0.0.1:1/x.yaml')).rejects.toMatchObject({
    kind: 'tool',
    message: expect.stringMatching(/^cannot fetch http:\/\/127\.0\.0\.1:1\/x\.yaml: \S/),
    hint: expect.stringContaining('import the file'),
  });
  await expect(resolve(project, 'crd:http://no-such-host.invalid/x.yaml')).rejects.toMatchObject({
    kind: 'tool',
    message: expect.stringContaining('no-such-host.invalid'),
  });
});

test('an abort stops the download', async () => {
  answer = (_request, response) => void response.write('#');
  const controller = new AbortController();
  setTimeout(() => controller.abort(), 50);
  const options = { ...optionsOf(project), signal: controller.signal };
  const source = { type: 'url', url: `${base}/x.yaml` } as const;
  await expect(resolveImport(source, options)).rejects.toMatchObject({ kind: 'interrupted' });
  const files = [{ file: source.url, sha256: '0'.repeat(64) }];
  const locked = { source: `crd:${source.url}`, files };
  await expect(openImport(locked, options)).rejects.toMatchObject({ kind: 'interrupted' });
  expect(await snapshot(project.cache)).toEqual(new Map());
});
