import { readdir, readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { type DiffOptions, diffEnvironment, type LivePair } from '../../lib/tanka/diff.ts';
import { failureOf } from '../tools/failure-of.ts';
import { fakeProgram, temporaryDirectory } from '../tools/fake-program.ts';
import { makeEnvironment } from './project.ts';

afterEach(() => {
  vi.unstubAllEnvs();
});

/** Compares with a tk that is a shell script of these lines. */
async function diffWith(
  lines: readonly string[],
  more: Partial<DiffOptions> = {},
): Promise<LivePair[]> {
  const root = await makeEnvironment('{}');
  const tk = await fakeProgram(await temporaryDirectory(), 'tk', ...lines);
  return diffEnvironment({ tk, root, environment: 'environments/dev', ...more });
}

describe('diffEnvironment with a tk that', () => {
  it.each([
    [
      'usage',
      "your Environment's spec.json seems incomplete:\n  * spec.apiServer",
      'names no cluster',
    ],
    ['usage', 'found no matching environments', 'no inline environment named x'],
    ['usage', 'evaluating jsonnet: RUNTIME ERROR: oh\n', 'it does not render: oh'],
    [
      'tool',
      'connecting to Kubernetes: finding usable context: exec: "kubectl": executable file not found in $PATH',
      'kubectl is not on PATH',
    ],
    [
      'tool',
      'connecting to Kubernetes: finding usable context: fork/exec /x: no such file or directory',
      'kubectl cannot be run: fork/exec /x',
    ],
    ['tool', 'something that nobody knows', 'something that nobody knows'],
  ] as const)('fails as %s: %s', async (kind, text, message) => {
    const file = path.join(await temporaryDirectory(), 'error');
    await writeFile(file, `Error: ${text}\n`);
    const failure = await failureOf(
      diffWith([`cat '${file}' >&2`, 'exit 1'], { args: { name: 'x' } }),
    );
    expect(failure).toMatchObject({ kind, message: expect.stringContaining(message) });
  });

  it('prints an object with its error: no value of it is repeated', async () => {
    const file = path.join(await temporaryDirectory(), 'error');
    await writeFile(
      file,
      [
        'error: error when creating patch with:',
        'original:',
        '{"kind":"Secret","stringData":{"p":"hunter2"}}',
        'for: "STDIN": invalid character in {"p":"hunter2"}',
        'The Secret "s" is invalid: type: Invalid value: "hunter2": field is immutable',
        'Error: exit status 2',
      ].join('\n'),
    );
    const failure = await failureOf(diffWith([`cat '${file}' >&2`, 'exit 1']));
    expect(failure.kind).toBe('cluster');
    expect(failure.message).toContain('error when creating patch');
    expect(failure.message).toContain('The Secret "s" is invalid: type: Invalid value');
    expect(`${failure.message}${failure.hint}`).not.toContain('hunter2');
  });

  it('hangs: it is stopped, and nothing stays behind', async () => {
    const temporary = await temporaryDirectory();
    vi.stubEnv('TMPDIR', temporary);
    const failure = await failureOf(
      diffWith(['echo secret > "$TMPDIR/LIVE-1"', 'sleep 300'], { timeoutMs: 500 }),
    );
    expect(failure).toMatchObject({
      kind: 'cluster',
      message: 'comparing environments/dev with its cluster: no answer within 0.5 s',
    });
    expect(await readdir(temporary)).not.toContainEqual(expect.stringMatching(/^tankard-diff-/));
  }, 15_000);

  it('is interrupted: nothing stays behind', async () => {
    const temporary = await temporaryDirectory();
    vi.stubEnv('TMPDIR', temporary);
    const abort = new AbortController();
    setTimeout(() => abort.abort(), 300);
    const failure = await failureOf(diffWith(['sleep 300'], { signal: abort.signal }));
    expect(failure.kind).toBe('interrupted');
    expect(await readdir(temporary)).not.toContainEqual(expect.stringMatching(/^tankard-diff-/));
  }, 15_000);

  it('has another program that calls diff: it gets the real one', async () => {
    const folder = await temporaryDirectory();
    const failure = await failureOf(
      diffWith([
        `cd '${folder}'`,
        'echo 1 > a; echo 2 > b',
        'diff a b > differences',
        'echo "exit $?" >> differences',
        'exit 1',
      ]),
    );
    expect(failure.kind).toBe('tool');
    expect(await readFile(path.join(folder, 'differences'), 'utf8')).toBe(
      '1c1\n< 1\n---\n> 2\nexit 1\n',
    );
  });
});
