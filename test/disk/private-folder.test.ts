import { existsSync } from 'node:fs';
import { mkdir, readdir, stat, symlink, utimes, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { execa } from 'execa';
import { describe, expect, it } from 'vitest';
import { ROOT } from '../cli/tankard.ts';
import { temporaryDirectory } from '../tools/fake-program.ts';

/** Runs lines of TypeScript in a process whose temporary folder is `TMPDIR`; `made` is a private folder with a file in it. */
async function runIn(TMPDIR: string, ...lines: string[]) {
  const text = [
    `import { makePrivateFolder } from '${ROOT}/lib/disk/private-folder.ts';`,
    `import { writeFileSync } from 'node:fs';`,
    `const made = await makePrivateFolder('snapshot');`,
    `writeFileSync(made.path + '/secret', 'x');`,
    ...lines,
  ];
  const file = path.join(await temporaryDirectory(), 'run.mts');
  await writeFile(file, text.join('\n'));
  const tsx = path.join(ROOT, 'node_modules/.bin/tsx');
  return execa(tsx, [file], { env: { TMPDIR }, reject: false });
}

describe('a private folder', () => {
  it('is for its user alone, and goes with remove()', async () => {
    const parent = await temporaryDirectory();
    const { stdout } = await runIn(
      parent,
      `const { statSync } = await import('node:fs');`,
      `console.log((statSync(made.path).mode & 0o777).toString(8));`,
      `await made.remove();`,
    );
    expect(stdout).toBe('700');
    expect(await tankardFolders(parent)).toEqual([]);
  });

  it('goes when the process ends in the middle, as after a second Ctrl-C', async () => {
    const parent = await temporaryDirectory();
    expect(await runIn(parent, `process.exit(130);`)).toMatchObject({ exitCode: 130 });
    expect(await tankardFolders(parent)).toEqual([]);
  });

  it('stays after SIGKILL, still for its user alone; after a day another process removes it, and nothing else', async () => {
    const parent = await temporaryDirectory();
    await runIn(parent, `process.kill(process.pid, 'SIGKILL');`);
    const [left = ''] = await tankardFolders(parent);
    expect((await stat(path.join(parent, left))).mode & 0o777).toBe(0o700);
    await runIn(parent, `await made.remove();`);
    expect(await tankardFolders(parent)).toEqual([left]);

    const old = new Date(Date.now() - 25 * 60 * 60_000);
    const others = ['tankard-other-abc', 'elsewhere'];
    for (const name of others) await mkdir(path.join(parent, name));
    await writeFile(path.join(parent, 'elsewhere/file'), '');
    await symlink(path.join(parent, 'elsewhere'), path.join(parent, 'tankard-diff-link'));
    for (const name of [left, ...others]) await utimes(path.join(parent, name), old, old);
    await runIn(parent, `await made.remove();`);
    expect(await tankardFolders(parent)).toEqual(['tankard-diff-link', 'tankard-other-abc']);
    expect(existsSync(path.join(parent, 'elsewhere/file'))).toBe(true);
  });
});

async function tankardFolders(parent: string): Promise<string[]> {
  return (await readdir(parent)).filter((name) => name.startsWith('tankard-')).sort();
}
