import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import type { Failure } from '../../lib/finding/failure.ts';
import { type ShowOptions, showEnvironment } from '../../lib/tanka/show.ts';
import { fakeProgram, temporaryDirectory } from '../tools/fake-program.ts';
import { makeEnvironment, makeProject } from './project.ts';

/** Shows an environment with a tk that is a shell script of these lines. */
async function showWith(lines: readonly string[], more: Partial<ShowOptions> = {}) {
  const root = await makeEnvironment('{}');
  const tk = await fakeProgram(await temporaryDirectory(), 'tk', ...lines);
  return showEnvironment({ tk, root, environment: 'environments/dev', ...more });
}

async function failureWith(
  lines: readonly string[],
  more: Partial<ShowOptions> = {},
): Promise<Failure> {
  return showWith(lines, more).then(
    () => expect.unreachable('it succeeded'),
    (error: unknown) => error as Failure,
  );
}

describe('a tk that', () => {
  it('fails with something unknown: the text is shown as it came, but of a crash only what happened', async () => {
    const failure = await failureWith(['echo "panic: oh" >&2', 'echo "goroutine 1" >&2', 'exit 2']);
    expect(failure.kind).toBe('tool');
    expect(failure.message).toBe(
      'rendering environments/dev: tk ended with exit code 2:\n  panic: oh',
    );
  });

  it('fails and prints nothing', async () => {
    const failure = await failureWith(['exit 1']);
    expect(failure).toMatchObject({
      kind: 'tool',
      message: 'rendering environments/dev: tk ended with exit code 1 and printed nothing',
      hint: expect.stringContaining('tankard doctor'),
    });
  });

  it('fails and says why in its log alone', async () => {
    const failure = await failureWith([
      `echo '{"level":"fatal","time":"x","message":"no room"}' >&2`,
      'exit 1',
    ]);
    expect(failure.message).toBe(
      'rendering environments/dev: tk ended with exit code 1:\n  no room',
    );
  });

  it('is noisy on stderr: YAML and traces are kept, log lines are not', async () => {
    const result = await showWith([
      `echo '{"level":"warn","message":"old"}' >&2`,
      'echo "TRACE: a:1 x" >&2',
      'echo "kind: X"',
      `echo '{"level":"info","message":"done"}' >&2`,
    ]);
    expect(result.yaml.toString()).toBe('kind: X\n');
    expect(result.stderr).toBe('TRACE: a:1 x\n');
  });

  it('is killed', async () => {
    const failure = await failureWith(['echo "half" >&2', 'kill -KILL $$']);
    expect(failure).toMatchObject({ kind: 'tool', hint: expect.stringContaining('memory') });
    expect(failure.message).toBe('rendering environments/dev: tk was ended by SIGKILL\n  half');
  });

  it('does not exist or cannot be executed', async () => {
    const root = await makeEnvironment('{}');
    const options = { root, environment: 'environments/dev' };
    await expect(showEnvironment({ ...options, tk: '/nonexistent/tk' })).rejects.toMatchObject({
      kind: 'tool',
      message: expect.stringMatching(/cannot run \/nonexistent\/tk: .*ENOENT/),
    });
    await expect(
      showEnvironment({ ...options, tk: path.join(root, 'jsonnetfile.json') }),
    ).rejects.toMatchObject({
      kind: 'tool',
      message: expect.stringContaining('EACCES'),
    });
  });

  it('does not get the variables that change its output, and no stdin', async () => {
    process.env['KUBECTL_INTERACTIVE_DIFF'] = 'true';
    const { yaml } = await showWith(['env', 'cat']);
    delete process.env['KUBECTL_INTERACTIVE_DIFF'];
    const variables = yaml.toString().split('\n');
    expect(variables).toContain('NO_COLOR=1');
    expect(variables).toContain('TANKA_PAGER=');
    expect(variables).toContain('OTEL_SDK_DISABLED=true');
    expect(variables.filter((line) => /^(PAGER|KUBECTL_INTERACTIVE_DIFF)=/.test(line))).toEqual([]);
  });
});

/** Lines of a tk that hangs, with a child that writes to `file` for as long as it lives. */
function hanging(file: string, trap: string): string[] {
  return [`( ${trap} while :; do echo alive >> '${file}'; sleep 0.05; done ) &`, 'sleep 300'];
}

async function stillGrows(file: string): Promise<boolean> {
  const before = await readFile(file, 'utf8');
  await sleep(400);
  return (await readFile(file, 'utf8')) !== before;
}

describe('a tk that hangs', () => {
  it.each([
    ['its child ends when asked', ''],
    ['its child ignores SIGTERM', "trap '' TERM;"],
  ])(
    'is stopped at the time limit, and %s',
    async (_, trap) => {
      const file = path.join(await temporaryDirectory(), 'alive');
      const failure = await failureWith(hanging(file, trap), { timeoutMs: 500 });
      expect(failure).toMatchObject({
        kind: 'tool',
        message: 'rendering environments/dev: tk did not end within 0.5 s and was stopped',
        hint: expect.stringContaining('recursion'),
      });
      expect(await stillGrows(file)).toBe(false);
    },
    15_000,
  );

  it('is stopped with its children when the user interrupts', async () => {
    const file = path.join(await temporaryDirectory(), 'alive');
    const abort = new AbortController();
    setTimeout(() => abort.abort(), 300);
    const failure = await failureWith(hanging(file, ''), { signal: abort.signal });
    expect(failure).toMatchObject({ kind: 'interrupted', exitCode: 130 });
    expect(await stillGrows(file)).toBe(false);
  }, 15_000);

  it('is not started when the user has interrupted before', async () => {
    const file = path.join(await temporaryDirectory(), 'ran');
    const failure = await failureWith([`echo x > '${file}'`], { signal: AbortSignal.abort() });
    expect(failure.kind).toBe('interrupted');
    await expect(readFile(file)).rejects.toThrow('ENOENT');
  });
});

it('a path that looks like a flag is not given as one', async () => {
  const root = await makeProject({ '-x/main.jsonnet': '{}' });
  const tk = await fakeProgram(await temporaryDirectory(), 'tk', 'echo "$2"');
  const { yaml } = await showEnvironment({ tk, root, environment: '-x' });
  expect(yaml.toString()).toBe('./-x\n');
});
