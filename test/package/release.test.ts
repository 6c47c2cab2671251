import { existsSync } from 'node:fs';
import { mkdir, readFile, readdir, symlink, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { execa } from 'execa';
import { afterAll, beforeAll, describe, expect, it, onTestFinished, vi } from 'vitest';
import manifest from '../../package.json' with { type: 'json' };
import { cacheRoot } from '../../lib/disk/cache.ts';
import { findExecutable } from '../../lib/tools/find-executable.ts';
import { toolsPackage, type ToolsFile } from '../../lib/tools/packaged-tool.ts';
import { checkClean } from '../../scripts/release/clean-checkout.ts';
import { packMain } from '../../scripts/release/main-package.ts';
import { packTools } from '../../scripts/release/tools-package.ts';
import { temporaryDirectory } from '../tools/fake-program.ts';
import { emptyProject, install, OUTSIDE_NPM, remove } from './install.ts';

const NAME = toolsPackage(process);
const MACHINE = { platform: process.platform, arch: process.arch };

/** A machine of a user, without Go: what is released is installed, and the cache has the schemas alone. */
let project: string;
let cache: string;
let work: string;
let goFile: string;

beforeAll(async () => {
  [project, cache, work] = [await emptyProject(), await emptyProject(), await emptyProject()];
  const schemas = path.join(cacheRoot(), 'schemas');
  goFile = findExecutable('go') ?? '';
  vi.stubEnv('TANKARD_CACHE', path.join(work, 'cache'));
  const tarballs = [
    await packTools(MACHINE, goFile, { out: work, work, onProgress: () => undefined }),
    await packMain([MACHINE], { out: work, work }),
  ];
  vi.unstubAllEnvs();
  await install(project, ...tarballs);
  await symlink(schemas, path.join(cache, 'schemas'));
  await mkdir(path.join(cache, 'bin'));
  for (const program of ['node', 'npx', 'sh'])
    await symlink(findExecutable(program) ?? '', path.join(cache, 'bin', program));
}, 300_000);

afterAll(() => remove(project, cache, work));

async function npx(
  args: readonly string[],
  options: { readonly folder?: string; readonly env?: Readonly<Record<string, string>> } = {},
) {
  return execa('npx', ['--offline', 'tankard', ...args], {
    cwd: path.join(project, options.folder ?? '.'),
    env: {
      ...OUTSIDE_NPM,
      PATH: path.join(cache, 'bin'),
      TANKARD_CACHE: cache,
      TANKARD_TK: undefined,
      ...options.env,
    },
    reject: false,
  });
}

/** What doctor says of each tool. */
async function doctor(env: Readonly<Record<string, string>> = {}) {
  const { stdout } = await npx(['doctor', '--format', 'json'], { env });
  const { tools } = JSON.parse(stdout) as { tools: readonly { readonly name: string }[] };
  return new Map(tools.map((tool) => [tool.name, tool]));
}

describe('a released package, where there is no Go and nothing was built', () => {
  it('runs the tools that it brings', async () => {
    const tools = await doctor();
    const bin = path.join(project, 'node_modules', NAME, 'bin');
    for (const name of ['tk', 'jb', 'locate'])
      expect(tools.get(name)).toMatchObject({
        path: path.join(bin, name),
        origin: 'package',
        ok: true,
      });
    expect(tools.get('go')).not.toHaveProperty('howToGet');
  });

  it('runs another tk where the user names one', async () => {
    const tk = path.join(project, 'node_modules', NAME, 'bin/tk');
    expect((await doctor({ TANKARD_TK: tk })).get('tk')).toMatchObject({ origin: 'TANKARD_TK' });
  });

  it('makes a project and validates it', async () => {
    expect(await npx(['init', 'shop'])).toMatchObject({ exitCode: 0 });
    const { stdout, exitCode } = await npx(['validate'], { folder: 'shop' });
    expect(stdout).toBe('1 environment, 3 manifests: 0 errors, 0 warnings');
    expect(exitCode).toBe(0);
    expect(existsSync(path.join(cache, 'tools'))).toBe(false);
  });

  it('names the tools in the packed package.json alone, and has no scripts that npm would warn of', async () => {
    const file = path.join(project, 'node_modules/tankard/package.json');
    const published = JSON.parse(await readFile(file, 'utf8')) as Record<string, unknown>;
    expect(published['optionalDependencies']).toEqual({ [NAME]: manifest.version });
    expect(published).not.toHaveProperty('scripts');
    expect(manifest).not.toHaveProperty('optionalDependencies');
  });
});

describe('the package of tools', () => {
  it('is for its machine, and has the version of tankard', async () => {
    const folder = path.join(project, 'node_modules', NAME);
    const own = JSON.parse(await readFile(path.join(folder, 'package.json'), 'utf8')) as object;
    const { version } = manifest;
    expect(own).toMatchObject({ version, os: [process.platform], cpu: [process.arch] });
    expect((await readdir(folder)).sort()).toEqual(
      [
        'LICENSE',
        'README.md',
        'THIRD-PARTY-LICENSES.txt',
        'bin',
        'package.json',
        'tools.json',
      ].sort(),
    );
  });

  it('has the licences of all that is linked, and says where its source is', async () => {
    const file = path.join(project, 'node_modules', NAME, 'THIRD-PARTY-LICENSES.txt');
    const text = await readFile(file, 'utf8');
    const bin = path.join(project, 'node_modules', NAME, 'bin');
    const { stdout } = await execa(goFile, ['version', '-m', bin]);
    const linked = [...stdout.matchAll(/^\tdep\t(\S+)\t(\S+)/gm)];
    expect(linked.length).toBeGreaterThan(50);
    for (const [, module, version] of linked) expect(text).toContain(`\n${module} ${version}: `);
    expect(text).toContain('\nGo go1.');
    expect(text).toContain('Mozilla Public License');
  });

  it('comes out the same, built again elsewhere', async () => {
    const folder = path.join(project, 'node_modules', NAME);
    const first = JSON.parse(await readFile(path.join(folder, 'tools.json'), 'utf8')) as ToolsFile;
    const out = await temporaryDirectory();
    vi.stubEnv('TANKARD_CACHE', path.join(out, 'cache'));
    onTestFinished(() => void vi.unstubAllEnvs());
    const tarball = await packTools(MACHINE, goFile, {
      out,
      work: out,
      onProgress: () => undefined,
    });
    const before = path.join(work, path.basename(tarball));
    expect((await readFile(tarball)).equals(await readFile(before))).toBe(true);
    expect(first.tools['tk']?.version).toBe('v0.38.0');
  }, 120_000);
});

it('a release of what is not committed is refused', async () => {
  const root = await temporaryDirectory();
  const git = ['-C', root, '-c', 'user.name=a', '-c', 'user.email=a@example.com'];
  await execa('git', ['init', '--quiet', root]);
  await writeFile(path.join(root, 'a'), '');
  await expect(checkClean(root)).rejects.toThrow(/differs from the last commit:\n\?\? a$/);
  await execa('git', [...git, 'add', '.']);
  await execa('git', [...git, 'commit', '--quiet', '-m', 'a']);
  await checkClean(root);
  await writeFile(path.join(root, 'a'), 'b');
  await expect(checkClean(root)).rejects.toThrow(/ M a$/);
});
