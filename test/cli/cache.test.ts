import { cp, readdir, stat, truncate, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { cacheRoot } from '../../lib/disk/cache.ts';
import { openUpstream } from '../../lib/sources/upstream.ts';
import { ensureTool } from '../../lib/tools/ensure-tool.ts';
import { toolPin } from '../../lib/tools/tool-pin.ts';
import { temporaryDirectory } from '../tools/fake-program.ts';
import { projectWith, tankard } from './tankard.ts';

const MAIN = `{
  a: { apiVersion: 'networking.istio.io/v1', kind: 'Gateway', metadata: { name: 'g' }, spec: { selectr: {} } },
  b: { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'c' }, data: { x: 1 } },
}`;

beforeAll(async () => {
  await ensureTool('tk');
  await ensureTool('locate');
  await openUpstream();
});

/** A copy of what the cache holds for these tests. */
async function copyOfCache(): Promise<string> {
  const copy = await temporaryDirectory();
  for (const folder of ['schemas', 'validators'])
    await cp(path.join(cacheRoot(), folder), path.join(copy, folder), {
      recursive: true,
      // Another test may be fetching into it.
      filter: (file) => !path.basename(file).startsWith('.'),
    }).catch(ignoreAbsent);
  for (const { directory } of [toolPin('tk'), toolPin('locate')])
    await cp(directory, path.join(copy, 'tools', path.basename(directory)), { recursive: true });
  return copy;
}

function ignoreAbsent(error: NodeJS.ErrnoException): void {
  if (error.code !== 'ENOENT') throw error;
}

async function validate(TANKARD_CACHE: string): Promise<{ stdout: string; stderr: string }> {
  const cwd = await projectWith(MAIN);
  const { exitCode, stdout, stderr } = await tankard(['validate'], { cwd, env: { TANKARD_CACHE } });
  expect(exitCode).toBe(1);
  return { stdout, stderr };
}

/** Cuts every file of a folder of the cache, as a full disk or a crash may. */
async function cut(folder: string, select: (name: string) => boolean): Promise<void> {
  const names = (await readdir(folder)).filter(select);
  expect(names).not.toEqual([]);
  for (const name of names) {
    const file = path.join(folder, name);
    await truncate(file, Math.floor((await stat(file)).size / 2));
  }
}

describe('a damaged cache is mended, and the result is the same:', () => {
  it('validators', async () => {
    const cache = await copyOfCache();
    const before = await validate(cache);
    await cut(path.join(cache, 'validators'), () => true);
    expect(await validate(cache)).toEqual(before);
    expect(before.stdout).toContain('unknown field "selectr"');
    expect(await validate(cache)).toEqual(before);
  });

  it.each(['its index', 'a schema of it'])(
    'a module of schemas: %s',
    async (part) => {
      const cache = await copyOfCache();
      const before = await validate(cache);
      const schemas = path.join(cache, 'schemas');
      // What earlier versions of Tankard or other tests made is there too.
      const modules = (await readdir(schemas)).filter((name) => name.startsWith('istio.io_api@'));
      const isCut = (name: string): boolean => (name === 'index.json') === (part === 'its index');
      for (const module of modules) await cut(path.join(schemas, module), isCut);
      // Else a validator that was made from it before would be enough.
      await cut(path.join(cache, 'validators'), () => true);
      const mended = await validate(cache);
      expect(mended.stdout).toBe(before.stdout);
      expect(mended.stderr).toContain('schemas in the cache are damaged: istio.io/api');
      expect(await validate(cache)).toEqual(before);
    },
    300_000,
  );

  it('the build of tk', async () => {
    const cache = await copyOfCache();
    const before = await validate(cache);
    const tools = path.join(cache, 'tools', path.basename(toolPin('tk').directory));
    await cut(tools, (name) => name === 'tk');
    const mended = await validate(cache);
    expect(mended.stdout).toBe(before.stdout);
    expect(mended.stderr).toContain('is damaged and is built again');
    expect(await validate(cache)).toEqual(before);
  }, 600_000);

  it('the build of the locator: it is built again', async () => {
    const cache = await copyOfCache();
    const before = await validate(cache);
    const tools = path.join(cache, 'tools', path.basename(toolPin('locate').directory));
    await cut(tools, (name) => name === 'locate');
    expect((await validate(cache)).stdout).toBe(before.stdout);
  }, 600_000);
});

describe('a cache that cannot be made', () => {
  it('is named, with the variable that moves it: exit 2', async () => {
    const file = path.join(await temporaryDirectory(), 'file');
    await writeFile(file, '');
    const TANKARD_CACHE = path.join(file, 'cache');
    const cwd = await projectWith(MAIN);
    const { exitCode, stderr } = await tankard(['validate'], { cwd, env: { TANKARD_CACHE } });
    expect(exitCode).toBe(2);
    expect(stderr).toContain(`cannot create the cache folder ${TANKARD_CACHE}`);
    expect(stderr).toContain('set TANKARD_CACHE to a folder that is');
  });

  it('does not keep from showing with a tk that is named', async () => {
    const file = path.join(await temporaryDirectory(), 'file');
    await writeFile(file, '');
    const env = { TANKARD_CACHE: path.join(file, 'cache'), TANKARD_TK: toolPin('tk').path };
    const cwd = await projectWith(MAIN);
    const { exitCode, stdout } = await tankard(['show', 'environments/x'], { cwd, env });
    expect(exitCode).toBe(0);
    expect(stdout).toContain('kind: Gateway');
  });
});
