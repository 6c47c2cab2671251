import { existsSync } from 'node:fs';
import { appendFile, readFile, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { execa } from 'execa';
import { beforeAll, describe, expect, it, vi } from 'vitest';
import { listProjectEnvironments } from '../../lib/workflow/env-list.ts';
import { importLibraries } from '../../lib/workflow/import.ts';
import { DEFAULT_KUBERNETES } from '../../lib/sources/pinned-modules.ts';
import { show } from '../../lib/workflow/show.ts';
import { validate } from '../../lib/workflow/validate.ts';
import { ensureTool } from '../../lib/tools/ensure-tool.ts';
import { temporaryDirectory } from '../tools/fake-program.ts';
import { makeImportProject, snapshot, widgetCrd } from './import-project.ts';

let jb: string;

beforeAll(async () => {
  jb = (await ensureTool('jb')).path;
}, 300_000);

const CRDS = { source: 'crd:crds' };

async function changes(cwd: string, ...sources: string[]): Promise<Record<string, string>> {
  const { libraries } = await importLibraries({
    cwd,
    sources: sources.map((source) => ({ source })),
  });
  return Object.fromEntries(libraries.map(({ name, change }) => [name, change]));
}

async function staleIn(cwd: string): Promise<readonly string[]> {
  return (await importLibraries({ cwd, check: true })).stale;
}

async function read(root: string, file: string): Promise<string> {
  return readFile(path.join(root, file), 'utf8');
}

async function edit(root: string, file: string, from: string, to: string): Promise<void> {
  const text = await read(root, file);
  expect(text).toContain(from);
  await writeFile(path.join(root, file), text.replace(from, to));
}

async function rendered(cwd: string): Promise<string> {
  const [one] = await show({ cwd, environments: ['environments/x'] });
  expect(one?.findings).toEqual([]);
  return one?.yaml.toString() ?? '';
}

const WIDGET = `apiVersion: shop.example.com/v1
kind: Widget
metadata:
  name: a
  namespace: default
spec:
  size: 3
`;

describe('the life of a library', () => {
  it('is imported, renders, and stays through jb install', async () => {
    const root = await makeImportProject();
    expect(await changes(root, 'crd:crds')).toEqual({ crds: 'added' });
    expect(await read(root, 'tankard.yaml')).toBe('imports:\n  crds: crd:crds\n');
    expect(await read(root, 'jsonnetfile.json')).toMatch(
      /^\{\n {4}"version": 1,\n[^]*"directory": ".tankard\/libs\/crds"[^]*\}\n$/,
    );
    expect(await rendered(root)).toBe(WIDGET);
    await execa(jb, ['install'], { cwd: root });
    expect(await rendered(root)).toBe(WIDGET);
    expect(await changes(root)).toEqual({ crds: 'unchanged' });
    expect(await staleIn(root)).toEqual([]);
  });

  it('is restored in a fresh clone, byte for byte, by the first command that renders', async () => {
    const root = await makeImportProject();
    await importLibraries({ cwd: root, sources: [CRDS] });
    const git = ['-c', 'user.name=a', '-c', 'user.email=a@example.com'];
    await execa('git', ['init', '--quiet'], { cwd: root });
    await execa('git', ['add', '.'], { cwd: root });
    await execa('git', [...git, 'commit', '--quiet', '-m', 'a'], { cwd: root });
    const clone = path.join(await temporaryDirectory(), 'clone');
    await execa('git', ['clone', '--quiet', root, clone]);
    expect(existsSync(path.join(clone, '.tankard'))).toBe(false);
    expect(await staleIn(clone)).toEqual([]);

    expect(await rendered(clone)).toBe(WIDGET);
    const libraries = (place: string) => snapshot(path.join(place, '.tankard'));
    expect(await libraries(clone)).toEqual(await libraries(root));
    const { stdout } = await execa('git', ['status', '--short'], { cwd: clone });
    expect(stdout).toBe('');
  });

  it('is restored for a list of environments too, whose names may come from it', async () => {
    const root = await makeImportProject({
      'environments/x/main.jsonnet': `local crds = import 'crds/main.libsonnet';

{
  apiVersion: 'tanka.dev/v1alpha1',
  kind: 'Environment',
  metadata: { name: crds.shop.v1.widget.new('inline').metadata.name },
  spec: { namespace: 'default' },
  data: {},
}
`,
    });
    await rm(path.join(root, 'environments/x/spec.json'));
    await importLibraries({ cwd: root, sources: [CRDS] });
    for (const folder of ['.tankard', 'vendor'])
      await rm(path.join(root, folder), { recursive: true });
    expect(await listProjectEnvironments({ cwd: root })).toMatchObject([{ name: 'inline' }]);
  });

  it('once there, needs neither its source nor the cache', async () => {
    const root = await makeImportProject();
    await importLibraries({ cwd: root, sources: [CRDS] });
    await rm(path.join(root, 'crds'), { recursive: true });
    const tk = (await ensureTool('tk')).path;
    vi.stubEnv('TANKARD_TK', tk);
    vi.stubEnv('TANKARD_CACHE', await temporaryDirectory());
    try {
      expect(await rendered(root)).toBe(WIDGET);
    } finally {
      vi.unstubAllEnvs();
    }
  });

  it('is validated against its own schema', async () => {
    const root = await makeImportProject();
    await importLibraries({ cwd: root, sources: [CRDS] });
    await edit(root, 'environments/x/main.jsonnet', 'size: 3', "size: 'big'");
    const { environments } = await validate({ cwd: root });
    expect(environments[0]?.findings).toMatchObject([
      { code: 'schema/wrong-type', path: ['spec', 'size'] },
    ]);
  });

  it('makes a jsonnetfile.json for a project that has tkrc.yaml alone', async () => {
    const root = await makeImportProject({ 'tkrc.yaml': '' });
    await rm(path.join(root, 'jsonnetfile.json'));
    await importLibraries({ cwd: root, sources: [CRDS] });
    await execa(jb, ['install'], { cwd: root });
    expect(await rendered(root)).toBe(WIDGET);
  });

  it('goes when its line is taken out of tankard.yaml', async () => {
    const root = await makeImportProject({ 'crds2/widget.yaml': widgetCrd() });
    await importLibraries({ cwd: root, sources: [CRDS, { source: 'crd:crds2' }] });
    await edit(root, 'tankard.yaml', '  crds: crd:crds\n', '# none\n');
    expect(await staleIn(root)).toEqual([
      'tankard.lock pins crds, which tankard.yaml does not import',
      'jsonnetfile.json does not list the imported libraries',
    ]);
    expect(await changes(root)).toEqual({ crds: 'removed', crds2: 'unchanged' });
    const files = Object.keys(await snapshot(root));
    expect(files.filter((file) => /(?:libs|vendor)\/crds(?:\/|$)/.test(file))).toEqual([]);
    expect(await read(root, 'jsonnetfile.json')).not.toContain('libs/crds"');
    expect(await read(root, 'tankard.lock')).not.toContain('crds/widget.yaml');
    await execa(jb, ['install'], { cwd: root });
    expect(await staleIn(root)).toEqual([]);
  });

  it('leaves a project as it was when the last one goes', async () => {
    const root = await makeImportProject();
    const before = await snapshot(root);
    await importLibraries({ cwd: root, sources: [CRDS] });
    await writeFile(path.join(root, 'tankard.yaml'), '');
    await importLibraries({ cwd: root });
    const { '.tankard/.gitignore': _, 'tankard.yaml': config, ...after } = await snapshot(root);
    expect(after).toEqual(before);
    expect(config).toBe('');
  });
});

describe('what is stale', () => {
  it('a library that was edited, which import mends', async () => {
    const root = await makeImportProject();
    await importLibraries({ cwd: root, sources: [CRDS] });
    const written = await snapshot(path.join(root, '.tankard'));
    await appendFile(path.join(root, '.tankard/libs/crds/main.libsonnet'), '// mine\n');
    expect(await staleIn(root)).toEqual([
      '.tankard/libs/crds/main.libsonnet is not what the import wrote',
    ]);
    expect(await changes(root)).toEqual({ crds: 'restored' });
    expect(await snapshot(path.join(root, '.tankard'))).toEqual(written);
  });

  it('a file that the library is made from, named', async () => {
    const root = await makeImportProject();
    await importLibraries({ cwd: root, sources: [CRDS] });
    const lock = await read(root, 'tankard.lock');
    await writeFile(path.join(root, 'crds/widget.yaml'), widgetCrd('string'));
    await writeFile(path.join(root, 'crds/more.yaml'), widgetCrd().replaceAll('idget', 'adget'));
    expect(await staleIn(root)).toEqual([
      'crds: crds/widget.yaml, crds/more.yaml changed since tankard.lock was written',
    ]);
    expect(await read(root, 'tankard.lock')).toBe(lock);
    expect(await changes(root)).toEqual({ crds: 'changed' });
    expect(await staleIn(root)).toEqual([]);
  });

  it('an import that only tankard.yaml has: rendering says so, import brings it', async () => {
    const root = await makeImportProject({ 'tankard.yaml': 'imports: { crds: "crd:./crds/" }\n' });
    expect(await staleIn(root)).toEqual([
      'tankard.yaml imports crds, which tankard.lock does not pin',
      'jsonnetfile.json does not list the imported libraries',
    ]);
    await expect(show({ cwd: root, environments: ['environments/x'] })).rejects.toMatchObject({
      kind: 'stale',
      message: 'tankard.yaml imports crds, which tankard.lock does not pin',
      hint: 'Run `tankard import`.',
    });
    expect(await changes(root)).toEqual({ crds: 'added' });
    expect(await rendered(root)).toBe(WIDGET);
  });

  it('no other way to write the same source', async () => {
    const root = await makeImportProject();
    await importLibraries({ cwd: root, sources: [CRDS] });
    await edit(root, 'tankard.yaml', 'crd:crds', 'crd:./crds/');
    expect(await rendered(root)).toBe(WIDGET);
    expect(await staleIn(root)).toEqual([]);
    await edit(root, 'tankard.yaml', 'crd:./crds/', 'crd:/crds');
    await expect(show({ cwd: root, environments: ['environments/x'] })).rejects.toMatchObject({
      kind: 'stale',
      message: 'tankard.yaml imports crds from crd:/crds, tankard.lock pins it from crd:crds',
    });
  });

  it('files that another version of tankard made, where rendering has to make them', async () => {
    const root = await makeImportProject();
    await importLibraries({ cwd: root, sources: [CRDS] });
    const lock = await read(root, 'tankard.lock');
    const other = lock
      .replace(/("generator": ").*?"/, '$10"')
      .replace(/("sha256": ")\w{64}("\n)/, `$1${'0'.repeat(64)}$2`);
    await writeFile(path.join(root, 'tankard.lock'), other);
    expect(await staleIn(root)).toEqual(['crds was made by another version of tankard']);
    await expect(show({ cwd: root, environments: ['environments/x'] })).rejects.toMatchObject({
      kind: 'stale',
      hint: 'Run `tankard import` and commit tankard.lock.',
    });
    expect(await changes(root)).toEqual({ crds: 'changed' });
    expect(await read(root, 'tankard.lock')).toBe(lock);
  });
});

describe('Kubernetes', () => {
  const ALIAS = 'lib/k.libsonnet';

  it('the first one sets the version; another stands beside it until tankard.yaml names it', async () => {
    const root = await makeImportProject({ 'tankard.yaml': '# ours\ntimeoutSeconds: 60 # slow\n' });
    await importLibraries({ cwd: root, sources: [{ source: 'k8s@1.34' }] });
    expect(await read(root, 'tankard.yaml')).toBe(
      "# ours\ntimeoutSeconds: 60 # slow\nkubernetes: '1.34'\nimports:\n  k8s-1.34: k8s@1.34\n",
    );
    expect(await read(root, ALIAS)).toMatch(
      /^\/\/ Code generated by tankard .*\nimport 'k8s-1\.34\/main\.libsonnet'\n$/,
    );
    const { notes } = await importLibraries({ cwd: root, sources: [{ source: 'k8s@1.35' }] });
    expect(notes).toEqual([
      "k.libsonnet and validation stay at Kubernetes 1.34; to switch, set kubernetes: '1.35' in tankard.yaml and run `tankard import`",
    ]);
    expect(await read(root, ALIAS)).toContain('k8s-1.34');

    await edit(root, 'tankard.yaml', "'1.34'", "'1.35'");
    expect(await staleIn(root)).toEqual(['lib/k.libsonnet is not what tankard.yaml asks for']);
    await importLibraries({ cwd: root });
    expect(await read(root, ALIAS)).toContain("import 'k8s-1.35/main.libsonnet'");
    await edit(
      root,
      'environments/x/main.jsonnet',
      "local crds = import 'crds/main.libsonnet';",
      "local k = import 'k.libsonnet';",
    );
    await edit(
      root,
      'environments/x/main.jsonnet',
      "crds.shop.v1.widget.new('a')",
      "k.core.v1.configMap.new('a')",
    );
    await edit(root, 'environments/x/main.jsonnet', '{ spec: { size: 3 } }', '{}');
    expect(await rendered(root)).toContain('kind: ConfigMap');
    const { kubernetes } = await validate({ cwd: root });
    expect(kubernetes).toBe('1.35');
  });

  it('libraries of CRDs have the metadata of the version that the project is for', async () => {
    const root = await makeImportProject();
    const madeFor = async () => /"kubernetes": "(.*)"/.exec(await read(root, 'tankard.lock'))?.[1];
    await importLibraries({ cwd: root, sources: [CRDS] });
    expect(await madeFor()).toBe(DEFAULT_KUBERNETES);
    expect(await changes(root, 'k8s@1.34')).toEqual({ crds: 'changed', 'k8s-1.34': 'added' });
    expect(await madeFor()).toBe('1.34');
    expect(await staleIn(root)).toEqual([]);

    await edit(root, 'tankard.yaml', "'1.34'", "'1.35'");
    await rm(path.join(root, '.tankard'), { recursive: true });
    expect(await rendered(root)).toBe(WIDGET);
    expect(await staleIn(root)).toEqual([
      'crds was made for Kubernetes 1.34, the project is for 1.35',
      'lib/k.libsonnet is not what tankard.yaml asks for',
    ]);
    expect(await changes(root)).toEqual({ crds: 'changed', 'k8s-1.34': 'unchanged' });
  });

  it('a version that tankard.yaml names, but is not imported, has no k.libsonnet', async () => {
    const root = await makeImportProject({ 'tankard.yaml': "kubernetes: '1.36'\n" });
    const { notes } = await importLibraries({ cwd: root, sources: [{ source: 'k8s@1.34' }] });
    expect(existsSync(path.join(root, ALIAS))).toBe(false);
    expect(notes[0]).toContain('tankard.yaml names Kubernetes 1.36, which is not imported');
    await importLibraries({ cwd: root, sources: [{ source: 'k8s@1.36' }] });
    expect(await read(root, ALIAS)).toContain('k8s-1.36');
  });

  it("a k.libsonnet of the user's own stays, and the line for the library is told", async () => {
    const own = "(import 'mine/main.libsonnet')\n";
    const root = await makeImportProject({ [ALIAS]: own });
    const { notes } = await importLibraries({ cwd: root, sources: [{ source: 'k8s@1.34' }] });
    expect(notes).toEqual([
      "lib/k.libsonnet is your own and stays; the library is used with the line: import 'k8s-1.34/main.libsonnet'",
    ]);
    expect(await read(root, ALIAS)).toBe(own);
    await writeFile(path.join(root, 'tankard.yaml'), '');
    await importLibraries({ cwd: root });
    expect(await read(root, ALIAS)).toBe(own);
  });
});

it('a lock whose checksum of the files is wrong restores nothing', async () => {
  const root = await makeImportProject();
  await importLibraries({ cwd: root, sources: [CRDS] });
  const lock = await read(root, 'tankard.lock');
  const wrong = lock.replace(/("sha256": ")\w{64}("\n)/, `$1${'0'.repeat(64)}$2`);
  await writeFile(path.join(root, 'tankard.lock'), wrong);
  const written = await snapshot(path.join(root, '.tankard'));
  for (const run of [
    () => importLibraries({ cwd: root }),
    () => show({ cwd: root, environments: ['environments/x'] }),
  ])
    await expect(run()).rejects.toMatchObject({
      kind: 'usage',
      message: expect.stringContaining('the library crds is not what tankard.lock pins'),
      hint: expect.stringContaining('`tankard import crd:crds`'),
    });
  expect(await snapshot(path.join(root, '.tankard'))).toEqual(written);
  expect(await changes(root, 'crd:crds')).toEqual({ crds: 'changed' });
  expect(await read(root, 'tankard.lock')).toBe(lock);
});

it('paths on the command line are taken from the folder that it runs in', async () => {
  const root = await makeImportProject();
  const cwd = path.join(root, 'environments', 'x');
  const { libraries } = await importLibraries({ cwd, sources: [{ source: 'crd:../../crds' }] });
  expect(libraries).toMatchObject([{ name: 'crds', source: 'crd:crds' }]);
});
