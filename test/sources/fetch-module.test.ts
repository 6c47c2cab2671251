import { mkdir, mkdtemp, readdir, readFile, rm, unlink, utimes, writeFile } from 'node:fs/promises';
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import os from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, expect, onTestFinished, test, vi } from 'vitest';
import {
  type LockedModule,
  type ModuleLock,
  readModuleLock,
} from '../../lib/sources/module-lock.ts';
import { moduleZipPath, PUBLIC_PROXY } from '../../lib/sources/module-proxy.ts';
import { openUpstream, type Upstream, type UpstreamOptions } from '../../lib/sources/upstream.ts';

// Each test downloads the smallest of the modules, about 1.4 MB.
vi.setConfig({ testTimeout: 300_000 });

const MODULE = 'github.com/bitnami-labs/sealed-secrets';
const FETCHING = `fetching schemas: ${MODULE} v0.36.0 (1.4 MB)`;

let root: string;
let directory: string;
let progress: string[];

beforeEach(async () => {
  root = await mkdtemp(path.join(os.tmpdir(), 'tankard-fetch-'));
  directory = path.join(root, 'schemas');
  await mkdir(directory);
  progress = [];
});

afterEach(async () => {
  vi.unstubAllEnvs();
  await rm(root, { recursive: true });
});

function lockWith(change: Partial<LockedModule> = {}): ModuleLock {
  const locked = readModuleLock().modules.find(({ module }) => module === MODULE);
  return { version: 1, modules: [{ ...locked!, ...change }] };
}

function open(options: UpstreamOptions = {}): Promise<Upstream> {
  const onProgress = (line: string): void => void progress.push(line);
  return openUpstream({ lock: lockWith(), directory, onProgress, ...options });
}

async function loadSealedSecret(upstream: Upstream): Promise<unknown> {
  const kind = upstream.kind('bitnami.com/v1alpha1', 'SealedSecret');
  return (await upstream.loadSchema(kind!)).root;
}

async function storeFolder(): Promise<string> {
  const [name] = await readdir(directory);
  return path.join(directory, name!);
}

/** What would be needed to download: removed, so that a test sees when it is reached for. */
async function takeGoAway(): Promise<void> {
  const empty = path.join(root, 'empty');
  await mkdir(empty);
  vi.stubEnv('PATH', empty);
  vi.stubEnv('GO', '');
}

test('what was fetched once is read without Go, without the network and without a word', async () => {
  const first = await loadSealedSecret(await open());
  expect(progress).toEqual([FETCHING]);
  await takeGoAway();
  expect(await loadSealedSecret(await open())).toEqual(first);
  expect(progress).toEqual([FETCHING]);
});

test('fetching leaves nothing but the schemas', async () => {
  await open();
  expect(await readdir(directory)).toHaveLength(1);
  expect((await readdir(await storeFolder())).sort()).toEqual([
    'bitnami.com.v1alpha1.SealedSecret.json',
    'index.json',
  ]);
});

test('several that fetch at the same time all succeed', async () => {
  const opened = await Promise.all([open(), open(), open()]);
  for (const upstream of opened)
    expect(await loadSealedSecret(upstream)).toHaveProperty('properties.spec');
  expect(await readdir(directory)).toHaveLength(1);
});

test('without Go they come from the module proxy, the same', async () => {
  const byGo = await loadSealedSecret(await open());
  await rm(await storeFolder(), { recursive: true });
  await takeGoAway();
  expect(await loadSealedSecret(await open())).toEqual(byGo);
  expect(progress).toEqual([FETCHING, FETCHING]);
});

test('without Go a module that is another than the pinned one is refused', async () => {
  const sum = `h1:${'A'.repeat(43)}=`;
  const got = lockWith().modules[0]!.sum;
  await takeGoAway();
  await expect(open({ lock: lockWith({ sum }) })).rejects.toMatchObject({
    kind: 'usage',
    message: expect.stringContaining(`wanted ${sum}, got ${got}`),
  });
  expect(await readdir(directory)).toEqual([]);
});

test('without Go the proxies of GOPROXY are asked one after the other', async () => {
  await takeGoAway();
  const proxy = createServer((_, response) => response.writeHead(410).end());
  onTestFinished(() => void proxy.close());
  await once(proxy.listen(0, '127.0.0.1'), 'listening');
  const url = `http://127.0.0.1:${(proxy.address() as AddressInfo).port}`;
  vi.stubEnv('GOPROXY', `${url},direct`);
  await expect(open()).rejects.toMatchObject({
    kind: 'tool',
    message: `cannot fetch the schemas in ${MODULE} v0.36.0: cannot fetch ${url}/${MODULE}/@v/v0.36.0.zip: HTTP 410 Gone`,
    hint: expect.stringMatching(/GOPROXY .* copy the folder "schemas" .* TANKARD_CACHE/),
  });
  vi.stubEnv('GOPROXY', `${url},${PUBLIC_PROXY}`);
  expect(await loadSealedSecret(await open())).toHaveProperty('properties.spec');
});

test('without Go a module that may be private is not asked for at a proxy', async () => {
  await takeGoAway();
  vi.stubEnv('GOPROXY', 'http://127.0.0.1:9');
  const module = 'example.com/private/crds';
  await expect(open({ lock: lockWith({ module }) })).rejects.toMatchObject({
    kind: 'tool',
    message:
      `cannot fetch the schemas in ${module} v0.36.0: "go" could not be started; ` +
      'the schemas are fetched with Go, once',
    hint: expect.stringMatching(/Install Go .* copy the folder "schemas" .* TANKARD_CACHE/),
  });
  expect(await readdir(directory)).toEqual([]);
});

test('capital letters of a module are escaped in its address', () => {
  expect(moduleZipPath('github.com/BurntSushi/toml', 'v1.0.0-RC1')).toBe(
    'github.com/!burnt!sushi/toml/@v/v1.0.0-!r!c1.zip',
  );
});

test('GO that is no program is named', async () => {
  vi.stubEnv('GO', path.join(root, 'no-go'));
  await expect(open()).rejects.toMatchObject({
    kind: 'tool',
    message: expect.stringContaining(path.join(root, 'no-go')),
  });
});

test('a download that is refused says what Go said', async () => {
  vi.stubEnv('GOPROXY', 'off');
  await expect(open()).rejects.toMatchObject({
    kind: 'tool',
    message: expect.stringContaining('module lookup disabled by GOPROXY=off'),
    hint: expect.stringContaining('GOPROXY'),
  });
  expect(await readdir(directory)).toEqual([]);
});

test('a Go that is too old for the module is enough to download it', async () => {
  const go = path.join(root, 'old-go');
  const answer = `sed 's/"Dir": .*/"Error": "requires go >= 9.9.9",/'`;
  await writeFile(go, `#!/bin/sh\ngo "$@" | ${answer}\nexit 1\n`, { mode: 0o755 });
  vi.stubEnv('GO', go);
  expect(await loadSealedSecret(await open())).toHaveProperty('properties.spec');
});

test('a program that is not Go is a failure that says how it ended', async () => {
  const go = path.join(root, 'no-go');
  await writeFile(go, '#!/bin/sh\necho this is another program >&2\nexit 3\n', { mode: 0o755 });
  vi.stubEnv('GO', go);
  await expect(open()).rejects.toMatchObject({
    kind: 'tool',
    message: `cannot fetch the schemas in ${MODULE} v0.36.0: this is another program`,
  });
});

test('a wrong checksum of the module is refused, and nothing is kept', async () => {
  const sum = `h1:${'A'.repeat(43)}=`;
  const got = lockWith().modules[0]!.sum;
  await expect(open({ lock: lockWith({ sum }) })).rejects.toMatchObject({
    kind: 'usage',
    message: `the module of ${MODULE} v0.36.0 is not what schemas/upstream.lock.json pins: wanted ${sum}, got ${got}`,
  });
  expect(await readdir(directory)).toEqual([]);
});

test('a wrong checksum of a file is refused, and nothing is kept', async () => {
  const [file] = lockWith().modules[0]!.files;
  const sha256 = '0'.repeat(64);
  const lock = lockWith({ files: [{ file: file!.file, sha256 }] });
  await expect(open({ lock })).rejects.toMatchObject({
    kind: 'usage',
    message:
      `${file!.file} of ${MODULE} v0.36.0 is not what schemas/upstream.lock.json pins: ` +
      `wanted ${sha256}, got ${file!.sha256}`,
  });
  expect(await readdir(directory)).toEqual([]);
});

test('a file that the module does not have is refused', async () => {
  const lock = lockWith({ files: [{ file: 'no/such.yaml', sha256: '0'.repeat(64) }] });
  await expect(open({ lock })).rejects.toMatchObject({
    kind: 'usage',
    message: expect.stringContaining('got no such file'),
  });
});

test.each([
  [
    'cut off',
    (file: string) => readFile(file).then((bytes) => writeFile(file, bytes.subarray(0, 40))),
  ],
  ['empty', (file: string) => writeFile(file, '')],
  [
    'changed',
    (file: string) =>
      readFile(file, 'utf8').then((text) => writeFile(file, text.replace('true', 'TRUE'))),
  ],
])('an index that is %s is fetched again', async (_how, damage) => {
  await open();
  await damage(path.join(await storeFolder(), 'index.json'));
  expect(await loadSealedSecret(await open())).toHaveProperty('properties.spec');
  expect(progress.slice(1)).toEqual([
    `schemas in the cache are damaged: ${MODULE} v0.36.0 in ${await storeFolder()}`,
    FETCHING,
  ]);
  expect(await readdir(directory)).toHaveLength(1);
});

test.each([
  ['changed', (file: string) => writeFile(file, '{"root":{},"definitions":{}}')],
  ['missing', unlink],
])('a schema that is %s is fetched again, once for all that ask', async (_how, damage) => {
  const upstream = await open();
  await damage(path.join(await storeFolder(), 'bitnami.com.v1alpha1.SealedSecret.json'));
  const schemas = await Promise.all([loadSealedSecret(upstream), loadSealedSecret(upstream)]);
  for (const schema of schemas) expect(schema).toHaveProperty('properties.spec');
  expect(progress.filter((line) => line === FETCHING)).toHaveLength(2);
});

test('an abort stops the download and leaves nothing', async () => {
  const controller = new AbortController();
  const opening = open({
    signal: controller.signal,
    onProgress: () => setTimeout(() => controller.abort(), 20),
  });
  await expect(opening).rejects.toMatchObject({ kind: 'interrupted' });
  expect(await readdir(directory)).toEqual([]);
});

test('what a killed process left behind is removed after an hour', async () => {
  const [old, recent] = [path.join(directory, '.fetch-old'), path.join(directory, '.fetch-recent')];
  await mkdir(old);
  await mkdir(recent);
  const longAgo = new Date(Date.now() - 2 * 60 * 60_000);
  await utimes(old, longAgo, longAgo);
  await open();
  expect((await readdir(directory)).filter((name) => name.startsWith('.'))).toEqual([
    '.fetch-recent',
  ]);
});

test('a cache that cannot be written is a failure that names it', async () => {
  const file = path.join(root, 'file');
  await writeFile(file, '');
  await expect(open({ directory: path.join(file, 'schemas') })).rejects.toMatchObject({
    kind: 'usage',
    message: expect.stringContaining(`cannot write to the cache folder ${file}`),
    hint: expect.stringContaining('TANKARD_CACHE'),
  });
});
