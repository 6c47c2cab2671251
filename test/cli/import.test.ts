import { mkdir, readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { KUBERNETES_VERSIONS, PRESETS } from '../../lib/sources/pinned-modules.ts';
import { makeImportProject } from '../workflow/import-project.ts';
import { tankard, tankardJson } from './tankard.ts';

describe('tankard import', () => {
  it('gives a single source the name that is asked for', async () => {
    const cwd = await makeImportProject();
    const flag = ['--name', 'shop'];
    const { stderr, stdout, exitCode } = await tankard(['import', 'crd:crds', ...flag], { cwd });
    expect(stderr).not.toContain('error');
    expect(stdout).toMatch(/^added +shop +crd:crds +\d+ files\n$/);
    expect(exitCode).toBe(0);
    expect(await readFile(path.join(cwd, 'tankard.yaml'), 'utf8')).toContain('shop: crd:crds\n');
    const again = await tankard(['import', 'crd', 'crds', '--name', 'other'], { cwd });
    expect(again.stdout).toMatch(/^added +other /);
  });

  it.each([[['istio', 'flux']], [[]]])('refuses --name for %j', async (sources) => {
    const cwd = await makeImportProject();
    const { stderr, exitCode } = await tankard(['import', ...sources, '--name', 'a'], { cwd });
    expect(stderr).toContain(`--name is for a single source, got ${sources.length}\n`);
    expect(exitCode).toBe(2);
  });

  it('lists in its help what can be imported by name', async () => {
    const { stdout } = await tankard(['import', '--help']);
    const words = stdout.split(/[\s,;()]+/);
    const names = [...KUBERNETES_VERSIONS, ...PRESETS.map(({ name }) => name)];
    expect(words).toEqual(expect.arrayContaining(names));
  });

  it('tells what it imported before it fails to write the report', async () => {
    const cwd = await makeImportProject();
    await mkdir(path.join(cwd, 'folder'));
    const args = ['import', 'crd:crds', '--report', 'folder'];
    const { stdout, stderr, exitCode } = await tankard(args, { cwd });
    expect(stdout).toMatch(/^added +crds /);
    expect(stderr).toContain(path.join(cwd, 'folder'));
    expect(exitCode).toBe(2);
    const second = await tankardJson<object>(args, { cwd });
    expect(second.json).toMatchObject({ libraries: [{ name: 'crds', change: 'unchanged' }] });
    expect(second.exitCode).toBe(2);
  });

  it('counts no files of a library that goes', async () => {
    const cwd = await makeImportProject({ 'environments/x/main.jsonnet': '{}' });
    await tankard(['import', 'crd:crds'], { cwd });
    await writeFile(path.join(cwd, 'tankard.yaml'), 'imports:\n');
    const { stdout, exitCode } = await tankard(['import'], { cwd });
    expect(stdout).toMatch(/^removed +crds +crd:crds\n$/);
    expect(exitCode).toBe(0);
  });
});
