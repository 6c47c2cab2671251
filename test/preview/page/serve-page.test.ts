import { connect, createServer } from 'node:net';
import { once } from 'node:events';
import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import { describe, expect, onTestFinished, test } from 'vitest';
import { Failure } from '../../../lib/finding/failure.ts';
import { servePage } from '../../../lib/preview/page/serve-page.ts';
import { temporaryDirectory } from '../../tools/fake-program.ts';
import { environmentOf, handSession, snapshotOfYaml } from './hand-session.ts';
import { makeAssets, openSite, raw, readEvents, type Site } from './page-site.ts';

describe('files', () => {
  test.each([
    '../outside.txt',
    '..%2foutside.txt',
    '..%2Foutside.txt',
    '%2e%2e/outside.txt',
    '%2e%2e%2foutside.txt',
    '..\\outside.txt',
    '..%5coutside.txt',
    'assets/../../outside.txt',
    'assets/..%2f..%2foutside.txt',
    './/../outside.txt',
    '/etc/passwd',
    '//etc/passwd',
    '%00',
    'index.html%00',
    'icon.svg%00.js',
    'icon.svg/',
    '/icon.svg',
    'assets//index-BpSRWfK2.js',
    'assets/',
    'assets',
    'constructor',
    '__proto__',
  ])('%s is not there', async (name) => {
    const site = await openSite();
    const head = `GET /${site.token}/${name} HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n`;
    const answer = await raw(site.port, head);
    expect(answer).toMatch(/^HTTP\/1\.1 404 /);
    expect(answer).toContain('{"message":"there is nothing here"}');
    expect(answer).not.toMatch(/outside\n?$|root:/);
  });

  test('an absolute URL as the target is refused', async () => {
    const site = await openSite();
    const head = `GET ${site.url} HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n`;
    expect(await raw(site.port, head)).toMatch(/^HTTP\/1\.1 403 /);
  });

  test('a zero byte in the target is refused', async () => {
    const site = await openSite();
    const head = `GET /${site.token}/\0 HTTP/1.1\r\nHost: localhost\r\n\r\n`;
    expect(await raw(site.port, head)).toMatch(/^HTTP\/1\.1 400 /);
  });

  test('come with their type; those with a hash in their name are kept', async () => {
    const site = await openSite();
    const seen = await Promise.all(
      ['', 'icon.svg', 'assets/index-BpSRWfK2.js', 'assets/index-C0lours_.css'].map(
        async (name) => {
          const { status, headers } = await site.get(name);
          return [status, headers['content-type'], headers['cache-control']];
        },
      ),
    );
    const kept = 'private, max-age=31536000, immutable';
    expect(seen).toEqual([
      [200, 'text/html; charset=utf-8', 'no-store'],
      [200, 'image/svg+xml', 'no-store'],
      [200, 'text/javascript; charset=utf-8', kept],
      [200, 'text/css; charset=utf-8', kept],
    ]);
  });

  test('are those of the start: what is put there later is not served', async () => {
    const assets = await makeAssets();
    const site = await openSite({ assets });
    await writeFile(path.join(assets, 'later.txt'), 'later');
    expect(await site.get('later.txt')).toMatchObject({ status: 404 });
  });

  test('HEAD has the headers and no body', async () => {
    const site = await openSite();
    const { status, body, headers } = await site.get('icon.svg', { method: 'HEAD' });
    expect([status, body, headers['content-length']]).toEqual([200, '', '6']);
    const events = await site.get('api/events', { method: 'HEAD' });
    expect([events.status, events.body]).toEqual([200, '']);
  });
});

describe('headers', () => {
  test('the page has a nonce of its own each time, in the policy and in the HTML', async () => {
    const site = await openSite();
    const nonces = await Promise.all(
      [1, 2].map(async () => {
        const { body, headers } = await site.get('');
        const nonce = /csp-nonce" content="([^"]+)"/.exec(body)?.[1] ?? '';
        expect(Buffer.from(nonce, 'base64')).toHaveLength(16);
        expect(headers['content-security-policy']).toBe(
          `default-src 'none'; script-src 'self'; style-src 'self' 'nonce-${nonce}'; img-src 'self' data:; ` +
            "font-src 'self'; connect-src 'self'; worker-src 'self'; base-uri 'none'; form-action 'none'; " +
            "frame-ancestors 'none'",
        );
        return nonce;
      }),
    );
    expect(nonces[0]).not.toBe(nonces[1]);
  });

  test.each([
    ['the page', (site: Site) => site.get('')],
    ['a file', (site: Site) => site.get('icon.svg')],
    ['data', (site: Site) => site.get('api/environment?id=x')],
    ['the head of the events', (site: Site) => site.get('api/events', { method: 'HEAD' })],
    ['a refusal', (site: Site) => site.ask('/')],
    ['what is not there', (site: Site) => site.get('x')],
  ])('%s gives nothing to others', async (_what, ask) => {
    const { headers } = await ask(await openSite());
    expect(headers).toMatchObject({
      'content-security-policy': expect.stringContaining("default-src 'none'") as string,
      'referrer-policy': 'no-referrer',
      'x-content-type-options': 'nosniff',
      'cross-origin-opener-policy': 'same-origin',
      'cross-origin-resource-policy': 'same-origin',
      'cache-control': 'no-store',
    });
    expect(headers).not.toHaveProperty('server');
    expect(headers).not.toHaveProperty('x-powered-by');
  });
});

describe('limits', () => {
  test('a long URL is refused', async () => {
    const site = await openSite();
    expect(await site.get(`?${'x'.repeat(20_000)}`)).toMatchObject({ status: 431 });
  });

  test('who sends slowly is cut off; a stream of events stays', async () => {
    const site = await openSite();
    const events = readEvents(site);
    await events.until(1);
    const start = Date.now();
    expect(await raw(site.port, `GET /${site.token}/ HTTP/1.1\r\nHost: loc`)).toMatch(
      /^HTTP\/1\.1 408 |^$/,
    );
    expect(Date.now() - start).toBeLessThan(9000);
    expect(await Promise.race([events.ended.then(() => 'ended'), Promise.resolve('open')])).toBe(
      'open',
    );
  });

  test('there are 32 streams of events, and when one ends there is room again', async () => {
    const site = await openSite();
    const readers = Array.from({ length: 32 }, () => readEvents(site));
    await Promise.all(readers.map((reader) => reader.until(1)));
    const refused = await site.get('api/events');
    expect(refused.status).toBe(503);
    expect(JSON.parse(refused.body)).toEqual({
      message: 'too many pages of this preview are open',
      hint: 'Close some of them.',
    });
    readers[0]?.end();
    await expect
      .poll(async () => (await site.get('api/events', { method: 'HEAD' })).status)
      .toBe(200);
  });
});

describe('failures', () => {
  test.each([
    ['api/environment?id=nope', 404, { message: 'there is no environment "nope"' }],
    ['api/environment', 404, { message: 'there is no environment ""' }],
    ['api/resource?id=nope&key=k', 404, { message: 'there is no resource "k" in "nope"' }],
    ['api/environment?id=x&base=now', 400, { message: 'base is one of save, head, cluster' }],
    ['api/other', 404, { message: 'there is nothing here' }],
    ['api/environment/x?id=x', 404, { message: 'there is nothing here' }],
  ])('%s: %i', async (name, status, failure) => {
    const site = await openSite();
    const answer = await site.get(name);
    expect(answer.status).toBe(status);
    expect(JSON.parse(answer.body)).toEqual(failure);
  });

  test.each([
    [new Failure('usage', 'no git', { hint: 'Run git init.' }), 400],
    [new Failure('tool', 'no tk', { hint: 'Run tankard doctor.' }), 500],
    [new Failure('cluster', 'no cluster', { hint: 'See kubectl.' }), 502],
    [new Failure('interrupted', 'stopped'), 503],
  ])('%s becomes what the page shows', async (failure, status) => {
    const session = handSession('/project', [environmentOf('x', snapshotOfYaml(''))]);
    session.compare = () => Promise.reject(failure);
    const site = await openSite({ session });
    const answer = await site.get('api/environment?id=x&base=cluster');
    expect(answer.status).toBe(status);
    expect(JSON.parse(answer.body)).toEqual({
      message: failure.message,
      ...(failure.hint === undefined ? {} : { hint: failure.hint }),
    });
  });

  test('a defect says neither where it is nor what it quotes, and the server goes on', async () => {
    const session = handSession('/project');
    session.environments = () => {
      throw new TypeError('hunter2 is not a function');
    };
    const site = await openSite({ session });
    const { status, body } = await site.get('api/environment?id=x');
    expect(status).toBe(500);
    expect(JSON.parse(body)).toEqual({ message: 'this is a defect of tankard (TypeError)' });
    expect(await site.get('')).toMatchObject({ status: 200 });
  });

  test('who goes away while the cluster is asked ends the asking', async () => {
    const session = handSession('/project', [environmentOf('x', snapshotOfYaml(''))]);
    const aborted = new Promise<string>((resolve) => {
      session.compare = (_id, _base, signal) =>
        new Promise((_resolve, reject) => {
          signal?.addEventListener('abort', () => {
            resolve('aborted');
            reject(new Failure('interrupted', 'stopped'));
          });
          socket.destroy();
        });
    });
    const site = await openSite({ session });
    const socket = connect(site.port, '127.0.0.1');
    socket.write(
      `GET /${site.token}/api/environment?id=x&base=cluster HTTP/1.1\r\nHost: localhost\r\n\r\n`,
    );
    expect(await aborted).toBe('aborted');
  });
});

describe('start and end', () => {
  const options = { session: handSession('/project'), relations: () => ({ nodes: [], edges: [] }) };

  test('a port that is taken is a mistake of usage, and no subscription stays', async () => {
    const other = createServer().listen(0, '127.0.0.1');
    await once(other, 'listening');
    onTestFinished(() => void other.close());
    const { port } = other.address() as { port: number };
    await expect(servePage({ ...options, assets: await makeAssets(), port })).rejects.toMatchObject(
      {
        kind: 'usage',
        message: `the port ${port} is taken`,
        hint: expect.stringContaining('--port') as string,
      },
    );
    expect(options.session.listeners.size).toBe(0);
  });

  test('a wrong editor and a page that is not built are told before anything is served', async () => {
    const assets = await makeAssets();
    await expect(
      servePage({ ...options, assets, port: 0, editor: 'javascript:{file}' }),
    ).rejects.toMatchObject({ kind: 'usage' });
    await expect(
      servePage({ ...options, assets: path.join(await temporaryDirectory(), 'web'), port: 0 }),
    ).rejects.toMatchObject({
      kind: 'tool',
      hint: expect.stringContaining('npm run build') as string,
    });
  });

  test('close ends the streams of events and idle connections at once', async () => {
    const session = handSession('/project');
    const site = await openSite({ session });
    const events = readEvents(site);
    await events.until(1);
    const idle = connect(site.port, '127.0.0.1');
    await once(idle, 'connect');
    const start = Date.now();
    await Promise.all([site.close(), events.ended, once(idle, 'close')]);
    // After 5 s the server ends a connection that says nothing.
    expect(Date.now() - start).toBeLessThan(4000);
    expect(session.listeners.size).toBe(0);
    await expect(site.get('')).rejects.toMatchObject({ code: 'ECONNREFUSED' });
  });
});
