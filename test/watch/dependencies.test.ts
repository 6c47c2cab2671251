import { existsSync, mkdirSync, realpathSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { execa } from 'execa';
import { describe, expect, it } from 'vitest';
import { packageRoot } from '../../lib/disk/package-root.ts';
import { loadConfig } from '../../lib/config/load-config.ts';
import { findMainDirectories } from '../../lib/tanka/find-main-directories.ts';
import { ensureTool } from '../../lib/tools/ensure-tool.ts';
import { DependencyScanner } from '../../lib/watch/dependencies.ts';
import { ensureLibraries } from '../../lib/workflow/restore.ts';
import { makeEnvironment } from '../tanka/project.ts';

const CONFIGURATION = ['jsonnetfile.json', 'tankard.lock', 'tankard.yaml', 'tkrc.yaml'];
const ALWAYS = [...CONFIGURATION, 'environments/dev/main.jsonnet', 'environments/dev/spec.json'];

interface Found {
  readonly files: readonly string[];
  readonly folders: readonly string[];
}

/** What environments/dev of a project depends on, relative to the root; without what every environment does. */
async function scan(root: string, scanner = new DependencyScanner()): Promise<Found> {
  const base = path.join(root, 'environments', 'dev');
  const main = path.join(base, 'main.jsonnet');
  const { files, folders } = await scanner.scan({ root, base, main, files: [] });
  const relative = (file: string): string => path.relative(root, file);
  const all = [...files].map(relative);
  expect(all).toEqual(expect.arrayContaining(ALWAYS));
  return {
    files: all.filter((file) => !ALWAYS.includes(file)).sort(),
    folders: [...folders].map(relative).sort(),
  };
}

async function tkImports(root: string, environment: string): Promise<string[]> {
  const tk = await ensureTool('tk', {});
  const { stdout } = await execa(tk.path, ['tool', 'imports', environment], { cwd: root });
  return JSON.parse(stdout) as string[];
}

/** As tk names it: relative to the root, without links. */
function realPath(root: string, file: string): string[] {
  return existsSync(file) ? [path.relative(realpathSync(root), realpathSync(file))] : [];
}

describe('DependencyScanner', () => {
  it('follows all that a file imports, Jsonnet only further', async () => {
    const root = await makeEnvironment(
      `[import 'a.libsonnet', importstr 'b.txt', importbin 'sub/c.bin', import 'tk']`,
      {
        'environments/dev/a.libsonnet': `import './sub/d.libsonnet'`,
        'environments/dev/b.txt': `import 'not-jsonnet.libsonnet'`,
        'environments/dev/sub/c.bin': '',
        'environments/dev/sub/d.libsonnet': `import '../a.libsonnet'`,
      },
    );
    const files = ['a.libsonnet', 'b.txt', 'sub/c.bin', 'sub/d.libsonnet'];
    expect((await scan(root)).files).toEqual(files.map((file) => `environments/dev/${file}`));
  });

  it('has the places before the one in which tk finds an import, and all for one that is missing', async () => {
    const root = await makeEnvironment(`(import 'a/x.libsonnet') + (import 'gone.libsonnet')`, {
      'environments/dev/vendor/a/x.libsonnet': `import 'b.libsonnet'`,
      'vendor/a/x.libsonnet': '{}',
      'vendor/b.libsonnet': '{}',
    });
    expect((await scan(root)).files).toEqual(
      [
        'environments/dev/a/x.libsonnet',
        'lib/a/x.libsonnet',
        'environments/dev/vendor/a/x.libsonnet',
        'environments/dev/vendor/a/b.libsonnet',
        'environments/dev/b.libsonnet',
        'lib/b.libsonnet',
        'environments/dev/vendor/b.libsonnet',
        'vendor/b.libsonnet',
        'environments/dev/gone.libsonnet',
        'lib/gone.libsonnet',
        'environments/dev/vendor/gone.libsonnet',
        'vendor/gone.libsonnet',
      ].sort(),
    );
  });

  it('takes the same file as tk, wherever it is put', async () => {
    const places = ['', 'lib', 'environments/dev/vendor', 'vendor'];
    const names = places.map((place) =>
      path.posix.join(place || 'environments/dev', 'x.libsonnet'),
    );
    const root = await makeEnvironment(
      `{ apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: import 'x.libsonnet' } }`,
      Object.fromEntries(names.map((name) => [name, `'${name.replaceAll('/', '.')}'`])),
    );
    const tk = await ensureTool('tk', {});
    for (const [index, name] of names.entries()) {
      const { stdout } = await execa(
        tk.path,
        ['show', 'environments/dev', '--dangerous-allow-redirect'],
        { cwd: root },
      );
      expect(stdout).toContain(`name: ${name.replaceAll('/', '.')}`);
      expect((await scan(root)).files).toEqual(names.slice(0, index + 1).sort());
      rmSync(path.join(root, name));
    }
  });

  it('reaches a linked library by its link', async () => {
    const root = await makeEnvironment(`import 'l/main.libsonnet'`, {
      'libs/l/main.libsonnet': `import 'other.libsonnet'`,
      'libs/l/other.libsonnet': '{}',
      'vendor/.keep': '',
    });
    symlinkSync('../libs/l', path.join(root, 'vendor', 'l'));
    expect((await scan(root)).files).toEqual(
      expect.arrayContaining(['vendor/l/main.libsonnet', 'vendor/l/other.libsonnet']),
    );
  });

  it('adds the files it is told', async () => {
    const root = await makeEnvironment('{}');
    const base = path.join(root, 'environments', 'dev');
    const main = path.join(base, 'main.jsonnet');
    const { files } = await new DependencyScanner().scan({ root, base, main, files: ['/x/y'] });
    expect(files).toContain('/x/y');
  });

  it('sees what changed since the last scan', async () => {
    const root = await makeEnvironment('{}', { 'lib/a.libsonnet': `'1'`, 'lib/b.libsonnet': '{}' });
    const scanner = new DependencyScanner();
    expect(await scan(root, scanner)).toEqual({ files: [], folders: [] });
    const main = path.join(root, 'environments/dev/main.jsonnet');
    writeFileSync(main, `import 'a.libsonnet'`);
    expect((await scan(root, scanner)).files).toContain('lib/a.libsonnet');
    writeFileSync(path.join(root, 'lib/a.libsonnet'), `import 'b.libsonnet'`);
    expect((await scan(root, scanner)).files).toContain('lib/b.libsonnet');
    rmSync(main);
    expect(await scan(root, scanner)).toEqual({ files: [], folders: [] });
  });

  it('finds the charts and Kustomize folders that files name, and what those take from outside', async () => {
    const root = await makeEnvironment(
      `local t = import 'render.libsonnet'; [t, 'v1', 'plain', '../../charts/none']`,
      {
        'environments/dev/plain/a.yaml': '',
        'lib/render.libsonnet': `
          local tanka = import 'github.com/grafana/jsonnet-libs/tanka-util/main.libsonnet';
          local helm = tanka.helm.new(std.thisFile);
          [helm.template('x', './charts/x', {}), './charts/missing', tanka.kustomize.build('k/overlay')]`,
        'lib/charts/x/Chart.yaml': 'name: x',
        'lib/charts/x/templates/a.yaml': '',
        'lib/k/overlay/kustomization.yaml': `resources:\n  - ../base\n  - own.yaml\npatches:\n  - path: "../../p.yaml"\n`,
        'lib/k/base/kustomization.yml': 'resources: [a.yaml]',
      },
    );
    const { files, folders } = await scan(root);
    expect(folders).toEqual(['lib/charts/x', 'lib/k/base', 'lib/k/overlay']);
    expect(files).toEqual(expect.arrayContaining(['lib/p.yaml', 'lib/charts/missing/Chart.yaml']));
    expect(files.filter((file) => file.includes('plain'))).toEqual([]);
  });

  it('is no harm to what it cannot read', async () => {
    const root = await makeEnvironment(
      `[import 'folder', import '', importstr '/', import 'a/b']`,
      {
        'environments/dev/a': 'a file where a folder is asked for',
      },
    );
    mkdirSync(path.join(root, 'environments/dev/folder'));
    expect((await scan(root)).files).toContain('environments/dev/folder');
  });
});

describe('the environments of this repository', async () => {
  const root = packageRoot();
  const environments = findMainDirectories(root, 'environments');

  it.each(environments)(
    '%s depends on all that tk says, and on nothing else that exists',
    async (one) => {
      await ensureLibraries({ root, config: await loadConfig(root) });
      const base = path.join(root, one);
      const main = path.join(base, 'main.jsonnet');
      const { files, folders } = await new DependencyScanner().scan({
        root,
        base,
        main,
        files: [],
      });
      const present = new Set([...files].flatMap((file) => realPath(root, file)));
      const expected = await tkImports(root, one);
      expect([...present].filter((file) => !expected.includes(file)).sort()).toEqual(
        [`${one}/spec.json`, ...CONFIGURATION].filter((file) => present.has(file)).sort(),
      );
      expect(expected.filter((file) => !present.has(file))).toEqual([]);
      expect([...folders]).toEqual([]);
    },
  );
});
