import { readFileSync, readdirSync, truncateSync } from 'node:fs';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { evaluatePrograms, type EvaluationOptions } from '../../lib/tanka/evaluate.ts';
import { ensureTool } from '../../lib/tools/ensure-tool.ts';
import { fakeProgram, temporaryDirectory } from '../tools/fake-program.ts';

const INPUT = {
  files: new Map([['lib/a.libsonnet', "{ b: 'c' }"]]),
  header: "local a = import 'lib/a.libsonnet';\n",
  purpose: 'testing',
};

describe('evaluatePrograms', () => {
  it('gives the value or the message of each, in order', async () => {
    const tk = await ensureTool('tk');
    const programs = [
      'a.b',
      "error 'no\\nway'",
      '{ x: [a, null] }',
      'a.c',
      '[1',
      "import 'none.libsonnet'",
    ];
    const { evaluations } = await evaluatePrograms(programs, { ...INPUT, tk });
    expect(evaluations).toEqual([
      { value: 'c' },
      { error: 'no\nway' },
      { value: { x: [{ b: 'c' }, null] } },
      { error: 'Field does not exist: c' },
      { error: expect.stringMatching(/^Expected a comma/) },
      { error: expect.stringContaining('couldn\'t open import "none.libsonnet"') },
    ]);
  });

  it('fails when tk says nothing that is understood', async () => {
    const file = await fakeProgram(await temporaryDirectory(), 'tk', 'echo boom >&2; exit 3');
    const tk = { path: file, origin: 'PATH' } as const;
    await expect(evaluatePrograms(['1'], { ...INPUT, tk })).rejects.toMatchObject({
      kind: 'tool',
      message: 'testing: tk ended with exit code 3:\n  boom',
    });
  });

  it('fails when tk ends without a value', async () => {
    const file = await fakeProgram(await temporaryDirectory(), 'tk', 'exit 0');
    const tk = { path: file, origin: 'PATH' } as const;
    await expect(evaluatePrograms(['1'], { ...INPUT, tk })).rejects.toMatchObject({
      kind: 'tool',
      message: 'testing: tk ended without an error, but wrote no JSON',
    });
  });
});

describe('what tk printed', () => {
  let log = '';
  let options: EvaluationOptions = { ...INPUT, tk: { path: '', origin: 'cache' } };

  beforeEach(async () => {
    vi.stubEnv('TANKARD_CACHE', await temporaryDirectory());
    const build = await temporaryDirectory();
    log = path.join(build, 'log');
    const file = await fakeProgram(build, 'tk', `echo run >> ${log}`, 'echo 1');
    options = { ...INPUT, tk: { path: file, origin: 'cache' } };
  });
  afterEach(() => vi.unstubAllEnvs());

  /** Evaluates twice, and says how often tk ran. */
  async function runsOfTwo(
    programs: readonly string[],
    first: EvaluationOptions = options,
    second: EvaluationOptions = first,
  ): Promise<number> {
    const { keep } = await evaluatePrograms(programs, first);
    await keep();
    const { evaluations } = await evaluatePrograms(programs, second);
    expect(evaluations).toEqual(programs.map(() => ({ value: 1 })));
    return readFileSync(log, 'utf8').split('\n').length - 1;
  }

  it('is kept for the same input', async () => {
    expect(await runsOfTwo(['a.b', '2'])).toBe(2);
  });

  it('is not kept when nobody says that it is right', async () => {
    await evaluatePrograms(['a.b'], options);
    expect(readdirSync(process.env['TANKARD_CACHE'] ?? '')).toEqual([]);
  });

  it('is not used for other files, another header or another build', async () => {
    const files = new Map([['lib/a.libsonnet', "{ b: 'd' }"]]);
    expect(await runsOfTwo(['a.b'], options, { ...options, files })).toBe(2);
    expect(await runsOfTwo(['a.b'], options, { ...options, header: 'local a = 1;' })).toBe(3);
    const again = path.join(await temporaryDirectory(), 'tk');
    await fakeProgram(path.dirname(again), 'tk', `echo run >> ${log}`, 'echo 1');
    const other = { ...options, tk: { path: again, origin: 'cache' } as const };
    expect(await runsOfTwo(['a.b'], options, other)).toBe(4);
  });

  it('is not used for other programs, or the same in another order', async () => {
    await runsOfTwo(['a.b', '2']);
    expect(await runsOfTwo(['2', 'a.b'])).toBe(4);
  });

  it.each([
    "import '/etc/hostname'",
    "importstr 'lib/a.libsonnet'",
    "std['native']('helmTemplate')",
  ])('is not kept for what may read other files: %s', async (program) => {
    expect(await runsOfTwo([program])).toBe(2);
  });

  it('is not kept when a file imports one from elsewhere', async () => {
    const files = new Map([['lib/a.libsonnet', "import '/tmp/b.libsonnet'"]]);
    expect(await runsOfTwo(['a.b'], { ...options, files })).toBe(2);
  });

  it('is not kept for a tk that Tankard did not build', async () => {
    const tk = { path: options.tk.path, origin: 'TANKARD_TK' } as const;
    expect(await runsOfTwo(['a.b'], { ...options, tk })).toBe(2);
  });

  it('is made again when the cache is damaged', async () => {
    await runsOfTwo(['a.b']);
    const folder = path.join(process.env['TANKARD_CACHE'] ?? '', 'evaluations');
    for (const file of readdirSync(folder)) truncateSync(path.join(folder, file), 90);
    expect(await runsOfTwo(['a.b'])).toBe(2);
  });
});
