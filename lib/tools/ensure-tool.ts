import path from 'node:path';
import { Failure } from '../finding/failure.ts';
import { inspectCachedBuild } from './cached-build.ts';
import { findExecutable } from './find-executable.ts';
import { findPackagedTool } from './packaged-tool.ts';
import { type ToolPin, toolPin, withoutGo } from './tool-pin.ts';
import type { EnsureToolOptions, Tool, ToolName, ToolOrigin } from './tool.ts';

/** The variable that names the tk to use. */
const TK_VARIABLE = 'TANKARD_TK';

/** An executable on `PATH` that has another version than the pinned one. */
interface PassedOver {
  readonly passedOver: string;
  readonly version: string | undefined;
}

/**
 * Finds a tool, or builds it. tk: `TANKARD_TK`, the path in tankard.yaml, the package of tools for this machine, the
 * pinned build in the cache, `PATH`, a new build. jb: the same from the package on. jsonnet: cache, `PATH`, build.
 * locate: package, cache, build.
 *
 * @throws Failure `tool` when there is none that fits and none can be built; `interrupted` when
 *   `options.signal` was aborted.
 */
export async function ensureTool(name: ToolName, options: EnsureToolOptions = {}): Promise<Tool> {
  const pin = toolPin(name);
  const explicit = name === 'tk' ? explicitPath(options) : undefined;
  if (explicit !== undefined) return explicitTool(pin, explicit, options);
  // Before the cache: npm has checked its bytes, and no earlier run can have left something else there.
  const packaged = findPackagedTool(pin);
  if (packaged !== undefined) return pinnedTool(pin, packaged, 'package');
  const state = inspectCachedBuild(pin);
  if (state === 'whole') return pinnedTool(pin, pin.path, 'cache');
  const go = options.build === false ? undefined : findExecutable('go');
  // A damaged build is mended when that is possible: PATH is for who has none.
  const search = name !== 'locate' && (state === 'absent' || go === undefined);
  const onPath = search ? await toolOnPath(pin, options) : undefined;
  if (onPath !== undefined && 'path' in onPath) return onPath;
  if (go === undefined) throw notFound(pin, onPath);
  if (state === 'damaged') options.onProgress?.(`${pin.path} is damaged and is built again`);
  const { buildTool } = await import('./build-tool.ts');
  await buildTool(pin, { go, ...options });
  return pinnedTool(pin, pin.path, 'cache');
}

interface Explicit {
  readonly origin: ToolOrigin;
  readonly named: string;
}

/** The tk that the user named, if any. */
export function explicitPath(options: Pick<EnsureToolOptions, 'configured'>): Explicit | undefined {
  const variable = process.env[TK_VARIABLE];
  if (variable !== undefined && variable !== '') return { origin: TK_VARIABLE, named: variable };
  return options.configured === undefined
    ? undefined
    : { origin: 'tankard.yaml', named: options.configured };
}

async function explicitTool(
  pin: ToolPin,
  explicit: Explicit,
  options: EnsureToolOptions,
): Promise<Tool> {
  const { isCompatible, readToolVersion, versionRange } = await import('./tool-version.ts');
  const { origin, named } = explicit;
  const hint =
    `Name a ${pin.name} ${versionRange(pin.version)} in ${origin}, or take it out: Tankard then uses its own build of ` +
    `${pin.name} ${pin.version} (Go ${pin.goVersion} or newer makes it) or the one on PATH.`;
  const file = findExecutable(named);
  if (file === undefined)
    throw new Failure(
      'tool',
      `${origin} names ${path.resolve(named)}, which is not an executable file`,
      {
        hint,
      },
    );
  const { version, problem } = await readToolVersion(file, options.signal);
  if (problem !== undefined)
    throw new Failure('tool', `${origin} names ${file}, which does not run: ${problem}`, { hint });
  if (version !== undefined && !isCompatible(version, pin.version))
    throw new Failure(
      'tool',
      `${origin} names ${file}, which is ${pin.name} ${version}; ${versionRange(pin.version)} is wanted`,
      { hint },
    );
  return { name: pin.name, path: file, version, wanted: pin.version, origin };
}

function pinnedTool(pin: ToolPin, file: string, origin: ToolOrigin): Tool {
  return { name: pin.name, path: file, version: pin.version, wanted: pin.version, origin };
}

/** The tool on `PATH` when its version fits, else what was passed over; undefined when there is none. */
async function toolOnPath(
  pin: ToolPin,
  options: EnsureToolOptions,
): Promise<Tool | PassedOver | undefined> {
  const file = findExecutable(pin.name);
  if (file === undefined) return undefined;
  const { isCompatible, readToolVersion } = await import('./tool-version.ts');
  const { version } = await readToolVersion(file, options.signal);
  // Another program may have this name, and a build that calls itself `dev` may be of any age.
  if (version === undefined || !isCompatible(version, pin.version))
    return { passedOver: file, version };
  return { name: pin.name, path: file, version, wanted: pin.version, origin: 'PATH' };
}

function notFound(pin: ToolPin, other: PassedOver | undefined): Failure {
  const wanted = `${pin.name} ${pin.version}`;
  const hasGo = findExecutable('go') !== undefined;
  const found =
    other === undefined
      ? 'none is on PATH'
      : `${other.passedOver} on PATH is ${other.version ?? 'of unknown version'}`;
  const onPath = pin.name === 'locate' ? '' : `, ${found}`;
  const go = hasGo ? '' : ', and Go, which builds it, is not on PATH';
  return new Failure(
    'tool',
    `${wanted} was not found: it is not in ${pin.directory}${onPath}${go}`,
    {
      hint: `${hasGo ? 'Let Tankard build it' : `Install Go ${pin.goVersion} or newer and run again`}${withoutGo(pin)}.`,
    },
  );
}
