import { mkdir, readdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { Failure } from '../../lib/finding/failure.ts';
import { ensureTool } from '../../lib/tools/ensure-tool.ts';
import { toolPin } from '../../lib/tools/tool-pin.ts';
import { fakeProgram, temporaryDirectory } from './fake-program.ts';

let bin: string;

beforeEach(async () => {
  bin = await temporaryDirectory();
  vi.stubEnv('PATH', bin);
  vi.stubEnv('TANKARD_CACHE', await temporaryDirectory());
  vi.stubEnv('TANKARD_TK', undefined);
});

afterEach(() => {
  vi.unstubAllEnvs();
});

async function failureOf(promise: Promise<unknown>): Promise<Failure> {
  const error = await promise.then(
    () => undefined,
    (reason: unknown) => reason,
  );
  if (!(error instanceof Failure)) throw new Error('expected a Failure', { cause: error });
  return error;
}

async function tkThatSays(line: string, directory = bin): Promise<string> {
  return fakeProgram(directory, 'tk', `echo '${line}' >&2`);
}

describe('a tk that the user names', () => {
  it('is taken from TANKARD_TK when its version fits', async () => {
    const tk = await tkThatSays(
      '2026/07/16 10:00:00 tk version v0.38.2',
      await temporaryDirectory(),
    );
    vi.stubEnv('TANKARD_TK', tk);
    expect(await ensureTool('tk')).toEqual({
      name: 'tk',
      path: tk,
      version: 'v0.38.2',
      wanted: 'v0.38.0',
      origin: 'TANKARD_TK',
    });
  });

  it.each(['2026/07/16 10:00:00 tk version dev', 'rtk, a renderer'])(
    'is taken when it names no version: %s',
    async (line) => {
      vi.stubEnv('TANKARD_TK', await tkThatSays(line));
      expect(await ensureTool('tk')).toMatchObject({ version: undefined, origin: 'TANKARD_TK' });
    },
  );

  it('comes from tankard.yaml only when TANKARD_TK is not set', async () => {
    const configured = await tkThatSays('tk version v0.38.0', await temporaryDirectory());
    expect(await ensureTool('tk', { configured })).toMatchObject({
      path: configured,
      origin: 'tankard.yaml',
    });
    const named = await tkThatSays('tk version v0.38.1');
    vi.stubEnv('TANKARD_TK', named);
    expect(await ensureTool('tk', { configured })).toMatchObject({
      path: named,
      origin: 'TANKARD_TK',
    });
  });

  it('is refused with another version, naming path, both versions and the ways out', async () => {
    const tk = await tkThatSays('2024/01/01 10:00:00 tk version v0.28.5');
    vi.stubEnv('TANKARD_TK', tk);
    const failure = await failureOf(ensureTool('tk'));
    expect(failure.kind).toBe('tool');
    expect(failure.message).toBe(`TANKARD_TK names ${tk}, which is tk v0.28.5; v0.38.x is wanted`);
    expect(failure.hint).toMatch(
      /v0\.38\.x in TANKARD_TK, or take it out.*own build of tk v0\.38\.0/,
    );
  });

  it('is refused when it does not exist, cannot be executed or does not run', async () => {
    vi.stubEnv('TANKARD_TK', path.join(bin, 'absent'));
    expect((await failureOf(ensureTool('tk'))).message).toContain(
      'absent, which is not an executable file',
    );
    await writeFile(path.join(bin, 'plain'), '');
    vi.stubEnv('TANKARD_TK', path.join(bin, 'plain'));
    expect((await failureOf(ensureTool('tk'))).message).toContain(
      'plain, which is not an executable file',
    );
    vi.stubEnv('TANKARD_TK', await fakeProgram(bin, 'broken', 'exit 7'));
    expect((await failureOf(ensureTool('tk'))).message).toMatch(
      /does not run: --version ended with exit code 7/,
    );
  });
});

describe('a tk on PATH', () => {
  it('is taken when its version fits', async () => {
    const tk = await tkThatSays('2026/07/16 10:00:00 tk version v0.38.0');
    expect(await ensureTool('tk')).toMatchObject({ path: tk, version: 'v0.38.0', origin: 'PATH' });
  });

  it('with another version is named when there is no Go to build the right one', async () => {
    const tk = await tkThatSays('2024/01/01 10:00:00 tk version v0.28.5');
    const failure = await failureOf(ensureTool('tk'));
    expect(failure.message).toContain('tk v0.38.0 was not found');
    expect(failure.message).toContain(`${tk} on PATH is v0.28.5`);
    expect(failure.message).toContain('Go, which builds it, is not on PATH');
  });

  it('with another version is passed over in favour of a build', async () => {
    await tkThatSays('2024/01/01 10:00:00 tk version v0.28.5');
    await fakeGo('printf built > "$out"');
    expect(await ensureTool('tk')).toMatchObject({ origin: 'cache', version: 'v0.38.0' });
  });
});

/** A go whose `build` runs `line` with `$out` set to the file that it is told to write. */
async function fakeGo(line: string): Promise<string> {
  return fakeProgram(
    bin,
    'go',
    'if [ "$1" = version ]; then echo "go version go1.26.1 linux/amd64"; exit 0; fi',
    'while [ $# -gt 0 ]; do if [ "$1" = -o ]; then out=$2; fi; shift; done',
    line,
    '[ -e "$out" ] && /bin/chmod +x "$out"',
    'exit 0',
  );
}

describe('without a tool', () => {
  it('and without Go, one message names both ways out', async () => {
    const failure = await failureOf(ensureTool('tk'));
    expect(failure.kind).toBe('tool');
    expect(failure.message).toMatch(
      /^tk v0\.38\.0 was not found: .*none is on PATH, and Go, .* is not on PATH$/,
    );
    expect(failure.hint).toBe(
      'Install Go 1.26.1 or newer and run again; or put tk v0.38.0 on PATH or name it in TANKARD_TK.',
    );
  });

  it('nothing is built when building is not wanted', async () => {
    await fakeGo('printf built > "$out"');
    const failure = await failureOf(ensureTool('jb', { build: false }));
    expect(failure.hint).toContain('Let Tankard build it');
  });

  it('a Go that is too old is named with its version', async () => {
    const go = await fakeGo(
      'echo "go: go.mod requires go >= 1.26.1 (running go 1.24.2; GOTOOLCHAIN=local)" >&2; exit 1',
    );
    const failure = await failureOf(ensureTool('tk'));
    expect(failure.message).toContain(`tk v0.38.0 needs Go 1.26.1 or newer; ${go} is go1.24.2`);
  });

  it('what go says is shown when a build fails, and nothing stays behind', async () => {
    await fakeGo('echo "dial tcp: lookup proxy: no such host" >&2; printf half > "$out"; exit 1');
    const failure = await failureOf(ensureTool('jb'));
    expect(failure.kind).toBe('tool');
    expect(failure.message).toMatch(
      /building jb v0\.6\.0 .* failed: exit code 1\n {2}dial tcp: lookup proxy/,
    );
    expect(await readdir(toolPin('jb').directory)).toEqual([]);
  });

  it('an abort during the build is an interruption, and nothing stays behind', async () => {
    await fakeGo('printf half > "$out"; while :; do /bin/sleep 0.1; done');
    const abort = new AbortController();
    const onProgress = (): void => void setTimeout(() => abort.abort(), 200);
    const failure = await failureOf(ensureTool('jb', { signal: abort.signal, onProgress }));
    expect(failure.kind).toBe('interrupted');
    expect(await readdir(toolPin('jb').directory)).toEqual([]);
  });
});

describe('a cached build', () => {
  it('is used without running anything', async () => {
    await fakeGo('printf built > "$out"');
    const first = await ensureTool('tk');
    vi.stubEnv('PATH', '');
    const progress: string[] = [];
    expect(await ensureTool('tk', { onProgress: (line) => progress.push(line) })).toEqual(first);
    expect(progress).toEqual([]);
  });

  it.each([
    ['is shorter than it was', ''],
    ['is longer than it was', 'built and more'],
  ])('that %s is built again, and said so', async (_, content) => {
    await fakeGo('printf built > "$out"');
    const { path: binary } = await ensureTool('tk');
    await writeFile(binary, content);
    const progress: string[] = [];
    await ensureTool('tk', { onProgress: (line) => progress.push(line) });
    expect(progress[0]).toBe(`${binary} is damaged and is built again`);
    expect(progress[1]).toBe('building tk v0.38.0 (about a minute, once)');
  });

  it('without its stamp is not trusted', async () => {
    const pin = toolPin('tk');
    await mkdir(pin.directory, { recursive: true });
    await fakeProgram(pin.directory, 'tk', 'exit 0');
    expect((await failureOf(ensureTool('tk'))).message).toContain('tk v0.38.0 was not found');
  });
});

it('the pins are the versions that the documentation names', () => {
  expect((['tk', 'jb', 'jsonnet'] as const).map((name) => toolPin(name).version)).toEqual([
    'v0.38.0',
    'v0.6.0',
    'v0.22.0',
  ]);
});
