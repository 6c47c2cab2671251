import { createHash } from 'node:crypto';
import { appendFile, chmod, mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { beforeEach, expect, it } from 'vitest';
import {
  findPackagedTool,
  isPackagedWhole,
  TOOLS_FILE,
  toolsPackage,
} from '../../lib/tools/packaged-tool.ts';
import { toolPin } from '../../lib/tools/tool-pin.ts';
import { fakeProgram, temporaryDirectory } from './fake-program.ts';

const PIN = toolPin('tk');

/** Root of a package that is installed beside one of tools. */
let root: string;
let folder: string;
let tk: string;

async function list(change: object = {}): Promise<void> {
  const bytes = await readFile(tk);
  const sha256 = createHash('sha256').update(bytes).digest('hex');
  const entry = { version: PIN.version, key: PIN.key, file: 'bin/tk', size: bytes.length, sha256 };
  const content = { go: 'go1.26.1', tools: { tk: { ...entry, ...change } } };
  await writeFile(path.join(folder, TOOLS_FILE), JSON.stringify(content));
}

beforeEach(async () => {
  const modules = path.join(await temporaryDirectory(), 'node_modules');
  root = path.join(modules, 'tankard');
  await mkdir(root, { recursive: true });
  folder = path.join(modules, toolsPackage(process));
  tk = await fakeProgram(path.join(folder, 'bin'), 'tk', 'exit 0');
  await list();
});

it('a tool is found in the package for this machine, as Node finds packages', async () => {
  expect(findPackagedTool(PIN, root)).toBe(tk);
  expect(await isPackagedWhole(PIN, tk, root)).toBe(true);
});

it('one that was built from other sources, as by another version of tankard, is passed over', async () => {
  await list({ key: '000000000000' });
  expect(findPackagedTool(PIN, root)).toBeUndefined();
  expect(findPackagedTool(toolPin('jb'), root)).toBeUndefined();
});

it('one of another length, or that cannot be executed, is passed over', async () => {
  await chmod(tk, 0o644);
  expect(findPackagedTool(PIN, root)).toBeUndefined();
  await chmod(tk, 0o755);
  await appendFile(tk, '\n');
  expect(findPackagedTool(PIN, root)).toBeUndefined();
});

it('one of the same length and another content is told apart by its hash', async () => {
  await writeFile(tk, (await readFile(tk, 'utf8')).replace('exit 0', 'exit 1'));
  expect(findPackagedTool(PIN, root)).toBe(tk);
  expect(await isPackagedWhole(PIN, tk, root)).toBe(false);
});

it('a package that is not there, or has no list, is none', async () => {
  await writeFile(path.join(folder, TOOLS_FILE), 'null');
  expect(findPackagedTool(PIN, root)).toBeUndefined();
  await rm(folder, { recursive: true });
  expect(findPackagedTool(PIN, root)).toBeUndefined();
});

it('the pin of a tool for another machine differs in its key and its name', () => {
  const other = toolPin('tk', { platform: 'win32', arch: 'arm64' });
  expect(other.platform).toEqual({ GOOS: 'windows', GOARCH: 'arm64' });
  expect(other.key).not.toBe(PIN.key);
  expect(path.basename(other.path)).toBe('tk.exe');
});
