import { readdir } from 'node:fs/promises';
import path from 'node:path';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { inspectTools } from '../../lib/tools/inspect-tools.ts';
import { fakeProgram, temporaryDirectory } from './fake-program.ts';

let bin: string;
let cache: string;

beforeEach(async () => {
  bin = await temporaryDirectory();
  cache = await temporaryDirectory();
  vi.stubEnv('PATH', bin);
  vi.stubEnv('TANKARD_CACHE', cache);
  vi.stubEnv('TANKARD_TK', undefined);
});

afterEach(() => {
  vi.unstubAllEnvs();
});

async function reportOf(name: string) {
  return (await inspectTools()).find((report) => report.name === name);
}

it('reports every program, with absolute paths, and builds nothing', async () => {
  await fakeProgram(bin, 'go', 'echo "go version go1.26.8 linux/amd64"');
  await fakeProgram(bin, 'tk', 'echo "2026/07/16 tk version v0.38.0" >&2');
  const reports = await inspectTools();
  expect(reports.map(({ name }) => name)).toEqual([
    'node',
    'go',
    'tk',
    'jb',
    'jsonnet',
    'locate',
    'kubectl',
  ]);
  expect(reports.every((report) => report.path === undefined || path.isAbsolute(report.path))).toBe(
    true,
  );
  expect(reports.find(({ name }) => name === 'tk')).toMatchObject({
    path: path.join(bin, 'tk'),
    version: 'v0.38.0',
    origin: 'PATH',
    ok: true,
  });
  expect(reports.find(({ name }) => name === 'jb')).toMatchObject({ ok: true, wanted: 'v0.6.0' });
  expect(await readdir(cache)).toEqual([]);
});

it('says how to get what is missing', async () => {
  expect(await reportOf('go')).toMatchObject({
    ok: false,
    howToGet: 'Install Go 1.26.1 or newer.',
  });
  expect(await reportOf('tk')).toMatchObject({
    ok: false,
    howToGet: expect.stringContaining('or put tk v0.38.0'),
  });
  expect(await reportOf('kubectl')).toMatchObject({ ok: false, neededFor: 'apply and diff' });
});

it('says that Go is too old', async () => {
  await fakeProgram(bin, 'go', 'echo "go version go1.24.2 linux/amd64"');
  expect(await reportOf('go')).toMatchObject({
    version: 'go1.24.2',
    wanted: '>=1.26.1',
    ok: false,
  });
  expect(await reportOf('tk')).toMatchObject({ ok: false });
});

it('reports a tk of another version that the user named', async () => {
  const tk = await fakeProgram(bin, 'old', 'echo "tk version v0.28.5" >&2');
  vi.stubEnv('TANKARD_TK', tk);
  expect(await reportOf('tk')).toMatchObject({
    path: tk,
    version: 'v0.28.5',
    ok: false,
    origin: 'TANKARD_TK',
  });
});

it('reads the version of kubectl', async () => {
  await fakeProgram(bin, 'kubectl', `echo '{"clientVersion": {"gitVersion": "v1.32.4"}}'`);
  expect(await reportOf('kubectl')).toMatchObject({ version: 'v1.32.4', ok: true });
});
