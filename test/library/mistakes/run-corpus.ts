import { mkdir, mkdtemp, realpath, rm, symlink, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { importLibraries, validate, type Finding } from '../../../lib/index.ts';
import pMap from 'p-map';
import { runTk } from '../../../lib/tanka/run-tk.ts';
import { RULES } from '../../../lib/validate/rules/index.ts';
import { showEnvironment } from '../../../lib/tanka/show.ts';
import { parseLeadingPosition } from '../../../lib/tanka/stack-trace.ts';
import { SPEC } from '../../tanka/project.ts';
import { obtainK8sLibsonnet } from '../k8s-libsonnet.ts';

/** A program: its files by path; main.jsonnet is one. */
export type Program = Readonly<Record<string, string>>;

/** What is told about a finding: its place as `FILE:LINE`, and whether that is proven. */
export interface Told {
  readonly code: string;
  readonly place: string;
  readonly certainty: 'exact' | 'near' | 'none';
  readonly message: string;
}

/** What the linter says about a line of a program. */
export interface LintMessage {
  readonly line: number;
  readonly message: string;
}

/** A temporary project in which programs run. */
export interface CorpusProject {
  readonly root: string;
  readonly remove: () => Promise<void>;
}

async function makeProject(): Promise<CorpusProject> {
  const root = await realpath(await mkdtemp(path.join(os.tmpdir(), 'tankard-mistakes-')));
  return { root, remove: () => rm(root, { recursive: true, force: true }) };
}

const JSONNETFILE = JSON.stringify({ version: 1, dependencies: [], legacyImports: true });

/**
 * The programs are of one object or two, which is what a library makes; what these name is rendered elsewhere. So nothing is
 * said of what is not rendered, or not used.
 */
const CONFIG = `rules:
${RULES.filter(({ looksForAbsence }) => looksForAbsence)
  .map(({ code }) => `  - { rule: ${code}, severity: 'off' }`)
  .join('\n')}
`;

/** A project with the libraries as a user has them: imported, and `k.libsonnet` the alias of Kubernetes'. */
export async function makeTankardProject(): Promise<CorpusProject> {
  const project = await makeProject();
  await writeFile(path.join(project.root, 'jsonnetfile.json'), JSONNETFILE);
  await writeFile(path.join(project.root, 'tankard.yaml'), CONFIG);
  const sources = ['k8s@1.34', 'istio', 'cert-manager'].map((source) => ({ source }));
  await importLibraries({ cwd: project.root, sources });
  return project;
}

/** A project in which `k.libsonnet` is k8s-libsonnet 1.30, or why there is none. */
export async function makeK8sLibsonnetProject(): Promise<CorpusProject | { missing: string }> {
  const { jpath, missing } = await obtainK8sLibsonnet();
  if (missing !== undefined) return { missing };
  const project = await makeProject();
  await symlink(jpath, path.join(project.root, 'vendor'));
  await mkdir(path.join(project.root, 'lib'));
  await writeFile(path.join(project.root, 'jsonnetfile.json'), JSONNETFILE);
  const alias = "import 'k8s-libsonnet/1.30/main.libsonnet'\n";
  await writeFile(path.join(project.root, 'lib', 'k.libsonnet'), alias);
  return project;
}

/**
 * Validates programs, each as an environment, in one run.
 *
 * @returns what was found in each, in the same order; findings of an evaluation that failed, and of what is rendered.
 */
export async function validateAll(
  { root }: CorpusProject,
  programs: readonly Program[],
): Promise<Told[][]> {
  const environments = await writeEnvironments(root, programs);
  const result = await validate({ cwd: root, environments });
  for (const { failure } of result.failures) throw failure;
  return result.environments.map(({ path: name, findings }) =>
    findings.map((finding) => told(finding, path.join(root, name))),
  );
}

/**
 * Evaluates programs, each as an environment.
 *
 * @returns the error of each, in the same order; none for those that evaluate.
 */
export async function evaluateAll(
  { root }: CorpusProject,
  programs: readonly Program[],
  tk: string,
): Promise<Told[][]> {
  const environments = await writeEnvironments(root, programs);
  return pMap(
    environments,
    async (environment) => {
      const { findings } = await showEnvironment({ tk, root, environment });
      return findings.map((finding) => told(finding, path.join(root, environment)));
    },
    { concurrency: 2 },
  );
}

async function writeEnvironments(root: string, programs: readonly Program[]): Promise<string[]> {
  const environments = programs.map((_, index) => `environments/${String(index).padStart(4, '0')}`);
  for (const [index, files] of programs.entries())
    await writeFiles(path.join(root, environments[index] ?? ''), { 'spec.json': SPEC, ...files });
  return environments;
}

function told({ code, message, location }: Finding, folder: string): Told {
  if (location === undefined) return { code, message, place: 'nowhere', certainty: 'none' };
  const place = `${path.relative(folder, location.file)}:${location.line}`;
  return { code, message, place, certainty: location.certainty };
}

/** A file of a program, which the linter is to read; the others of the program are only imported. */
export interface Linted {
  readonly text: string;
  readonly others: Program;
}

/**
 * Lints texts as members of one file: the linter reads all imports again for each file.
 *
 * @returns what it says about each, its lines counted from that text's first.
 */
export async function lintAll(
  { root }: CorpusProject,
  tk: string,
  linted: readonly Linted[],
): Promise<LintMessage[][]> {
  const starts: number[] = [];
  const lines = ['{'];
  for (const [index, { text }] of linted.entries()) {
    lines.push(`'${index}':: (`);
    starts.push(lines.length);
    lines.push(...text.trimEnd().split('\n'), '),');
  }
  const others = Object.assign({}, ...linted.map((one) => one.others)) as Program;
  const folder = path.join(root, 'linted');
  await writeFiles(folder, { ...others, 'programs.jsonnet': [...lines, '}', ''].join('\n') });
  const file = path.join(folder, 'programs.jsonnet');
  const args = ['lint', '--parallelism=1', file, '--log-level=error'];
  const { stdout } = await runTk({ tk, root, args, purpose: 'linting the corpus' });
  const messages = readMessages(stdout.toString('utf8'), file);
  return starts.map((start, index) =>
    messages
      .filter(({ line }) => line > start && line <= (starts[index + 1] ?? Infinity))
      .map(({ line, message }) => ({ line: line - start, message })),
  );
}

function readMessages(output: string, file: string): LintMessage[] {
  return output.split('\n').flatMap((line) => {
    const found = parseLeadingPosition(line);
    if (found?.frame.file !== file) return [];
    return [{ line: found.frame.line, message: found.message }];
  });
}

async function writeFiles(folder: string, files: Program): Promise<void> {
  await mkdir(folder, { recursive: true });
  for (const [name, text] of Object.entries(files)) await writeFile(path.join(folder, name), text);
}
