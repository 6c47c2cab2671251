import { readFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { packageRoot } from '../disk/package-root.ts';
import { Failure } from '../finding/failure.ts';
import { inspectCachedBuild } from './cached-build.ts';
import { explicitPath } from './ensure-tool.ts';
import { findExecutable } from './find-executable.ts';
import { isOlder, readGoVersion } from './go-version.ts';
import { runProgram } from './run-program.ts';
import { findPackagedTool, isPackagedWhole } from './packaged-tool.ts';
import { type ToolPin, toolPin } from './tool-pin.ts';
import type { EnsureToolOptions, ToolName, ToolOrigin } from './tool.ts';
import { isCompatible, readToolVersion, versionRange } from './tool-version.ts';

/** What `tankard doctor` says about one program. */
export interface ToolReport {
  readonly name: ToolName | 'go' | 'node' | 'kubectl';
  /** Absolute path of the program that would be run; absent when there is none yet. */
  readonly path?: string;
  readonly version?: string;
  /** The version that is wanted, in words. */
  readonly wanted: string;
  readonly origin?: ToolOrigin;
  /** Whether all is well: it can be run as it is, or Tankard builds it when it is first needed. */
  readonly ok: boolean;
  /** What the program is for, when not every command needs it. */
  readonly neededFor?: string;
  /** What to do when it is not ok, or what will happen when it is and `path` is absent. */
  readonly howToGet?: string;
}

const TOOLS: readonly ToolName[] = ['tk', 'jb', 'jsonnet', 'locate'];

const NEEDED_FOR: Partial<Record<ToolName, string>> = {
  jb: 'linking the libraries of jsonnetfile.json into vendor/',
  jsonnet: "Tankard's own tests",
  locate: 'the Jsonnet line of a finding',
};

/** Looks at every program that Tankard runs. Builds nothing and changes nothing. */
export async function inspectTools(
  options: Pick<EnsureToolOptions, 'configured'> = {},
): Promise<ToolReport[]> {
  const go = await inspectGo();
  const tools = await Promise.all(TOOLS.map((name) => inspectTool(name, go.ok, options)));
  return [inspectNode(), goFor(tools, go), ...tools, await inspectKubectl()];
}

/** Nobody has to install Go where all is there that commands run. */
function goFor(tools: readonly ToolReport[], go: ToolReport): ToolReport {
  const { howToGet: _, ...rest } = go;
  const run = tools.filter(({ name }) => name !== 'jsonnet');
  return run.every(({ path: file, ok }) => ok && file !== undefined) ? rest : go;
}

function inspectNode(): ToolReport {
  const text = readFileSync(path.join(packageRoot(), 'package.json'), 'utf8');
  const range = (JSON.parse(text) as { engines: { node: string } }).engines.node;
  const ok = !isOlder(process.versions.node, range.replace(/^\D+/, ''));
  return {
    name: 'node',
    path: process.execPath,
    version: process.version,
    wanted: range,
    ok,
    ...(ok ? {} : { howToGet: `Install Node ${range}.` }),
  };
}

async function inspectGo(): Promise<ToolReport> {
  const wanted = TOOLS.flatMap(goVersionOf).reduce((left, right) =>
    isOlder(left, right) ? right : left,
  );
  const file = findExecutable('go');
  const version = file === undefined ? undefined : await readGoVersion(file);
  const ok = version !== undefined && !isOlder(version, wanted);
  return {
    name: 'go',
    ...(file === undefined ? {} : { path: file }),
    ...(version === undefined ? {} : { version: `go${version}` }),
    wanted: `>=${wanted}`,
    ok,
    neededFor: 'building the tools below, once',
    ...(ok ? {} : { howToGet: `Install Go ${wanted} or newer.` }),
  };
}

function goVersionOf(name: ToolName): string[] {
  const pin = tryPin(name);
  return pin instanceof Failure ? [] : [pin.goVersion];
}

/** A doctor reports a broken installation where other commands stop at it. */
function tryPin(name: ToolName): ToolPin | Failure {
  try {
    return toolPin(name);
  } catch (error) {
    if (error instanceof Failure) return error;
    throw error;
  }
}

async function inspectTool(
  name: ToolName,
  hasGo: boolean,
  options: Pick<EnsureToolOptions, 'configured'>,
): Promise<ToolReport> {
  const pin = tryPin(name);
  const purpose = NEEDED_FOR[name];
  if (pin instanceof Failure)
    return {
      name,
      wanted: 'unknown',
      ok: false,
      howToGet: `${pin.message}. ${pin.hint ?? ''}`.trim(),
    };
  const base = {
    name,
    wanted: pin.version,
    ...(purpose === undefined ? {} : { neededFor: purpose }),
  };
  const explicit = name === 'tk' ? explicitPath(options) : undefined;
  if (explicit !== undefined) return { ...base, ...(await inspectExplicit(explicit, pin.version)) };
  const packaged = findPackagedTool(pin);
  if (packaged !== undefined) return { ...base, ...(await inspectPackaged(pin, packaged)) };
  if (inspectCachedBuild(pin) === 'whole')
    return { ...base, path: pin.path, version: pin.version, origin: 'cache', ok: true };
  const onPath = name === 'locate' ? undefined : await inspectOnPath(name, pin.version);
  if (onPath !== undefined) return { ...base, ...onPath };
  const howToGet = hasGo
    ? `Tankard builds it when it is first needed (${pin.duration}).`
    : `Install Go ${pin.goVersion} or newer: Tankard then builds it${name === 'locate' ? '' : `; or put ${name} ${pin.version} on PATH`}.`;
  return { ...base, ok: hasGo, howToGet };
}

type Found = Pick<ToolReport, 'ok'> &
  Partial<Pick<ToolReport, 'path' | 'version' | 'origin' | 'howToGet'>>;

async function inspectExplicit(
  explicit: { readonly origin: ToolOrigin; readonly named: string },
  wanted: string,
): Promise<Found> {
  const { origin } = explicit;
  const file = findExecutable(explicit.named);
  const howToGet = `Name a tk ${versionRange(wanted)} in ${origin}, or take it out.`;
  if (file === undefined)
    return { path: path.resolve(explicit.named), origin, ok: false, howToGet };
  const { version, problem } = await readToolVersion(file);
  const ok = problem === undefined && (version === undefined || isCompatible(version, wanted));
  return {
    path: file,
    ...(version === undefined ? {} : { version }),
    origin,
    ok,
    ...(ok ? {} : { howToGet }),
  };
}

async function inspectPackaged(pin: ToolPin, file: string): Promise<Found> {
  const ok = await isPackagedWhole(pin, file);
  const howToGet = 'This file is not what its package says it is: install tankard again.';
  const found = { path: file, version: pin.version, origin: 'package', ok } as const;
  return ok ? found : { ...found, howToGet };
}

async function inspectOnPath(name: ToolName, wanted: string): Promise<Found | undefined> {
  const file = findExecutable(name);
  if (file === undefined) return undefined;
  const { version } = await readToolVersion(file);
  if (version === undefined || !isCompatible(version, wanted)) return undefined;
  return { path: file, version, origin: 'PATH', ok: true };
}

async function inspectKubectl(): Promise<ToolReport> {
  const base = { name: 'kubectl', wanted: 'any', neededFor: 'apply and diff' } as const;
  const file = findExecutable('kubectl');
  if (file === undefined)
    return { ...base, ok: false, howToGet: 'Install kubectl; show and validate do without it.' };
  const args = ['version', '--client', '-o', 'json'];
  const result = await runProgram({ file, args, cwd: os.tmpdir(), timeoutMs: 10_000 });
  const version = /"gitVersion":\s*"([^"]+)"/.exec(result.stdout.toString('utf8'))?.[1];
  if (version !== undefined) return { ...base, path: file, version, ok: true };
  return {
    ...base,
    path: file,
    ok: false,
    howToGet: 'This kubectl does not answer: install it again.',
  };
}
