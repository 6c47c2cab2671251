import { createHash } from 'node:crypto';
import { readFileSync, readdirSync } from 'node:fs';
import path from 'node:path';
import { cacheRoot } from '../disk/cache.ts';
import { packageRoot } from '../disk/package-root.ts';
import { Failure } from '../finding/failure.ts';
import type { ToolName, ToolTarget } from './tool.ts';

interface ToolRecipe {
  /** The module whose version in go.mod is the tool's; absent: the tool's sources are ours. */
  readonly module?: string;
  /** Go package of the main function. */
  readonly package: string;
  /** The variable that the linker sets to the version. */
  readonly versionVariable?: string;
  /** How long a first build takes, in words. Measured with two cores and cold caches. */
  readonly duration: string;
}

const RECIPES: Record<ToolName, ToolRecipe> = {
  tk: {
    module: 'github.com/grafana/tanka',
    package: 'github.com/grafana/tanka/cmd/tk',
    // Without it the binary calls itself `dev` and spec.expectVersions is not enforced.
    versionVariable: 'github.com/grafana/tanka/pkg/tanka.CurrentVersion',
    duration: 'about a minute',
  },
  jb: {
    module: 'github.com/jsonnet-bundler/jsonnet-bundler',
    package: 'github.com/jsonnet-bundler/jsonnet-bundler/cmd/jb',
    versionVariable: 'main.Version',
    duration: 'some seconds',
  },
  jsonnet: {
    module: 'github.com/google/go-jsonnet',
    package: 'github.com/google/go-jsonnet/cmd/jsonnet',
    duration: 'some seconds',
  },
  kubeconform: {
    module: 'github.com/yannh/kubeconform',
    package: 'github.com/yannh/kubeconform/cmd/kubeconform',
    versionVariable: 'main.version',
    duration: 'about 20 seconds',
  },
  locate: { package: '.', duration: 'about a minute' },
};

/** Everything that decides what a built tool is, and where its build lies. */
export interface ToolPin<Name extends string = ToolName> {
  readonly name: Name;
  /** Such as `v0.38.0`; `devel`, Go's own word, for a tool whose sources are in this package. */
  readonly version: string;
  /** Folder with go.mod and go.sum; may be read-only. */
  readonly source: string;
  readonly package: string;
  /** `-ldflags` of the build. */
  readonly linkerFlags: string;
  /** The lowest Go that go.mod accepts, such as `1.26.1`. */
  readonly goVersion: string;
  /** GOOS and GOARCH of the target, whatever the environment says. */
  readonly platform: { readonly GOOS: string; readonly GOARCH: string };
  /** Of all that decides what is built, the version of Go aside: 12 hexadecimal digits. */
  readonly key: string;
  /** Folder of the cache for this build; it need not exist. */
  readonly directory: string;
  /** The executable in `directory`. */
  readonly path: string;
  readonly duration: string;
}

/** Node's names where Go's differ. Source: `node:process` and `go tool dist list`. */
const GO_NAMES: Record<string, string> = {
  win32: 'windows',
  sunos: 'solaris',
  x64: 'amd64',
  ia32: '386',
};

/**
 * Reads the pin of a tool from `tools/<name>`.
 *
 * @param target the machine that is to run it. @default this one
 * @throws Failure `tool` when the folder is incomplete.
 */
export function toolPin(name: ToolName, target?: ToolTarget): ToolPin {
  return readPin(name, name, RECIPES[name], target);
}

/**
 * Reads the pin of a Go program that is not one of Tankard's own tools.
 *
 * @param name of the program and of its file.
 * @param folder of `tools` that has its go.mod and go.sum.
 * @param target the machine that is to run it. @default this one
 * @throws Failure `tool` when the folder is incomplete.
 */
export function readPin<Name extends string>(
  name: Name,
  folder: string,
  recipe: ToolRecipe,
  target: ToolTarget = process,
): ToolPin<Name> {
  const source = path.join(packageRoot(), 'tools', folder);
  const files = readSources(name, source);
  const goMod = files.get('go.mod')?.toString('utf8') ?? '';
  const version = recipe.module === undefined ? 'devel' : moduleVersion(goMod, recipe.module);
  const platform = { GOOS: goName(target.platform), GOARCH: goName(target.arch) };
  const key = digest(files, [platform.GOOS, platform.GOARCH]);
  const directory = path.join(cacheRoot(), 'tools', `${name}-${version}-${key}`);
  return {
    name,
    version,
    source,
    package: recipe.package,
    linkerFlags: linkerFlags(recipe, version),
    goVersion: /^go (\S+)/m.exec(goMod)?.[1] ?? '',
    platform,
    key,
    directory,
    path: path.join(directory, target.platform === 'win32' ? `${name}.exe` : name),
    duration: recipe.duration,
  };
}

/** The end of a hint: how to have the tool without building it; empty where there is no way. */
export function withoutGo(pin: ToolPin<string>): string {
  if (!['tk', 'jb', 'jsonnet'].includes(pin.name)) return '';
  return `; or put ${pin.name} ${pin.version} on PATH${pin.name === 'tk' ? ' or name it in TANKARD_TK' : ''}`;
}

function goName(name: string): string {
  return GO_NAMES[name] ?? name;
}

function readSources(name: string, source: string): Map<string, Buffer> {
  try {
    const own = readdirSync(source).filter(isGoSource).sort();
    return new Map(
      ['go.mod', 'go.sum', ...own].map((file) => [file, readFileSync(path.join(source, file))]),
    );
  } catch (cause) {
    throw new Failure(
      'tool',
      `cannot read the sources of ${name} in ${source}: ${(cause as Error).message}`,
      { hint: 'The installed package is incomplete: install tankard again.', cause },
    );
  }
}

function isGoSource(file: string): boolean {
  return file.endsWith('.go') && !file.endsWith('_test.go');
}

function moduleVersion(goMod: string, module: string): string {
  const line = goMod.split('\n').find((text) =>
    text
      .replace(/^require /, '')
      .trim()
      .startsWith(`${module} v`),
  );
  const version = line === undefined ? undefined : /\sv\S+/.exec(line)?.[0].trim();
  if (version === undefined) throw new Error(`go.mod does not require ${module}`);
  return version;
}

function linkerFlags(recipe: ToolRecipe, version: string): string {
  const set =
    recipe.versionVariable === undefined ? [] : ['-X', `${recipe.versionVariable}=${version}`];
  return ['-s', '-w', ...set].join(' ');
}

function digest(files: ReadonlyMap<string, Buffer>, words: readonly string[]): string {
  const hash = createHash('sha256');
  // The length keeps the end of one file from passing as the start of the next.
  for (const [file, content] of files) hash.update(`${file} ${content.length}\n`).update(content);
  return hash.update(words.join('/')).digest('hex').slice(0, 12);
}
