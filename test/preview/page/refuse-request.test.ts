import { once } from 'node:events';
import { connect } from 'node:net';
import { networkInterfaces } from 'node:os';
import { describe, expect, test } from 'vitest';
import { openSite, raw, type Site } from './page-site.ts';

const FORBIDDEN = expect.objectContaining({ status: 403 });

describe('the token', () => {
  test('is 256 bits, another one for each server', async () => {
    const [one, other] = await Promise.all([openSite(), openSite()]);
    expect(one.token).toMatch(/^[\w-]{43}$/);
    expect(one.token).not.toBe(other.token);
    expect(one.url).toBe(`http://127.0.0.1:${one.port}/${one.token}/`);
  });

  test.each([
    ['none', () => '/'],
    ['none, for data', () => '/api/environment?id=x'],
    ['none, for a file', () => '/icon.svg'],
    ['a wrong one', () => `/${'A'.repeat(43)}/`],
    ['a part of it', ({ token }: Site) => `/${token.slice(0, -1)}/`],
    ['more than it', ({ token }: Site) => `/${token}A/`],
    ['an empty segment before it', ({ token }: Site) => `//${token}/`],
    ['it as the last segment', ({ token }: Site) => `/x/${token}/`],
    ['it in the query', ({ token }: Site) => `/?${token}/`],
    ['it encoded', ({ token }: Site) => `/%${token.charCodeAt(0).toString(16)}${token.slice(1)}/`],
    ['other bytes of its length', ({ token }: Site) => `/${'%'.repeat(token.length)}/`],
  ])('with %s nothing is answered', async (_what, pathOf) => {
    const site = await openSite();
    const { status, body, headers } = await site.ask(pathOf(site));
    expect(status).toBe(403);
    expect(body).toBe('Open the URL that the terminal prints: it has a token.\n');
    expect(headers['content-type']).toBe('text/plain; charset=utf-8');
  });

  test('without the slash behind it leads to the page', async () => {
    const site = await openSite();
    const { status, headers } = await site.ask(`/${site.token}`);
    expect([status, headers.location]).toEqual([308, `/${site.token}/`]);
  });
});

describe('other sites', () => {
  test.each(['127.0.0.1', 'localhost', 'LOCALHOST', 'localhost:8080', '127.0.0.1:1'])(
    'the host %s is answered: ssh may forward any port',
    async (host) => {
      const site = await openSite();
      expect(await site.get('', { headers: { host } })).toMatchObject({ status: 200 });
    },
  );

  test.each([
    'evil.example',
    'evil.example:80',
    'localhost.evil.example',
    '127.0.0.1.nip.io',
    'localhost@evil.example',
    '127.0.0.1:80@evil.example',
    '127.0.0.2',
    '0.0.0.0',
    '[::1]',
    '2130706433',
  ])('the host %j is refused: DNS rebinding', async (host) => {
    const site = await openSite();
    expect(await site.get('', { headers: { host } })).toEqual(FORBIDDEN);
  });

  test('a request without a host is refused', async () => {
    const site = await openSite();
    const empty = `GET /${site.token}/ HTTP/1.1\r\nHost:\r\nConnection: close\r\n\r\n`;
    expect(await raw(site.port, empty)).toMatch(/^HTTP\/1\.1 403 /);
    expect(await raw(site.port, `GET /${site.token}/ HTTP/1.0\r\n\r\n`)).toMatch(
      /^HTTP\/1\.1 403 /,
    );
    expect(
      await raw(site.port, `GET /${site.token}/ HTTP/1.1\r\nConnection: close\r\n\r\n`),
    ).toMatch(/^HTTP\/1\.1 400 /);
  });

  test.each([
    'http://evil.example',
    'https://localhost',
    'http://localhost:1',
    'http://127.0.0.1',
    'null',
    'file://',
  ])('the origin %s is refused', async (origin) => {
    const site = await openSite();
    const headers = { host: 'localhost:8080', origin };
    expect(await site.get('api/environment?id=x', { headers })).toEqual(FORBIDDEN);
  });

  test('its own origin is answered, and no other one may read the answer', async () => {
    const site = await openSite();
    const headers = { host: 'localhost:8080', origin: 'http://localhost:8080' };
    const { status, headers: answered } = await site.get('', { headers });
    expect(status).toBe(200);
    expect(Object.keys(answered).filter((name) => name.startsWith('access-control'))).toEqual([]);
  });

  test.each([
    ['cross-site', 'cors', 'empty', 403],
    ['cross-site', 'no-cors', 'script', 403],
    ['cross-site', 'navigate', 'iframe', 403],
    ['same-site', 'no-cors', 'image', 403],
    ['same-site', 'navigate', 'embed', 403],
    ['cross-site', 'navigate', 'document', 200],
    ['same-site', 'navigate', 'document', 200],
    ['none', 'navigate', 'document', 200],
    ['same-origin', 'cors', 'empty', 200],
  ])('Sec-Fetch-Site %s, mode %s, destination %s: %i', async (from, mode, destination, status) => {
    const site = await openSite();
    const headers = {
      'sec-fetch-site': from,
      'sec-fetch-mode': mode,
      'sec-fetch-dest': destination,
    };
    expect(await site.get('', { headers })).toMatchObject({ status });
  });

  test.each(['POST', 'PUT', 'DELETE', 'PATCH', 'OPTIONS', 'TRACE'])(
    '%s is refused',
    async (method) => {
      const site = await openSite();
      const { status, headers } = await site.get('', { method });
      expect([status, headers.allow]).toEqual([405, 'GET, HEAD']);
    },
  );

  test('no other machine reaches it', async () => {
    const site = await openSite();
    const address = Object.values(networkInterfaces())
      .flat()
      .find((one) => one?.family === 'IPv4' && !one.internal)?.address;
    // 127.0.0.2 is this machine too, and not what the server listens on.
    for (const host of [...(address === undefined ? [] : [address]), '127.0.0.2']) {
      const socket = connect(site.port, host);
      const outcome = await Promise.race([
        once(socket, 'connect').then(() => 'connected'),
        once(socket, 'error').then(() => 'refused'),
      ]).catch(() => 'refused');
      socket.destroy();
      expect(outcome).toBe('refused');
    }
  });
});
