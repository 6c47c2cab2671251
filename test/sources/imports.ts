import { mkdir, mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, vi } from 'vitest';
import type { ApiSchemas } from '../../lib/sources/api-schemas.ts';
import { parseImportSource } from '../../lib/sources/import-source.ts';
import type { LockedImport } from '../../lib/sources/locked-import.ts';
import { openImport, type SourceOptions } from '../../lib/sources/open-import.ts';
import { resolveImport } from '../../lib/sources/resolve-import.ts';

/** A project and an empty cache, new for each test of the file that calls {@link freshProject}. */
export interface FreshProject {
  /** Absolute. */
  root: string;
  /** The folder of the schemas, absolute. */
  cache: string;
  /** What was told while resolving and opening. */
  progress: string[];
}

/** Makes a project for each test, and removes it. */
export function freshProject(): FreshProject {
  const project: FreshProject = { root: '', cache: '', progress: [] };
  let folder: string;
  beforeEach(async () => {
    folder = await mkdtemp(path.join(os.tmpdir(), 'tankard-import-'));
    project.root = path.join(folder, 'project');
    project.cache = path.join(folder, 'schemas');
    project.progress = [];
    await mkdir(project.root);
    await mkdir(project.cache);
  });
  afterEach(async () => {
    vi.unstubAllEnvs();
    vi.unstubAllGlobals();
    await rm(folder, { recursive: true });
  });
  return project;
}

/** The options for a project. */
export function optionsOf({ root, cache, progress }: FreshProject): SourceOptions {
  return { root, cacheDirectory: cache, onProgress: (line) => void progress.push(line) };
}

/** Resolves the text of a source. */
export function resolve(project: FreshProject, text: string): Promise<LockedImport> {
  return resolveImport(parseImportSource(text), optionsOf(project));
}

/** Opens what was locked. */
export function open(project: FreshProject, locked: LockedImport): Promise<ApiSchemas> {
  return openImport(locked, optionsOf(project));
}

/** Each kind as `apiVersion kind`. */
export function namesOf({ kinds }: ApiSchemas): string[] {
  return kinds.map(({ apiVersion, kind }) => `${apiVersion} ${kind}`);
}

/** Takes away the network and Go, so that a test sees when they are reached for. */
export function goOffline(): void {
  vi.stubEnv('GO', '/nowhere/go');
  vi.stubEnv('GOPROXY', 'off');
  vi.stubGlobal('fetch', () => {
    throw new Error('the network is reached for');
  });
}

/** Every file below a folder with its text, by path. */
export async function snapshot(folder: string): Promise<Map<string, string>> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  const files = entries.filter((entry) => entry.isFile());
  const names = files.map((entry) => path.join(entry.parentPath, entry.name)).sort();
  const texts = names.map(
    async (name) => [path.relative(folder, name), await readFile(name, 'utf8')] as const,
  );
  return new Map(await Promise.all(texts));
}
