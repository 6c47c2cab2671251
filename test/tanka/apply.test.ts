import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { expect, it } from 'vitest';
import { type ApplyOptions, applyEnvironment } from '../../lib/tanka/apply.ts';
import { fakeProgram, temporaryDirectory } from '../tools/fake-program.ts';
import { makeEnvironment } from './project.ts';

async function applyWith(
  lines: readonly string[],
  more: Partial<ApplyOptions> = {},
): Promise<number> {
  const root = await makeEnvironment('{}');
  const tk = await fakeProgram(await temporaryDirectory(), 'tk', ...lines);
  return applyEnvironment({ tk, root, environment: 'environments/dev', ...more });
}

it('passes everything on and answers 0', async () => {
  const file = path.join(await temporaryDirectory(), 'arguments');
  const code = await applyWith([`for a in "$@"; do echo "$a" >> '${file}'; done`], {
    autoApprove: 'always',
    dryRun: 'server',
    args: { targets: ['Secret/.*'], tlaStr: ['a=b'] },
  });
  expect(code).toBe(0);
  expect((await readFile(file, 'utf8')).trim().split('\n')).toEqual([
    'apply',
    'environments/dev',
    '--log-level=error',
    '--auto-approve=always',
    '--dry-run=server',
    '--target=Secret/.*',
    '--tla-str=a=b',
  ]);
});

it.each([
  ['cluster', ['echo "Error: obtaining versions: exit status 1" >&2', 'exit 1'], 'exit code 1'],
  ['interrupted', ['echo "Error: aborted by user" >&2', 'exit 1'], 'not approved'],
  [
    'tool',
    [
      'echo "Error: finding usable context: exec: \\"kubectl\\": executable file not found in \\$PATH" >&2',
      'exit 1',
    ],
    'kubectl is not on PATH',
  ],
  ['tool', ['kill -KILL $$'], 'SIGKILL'],
] as const)('fails as %s: %j', async (kind, lines, message) => {
  await expect(applyWith(lines)).rejects.toMatchObject({
    kind,
    message: expect.stringContaining(message),
  });
});

it('an environment that does not exist is a usage failure before tk starts', async () => {
  const file = path.join(await temporaryDirectory(), 'ran');
  await expect(
    applyWith([`echo x > '${file}'`], { environment: 'environments/x' }),
  ).rejects.toMatchObject({
    kind: 'usage',
  });
  await expect(readFile(file)).rejects.toThrow('ENOENT');
});

it('an abort is an interruption', async () => {
  const abort = new AbortController();
  setTimeout(() => abort.abort(), 200);
  await expect(applyWith(['exec sleep 60'], { signal: abort.signal })).rejects.toMatchObject({
    kind: 'interrupted',
  });
});
