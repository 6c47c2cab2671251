import { createHash } from 'node:crypto';
import { chmod, copyFile, mkdir, readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { execa } from 'execa';
import manifest from '../../package.json' with { type: 'json' };
import { buildTool } from '../../lib/tools/build-tool.ts';
import { TOOLS_FILE, toolsPackage, type ToolsFile } from '../../lib/tools/packaged-tool.ts';
import { toolPin, type ToolPin } from '../../lib/tools/tool-pin.ts';
import type { ToolName, ToolTarget } from '../../lib/tools/tool.ts';
import { ROOT } from '../steps.ts';
import { npmPack } from './npm-pack.ts';
import { thirdPartyLicences } from './third-party.ts';

/** What commands run; jsonnet and kubeconform are for Tankard's own tests. */
const TOOLS: readonly ToolName[] = ['tk', 'jb', 'locate'];

/** How packages are made. */
export interface PackOptions {
  /** Folder for the tarball, absolute. */
  readonly out: string;
  /** An empty folder to work in, absolute. */
  readonly work: string;
  readonly onProgress: (line: string) => void;
}

/**
 * Builds the tools for a machine, and packs them for npm. The tools are built in the cache, which is to be an empty
 * one, so that nothing old is published.
 *
 * @param go absolute path of the go command.
 * @returns absolute path of the tarball.
 */
export async function packTools(
  target: ToolTarget,
  go: string,
  options: PackOptions,
): Promise<string> {
  const folder = path.join(options.work, `tools-${target.platform}-${target.arch}`);
  const pins = TOOLS.map((name) => toolPin(name, target));
  await mkdir(path.join(folder, 'bin'), { recursive: true });
  const tools: [string, ToolsFile['tools'][string]][] = [];
  for (const pin of pins) {
    await buildTool(pin, { go, onProgress: options.onProgress });
    tools.push([pin.name, await addTool(pin, folder)]);
  }
  const { stdout: goVersion } = await execa(go, ['env', 'GOVERSION'], {
    cwd: path.join(ROOT, 'tools', 'tk'),
  });
  const list: ToolsFile = { go: goVersion.trim(), tools: Object.fromEntries(tools) };
  await writeJson(path.join(folder, TOOLS_FILE), list);
  await writeJson(path.join(folder, 'package.json'), manifestOf(target, pins));
  await writeFile(path.join(folder, 'README.md'), readme(target, pins));
  await copyFile(path.join(ROOT, 'LICENSE'), path.join(folder, 'LICENSE'));
  const licences = path.join(folder, 'THIRD-PARTY-LICENSES.txt');
  await writeFile(licences, await thirdPartyLicences(pins, go));
  return npmPack(folder, options.out);
}

async function addTool(pin: ToolPin, folder: string): Promise<ToolsFile['tools'][string]> {
  const file = `bin/${path.basename(pin.path)}`;
  const bytes = await readFile(pin.path);
  await writeFile(path.join(folder, file), bytes);
  await chmod(path.join(folder, file), 0o755);
  const sha256 = createHash('sha256').update(bytes).digest('hex');
  return { version: pin.version, key: pin.key, file, size: bytes.length, sha256 };
}

function manifestOf(target: ToolTarget, pins: readonly ToolPin[]): object {
  const { version, license } = manifest;
  return {
    name: toolsPackage(target),
    version,
    description: `${pins.map(({ name }) => name).join(', ')} for tankard on ${target.platform} ${target.arch}`,
    license,
    os: [target.platform],
    cpu: [target.arch],
    // Yarn keeps packages as archives, from which nothing can be run.
    preferUnplugged: true,
    files: ['bin', TOOLS_FILE, 'THIRD-PARTY-LICENSES.txt'],
  };
}

function readme(target: ToolTarget, pins: readonly ToolPin[]): string {
  const lines = pins.map(({ name, version }) =>
    version === 'devel' ? `- ${name}, part of tankard` : `- ${name} ${version}`,
  );
  return `# ${toolsPackage(target)}

The Go programs that the package tankard runs, for ${target.platform} ${target.arch}:

${lines.join('\n')}

\`tankard\` installs this package by itself where it fits. \`${TOOLS_FILE}\` has their hashes,
\`THIRD-PARTY-LICENSES.txt\` the licences of what they are made from.
`;
}

async function writeJson(file: string, value: object): Promise<void> {
  await writeFile(file, `${JSON.stringify(value, null, 2)}\n`);
}
