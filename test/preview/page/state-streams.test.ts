import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import { setTimeout as wait } from 'node:timers/promises';
import { afterEach, expect, onTestFinished, test, vi } from 'vitest';
import type { PageState } from '../../../lib/preview/page/page-data.ts';
import type { PreviewEvent } from '../../../lib/preview/preview-session.ts';
import { environmentOf, handSession, snapshotOfYaml, type HandSession } from './hand-session.ts';
import { openSite, readEvents, type Site } from './page-site.ts';

const CHANGED: PreviewEvent = { type: 'environments' };

function stateOf(event: string | undefined): PageState {
  return JSON.parse(/^data: (.*)$/m.exec(event ?? '')?.[1] ?? 'null') as PageState;
}

afterEach(() => {
  vi.useRealTimers();
});

test('the state comes at once, with the time after which to connect again', async () => {
  const snapshot = snapshotOfYaml('apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: a\n');
  const session = handSession('/srv/shop', [environmentOf('environments/dev', snapshot)]);
  session.notes.push({ severity: 'error', message: 'tankard.yaml is broken' });
  const events = readEvents(await openSite({ session }));
  await events.until(1);
  expect(events.events[0]).toMatch(/^retry: 1000\nid: 1\nevent: state\ndata: \{.*\}$/);
  expect(stateOf(events.events[0])).toEqual({
    project: 'shop',
    kubernetes: '1.34',
    environments: [
      {
        id: 'environments/dev',
        status: 'current',
        revision: 1,
        resources: 1,
        errors: 0,
        warnings: 0,
        changes: 0,
        isSaved: false,
      },
    ],
    notices: [{ severity: 'error', message: 'tankard.yaml is broken' }],
  });
});

test('each change gives the state as it is then, with a greater id', async () => {
  const session = handSession('/srv/shop');
  const events = readEvents(await openSite({ session }));
  await events.until(1);
  session.list.push({ id: 'a', path: 'a', status: 'waiting', revision: 0 });
  session.emit({ type: 'environment', id: 'a' });
  await events.until(2);
  session.list[0] = { id: 'a', path: 'a', status: 'rendering', revision: 1 };
  session.emit({ type: 'environment', id: 'a' });
  await events.until(3);
  const statuses = events.events.map((event) =>
    stateOf(event).environments.map((one) => one.status),
  );
  expect(statuses).toEqual([[], ['waiting'], ['rendering']]);
  const ids = events.events.map((event) => Number(/^id: (\d+)$/m.exec(event)?.[1]));
  expect(ids).toEqual(ids.toSorted((a, b) => a - b));
  expect(new Set(ids).size).toBe(3);
});

test('many changes at once are one event, with what is true after the last', async () => {
  const session = handSession('/srv/shop');
  const events = readEvents(await openSite({ session }));
  await events.until(1);
  for (let revision = 1; revision <= 100; revision += 1) {
    session.list[0] = { id: 'a', path: 'a', status: 'current', revision };
    session.emit({ type: 'environment', id: 'a' });
  }
  await events.until(2);
  await wait(60);
  expect(events.events).toHaveLength(2);
  expect(stateOf(events.events[1]).environments[0]?.revision).toBe(100);
});

test('a line break in a message does not end the event', async () => {
  const session = handSession('/srv/shop');
  session.notes.push({ severity: 'error', message: 'one\n\ntwo\r\nthree' });
  const events = readEvents(await openSite({ session }));
  await events.until(1);
  expect(stateOf(events.events[0]).notices[0]?.message).toBe('one\n\ntwo\r\nthree');
});

test('a comment is sent every 15 s, so that nothing between ends the connection', async () => {
  vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval'] });
  const events = readEvents(await openSite());
  await events.until(1);
  vi.advanceTimersByTime(14_000);
  await wait(30);
  expect(events.events).toHaveLength(1);
  vi.advanceTimersByTime(2000);
  await events.until(2);
  expect(events.events[1]).toBe(':');
});

test('who does not read gets the newest state and not those before', async () => {
  const session = handSession('/srv/shop');
  const site = await openSite({ session });
  const socket = await slowReader(site);
  const other = readEvents(site);
  await other.until(1);
  // Together far more than the buffers of the connection hold.
  const rounds = 40;
  for (let round = 1; round <= rounds; round += 1) await changeTo(session, round, other);
  const text = await readAll(socket, `"revision":${rounds},`);
  const revisions = [...text.matchAll(/"revision":(\d+),/g)].map((match) => Number(match[1]));
  expect(revisions.at(-1)).toBe(rounds);
  expect(revisions.length).toBeLessThan(rounds);
  expect(revisions).toEqual(revisions.toSorted((a, b) => a - b));
});

async function changeTo(
  session: HandSession,
  revision: number,
  other: ReturnType<typeof readEvents>,
): Promise<void> {
  session.list[0] = { id: 'x'.repeat(1_000_000), path: 'a', status: 'current', revision };
  session.emit(CHANGED);
  await other.until(revision + 1);
}

async function slowReader({ port, token }: Site): Promise<Socket> {
  const socket = connect(port, '127.0.0.1');
  onTestFinished(() => void socket.destroy());
  socket.write(`GET /${token}/api/events HTTP/1.1\r\nHost: localhost\r\n\r\n`);
  await once(socket, 'readable');
  return socket;
}

function readAll(socket: Socket, last: string): Promise<string> {
  return new Promise((resolve) => {
    let text = '';
    socket.on('data', (piece) => {
      text += piece.toString('utf8');
      if (text.includes(last)) resolve(text);
    });
  });
}
