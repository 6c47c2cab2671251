import { existsSync } from 'node:fs';
import { chmod, cp, mkdir, readdir, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { execa } from 'execa';
import { expect, it } from 'vitest';
import { snapshot } from '../sources/imports.ts';
import { makeProject, SPEC } from '../tanka/project.ts';
import { PROGRAM, tankard } from './tankard.ts';

const KILL = path.join(import.meta.dirname, 'kill-at.cjs');

function objects(...names: string[]): string {
  return JSON.stringify(
    names.map((name) => ({
      apiVersion: 'v1',
      kind: 'ConfigMap',
      metadata: { name },
      data: { value: 'x'.repeat(5000) },
    })),
  );
}

/** A project with an old export in folder/out, and another one that is to take its place. */
async function setup(): Promise<{
  cwd: string;
  before: Map<string, string>;
  after: Map<string, string>;
}> {
  const environments = ['changed', 'gone', 'same'];
  const cwd = await makeProject(
    Object.fromEntries(
      environments.flatMap((name) => [
        [`environments/${name}/main.jsonnet`, objects('one', 'two')],
        [`environments/${name}/spec.json`, SPEC],
      ]),
    ),
  );
  await tankard(['export', 'old'], { cwd });
  await rm(path.join(cwd, 'environments/gone'), { recursive: true });
  await writeFile(path.join(cwd, 'environments/changed/main.jsonnet'), objects('two', 'three'));
  await tankard(['export', 'new'], { cwd });
  const [before, after] = [
    await snapshot(path.join(cwd, 'old')),
    await snapshot(path.join(cwd, 'new')),
  ];
  expect(before).not.toEqual(after);
  return { cwd, before, after };
}

it('killed at any step leaves the old or the new export, or one that the next run mends', async () => {
  const { cwd, before, after } = await setup();
  const folder = path.join(cwd, 'folder');
  const out = path.join(folder, 'out');
  const seen = { old: 0, new: 0, none: 0 };
  for (let step = 0; ; step += 1) {
    await rm(folder, { recursive: true, force: true });
    await mkdir(folder);
    await cp(path.join(cwd, 'old'), out, { recursive: true });
    const { signal, exitCode } = await execa(
      process.execPath,
      ['--require', KILL, PROGRAM, 'export', 'folder/out'],
      {
        cwd,
        reject: false,
        env: { KILL_AT: String(step), KILL_BELOW: folder, TANKARD_TK: undefined },
      },
    );
    if (exitCode === 0) break;
    expect(signal).toBe('SIGKILL');
    if (existsSync(out)) {
      const left = await snapshot(out);
      const isOld = left.get('environments/changed/default/ConfigMap_one.yaml') !== undefined;
      seen[isOld ? 'old' : 'new'] += 1;
      expect(left, `after step ${step}`).toEqual(isOld ? before : after);
    } else seen.none += 1;
    expect(await tankard(['export', 'folder/out'], { cwd }), `after step ${step}`).toMatchObject({
      exitCode: 0,
    });
    expect(await snapshot(out), `after step ${step}`).toEqual(after);
    expect(await readdir(folder), `after step ${step}`).toEqual(['out']);
  }
  expect(seen.old).toBeGreaterThan(5);
  expect(seen.none).toBeGreaterThan(1);
  expect(seen.new).toBeGreaterThan(0);
});

it('leaves the old export when the disk is full', async () => {
  const { cwd, before } = await setup();
  // A file may have 2 KiB: a write beyond it fails half-way, as on a full disk, with EFBIG in place of ENOSPC.
  const { exitCode, stderr } = await execa(
    'bash',
    [
      '-c',
      'ulimit -f 2; exec "$@"',
      'bash',
      process.execPath,
      PROGRAM,
      'export',
      'old',
      'environments/changed',
    ],
    { cwd, reject: false, env: { TANKARD_TK: undefined } },
  );
  expect(stderr).toMatch(/cannot write .*old: EFBIG/);
  expect(stderr).toContain('Nothing was changed');
  expect(exitCode).toBe(2);
  expect(await snapshot(path.join(cwd, 'old'))).toEqual(before);
  expect((await readdir(cwd)).filter((name) => name.startsWith('.old'))).toEqual([]);
});

it.skipIf(process.getuid?.() === 0)(
  'says when the folder beside it cannot be written',
  async () => {
    const { cwd } = await setup();
    await mkdir(path.join(cwd, 'closed'));
    await chmod(path.join(cwd, 'closed'), 0o500);
    const { exitCode, stderr } = await tankard(['export', 'closed/out'], { cwd });
    expect(stderr).toContain('cannot write');
    expect(exitCode).toBe(2);
  },
);
