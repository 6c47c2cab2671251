import { createHash } from 'node:crypto';
import { readFileSync, statSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import path from 'node:path';
import { packageRoot } from '../disk/package-root.ts';
import type { ToolPin } from './tool-pin.ts';
import type { ToolTarget } from './tool.ts';

/** In the root of a package of tools: what is in it, as {@link ToolsFile}. */
export const TOOLS_FILE = 'tools.json';

/** What a package of tools holds, by the name of the tool. */
export interface ToolsFile {
  /** The Go that built them, such as `go1.26.1`. */
  readonly go: string;
  readonly tools: Readonly<Record<string, PackagedTool>>;
}

/** One tool in a package. */
interface PackagedTool {
  /** As `ToolPin`. */
  readonly version: string;
  /** As `ToolPin`: which sources it was built from, and for which machine. */
  readonly key: string;
  /** Path in the package, with `/`. */
  readonly file: string;
  /** In bytes. */
  readonly size: number;
  /** 64 hexadecimal digits. */
  readonly sha256: string;
}

/** The npm package with the tools for a machine; Tankard has it as an optional dependency. */
export function toolsPackage({ platform, arch }: ToolTarget): string {
  return `@tankard/tools-${platform}-${arch}`;
}

/**
 * The tool in the package of tools for this machine, when that was built from what the pin says. Compares the length
 * and runs nothing, since it is done at every start; npm checked the content when it installed the package.
 *
 * @param root of Tankard's own package, absolute: the package is found from there.
 * @returns absolute path; undefined when there is no such package, or one of another version or with a damaged file.
 */
export function findPackagedTool(
  pin: ToolPin<string>,
  root: string = packageRoot(),
): string | undefined {
  const found = readEntry(pin, root);
  if (found === undefined) return undefined;
  const stat = statSync(found.file, { throwIfNoEntry: false });
  const isWhole = stat?.isFile() === true && stat.size === found.entry.size;
  return isWhole && (stat.mode & 0o100) !== 0 ? found.file : undefined;
}

/**
 * Whether the content of a packaged tool is what its package says.
 *
 * @param file what `findPackagedTool` gave.
 */
export async function isPackagedWhole(
  pin: ToolPin<string>,
  file: string,
  root: string = packageRoot(),
): Promise<boolean> {
  const sha256 = createHash('sha256')
    .update(await readFile(file))
    .digest('hex');
  return readEntry(pin, root)?.entry.sha256 === sha256;
}

function readEntry(
  pin: ToolPin<string>,
  root: string,
): { entry: PackagedTool; file: string } | undefined {
  try {
    // As Node resolves it: beside tankard, above it, or where pnpm puts it.
    const require = createRequire(path.join(root, 'package.json'));
    const list = require.resolve(`${toolsPackage(process)}/${TOOLS_FILE}`);
    const { tools } = JSON.parse(readFileSync(list, 'utf8')) as ToolsFile;
    const entry = tools[pin.name];
    if (entry?.key !== pin.key) return undefined;
    return { entry, file: path.join(path.dirname(list), entry.file) };
  } catch {
    // Most have none: it is an optional dependency, and a checkout never has it.
    return undefined;
  }
}
