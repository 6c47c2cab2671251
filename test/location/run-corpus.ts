import { mkdir, mkdtemp, realpath, rm, symlink, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import pMap from 'p-map';
import { packageRoot } from '../../lib/disk/package-root.ts';
import type { Fault, Finding, Location } from '../../lib/finding/finding.ts';
import { importLibraries } from '../../lib/index.ts';
import { locateFindings } from '../../lib/locate/locate-findings.ts';
import { parseManifests, type Manifest } from '../../lib/manifest/parse-manifests.ts';
import { findEnvironment } from '../../lib/tanka/find-environment.ts';
import { libraryDirectories } from '../../lib/tanka/project.ts';
import { showEnvironment } from '../../lib/tanka/show.ts';
import { ensureTool } from '../../lib/tools/ensure-tool.ts';
import { SPEC } from '../tanka/project.ts';
import type { Case } from './corpus.ts';
import { differences, type Difference } from './difference.ts';
import type { Program } from './program.ts';

/** Where the mistake of a case was located. */
export interface Told {
  /** What was looked for; `evaluation` when the program fails. */
  readonly fault: Fault | 'evaluation';
  readonly certainty: Location['certainty'];
  /** The places as `FILE:LINE` in the environment, the first one first. */
  readonly places: readonly string[];
  /** The value that is rendered at the path. */
  readonly value?: unknown;
  readonly path: string;
}

interface Run {
  readonly root: string;
  readonly tk: string;
  readonly locator: string;
}

/**
 * Renders each case and locates what its edit changed, in one temporary project.
 *
 * @returns what was told about each, in the same order; undefined where the edit changes nothing that is rendered.
 */
export async function locateAll(
  programs: readonly Program[],
  cases: readonly Case[],
): Promise<(Told | undefined)[]> {
  const root = await realpath(await mkdtemp(path.join(os.tmpdir(), 'tankard-location-')));
  try {
    const [{ path: tk }, { path: locator }] = [await ensureTool('tk'), await ensureTool('locate')];
    const run = { root, tk, locator };
    await writeProject(root);
    const correct = await pMap(programs, (one, index) => renderCorrect(run, one, index), PARALLEL);
    const before = new Map(programs.map((one, index) => [one, correct[index] ?? []]));
    return await pMap(
      cases,
      (one, index) => locateCase(run, one, { index, before: before.get(one.program) ?? [] }),
      PARALLEL,
    );
  } finally {
    await rm(root, { recursive: true, force: true });
  }
}

const PARALLEL = { concurrency: os.availableParallelism() };

async function writeProject(root: string): Promise<void> {
  const jsonnetfile = JSON.stringify({ version: 1, dependencies: [], legacyImports: true });
  await writeFile(path.join(root, 'jsonnetfile.json'), jsonnetfile);
  await importLibraries({
    cwd: root,
    sources: ['k8s@1.34', 'istio', 'cert-manager'].map((source) => ({ source })),
  });
  await mkdir(path.join(root, 'vendor'), { recursive: true });
  const mixins = path.join(packageRoot(), 'jsonnet', 'tankard');
  await symlink(mixins, path.join(root, 'vendor', 'tankard'));
}

async function renderCorrect(run: Run, program: Program, index: number): Promise<Manifest[]> {
  const folder = await writeEnvironment(run.root, `correct/${index}`, program.files);
  const { manifests, findings } = await render(run, folder, program);
  if (findings.length > 0) throw new Error(`${program.name}: ${findings[0]?.message}`);
  return manifests;
}

async function writeEnvironment(
  root: string,
  name: string,
  files: Program['files'],
): Promise<string> {
  const folder = path.join(root, 'environments', name);
  for (const [file, text] of Object.entries({ 'spec.json': SPEC, ...files })) {
    if (text === '') continue;
    await mkdir(path.dirname(path.join(folder, file)), { recursive: true });
    await writeFile(path.join(folder, file), text);
  }
  return folder;
}

async function render(
  { root, tk }: Run,
  environment: string,
  { tla = {} }: Program,
): Promise<{ manifests: Manifest[]; findings: readonly Finding[] }> {
  const args = { tlaStr: Object.entries(tla).map(([name, value]) => `${name}=${value}`) };
  const { yaml, findings } = await showEnvironment({ tk, root, environment, args });
  return { manifests: parseManifests(yaml.toString('utf8')), findings };
}

async function locateCase(
  run: Run,
  one: Case,
  { index, before }: { index: number; before: readonly Manifest[] },
): Promise<Told | undefined> {
  const folder = await writeEnvironment(run.root, `edited/${index}`, one.files);
  const { manifests, findings } = await render(run, folder, one.program);
  const [failed] = findings;
  const difference = chosen(differences(before, manifests), one, index);
  const seen = failed ?? findingOf(difference);
  if (seen === undefined) return undefined;
  const { location, fault } = await locate(run, { finding: seen, folder, program: one.program });
  if (location === undefined) throw new Error(`${one.title}: not located`);
  return {
    fault: failed === undefined ? (fault ?? 'value') : 'evaluation',
    certainty: location.certainty,
    places: [location, ...(location.related ?? [])].map(
      ({ file, line }) => `${path.relative(folder, file)}:${line}`,
    ),
    ...(failed === undefined ? { value: difference?.value } : {}),
    path: failed?.message ?? (seen.path ?? []).join('.'),
  };
}

/**
 * The difference that is meant; where none is, one of them, by the number of the case. What lacks a name that was
 * misspelt is the consequence, and a default that shows where a field is gone is no mistake that can be seen.
 */
function chosen(
  all: readonly Difference[],
  { sees, random }: Case,
  index: number,
): Difference | undefined {
  if (sees === undefined) {
    const named = all.filter(({ fault }) => fault === 'key');
    const seen = all.filter(
      ({ fault, path: at }) =>
        random?.changed === 'value' ||
        (fault !== 'value' && !(fault === 'missing' && isOptional(at))),
    );
    const some = random?.changed === 'name' && named.length > 0 ? named : random ? seen : all;
    return some[index % Math.max(some.length, 1)];
  }
  return all.find(({ resource, path: at }) =>
    new RegExp(`(?:^|[./])${escaped(sees)}$`).test([resource.name, ...at].join('.')),
  );
}

/** Whether no validator asks for it: what Tanka may add to the metadata. */
function isOptional([first, second]: Difference['path']): boolean {
  return first === 'metadata' && second !== 'name';
}

function escaped(text: string): string {
  return text.replaceAll(/[$()*+.?[\\\]^{|}]/g, String.raw`\$&`);
}

function findingOf(difference: Difference | undefined): Finding | undefined {
  if (difference === undefined) return undefined;
  const { resource, path: at, fault } = difference;
  return { code: 'schema/wrong-value', severity: 'error', message: '', resource, path: at, fault };
}

async function locate(
  { root, locator }: Run,
  { finding, folder, program }: { finding: Finding; folder: string; program: Program },
): Promise<Finding> {
  const place = await findEnvironment(root, folder);
  const tla = Object.entries(program.tla ?? {});
  const [located = finding] = await locateFindings([finding], {
    root,
    environmentPath: place.main,
    extCode: {},
    tlaCode: Object.fromEntries(tla.map(([name, value]) => [name, JSON.stringify(value)])),
    libraryDirs: libraryDirectories(root, place.base),
    locator,
  });
  return located;
}
