import { readdir } from 'node:fs/promises';
import path from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { runTk } from '../../../lib/tanka/run-tk.ts';
import { ensureTool } from '../../../lib/tools/ensure-tool.ts';
import { makeTankardProject, type CorpusProject } from './run-corpus.ts';

let project: CorpusProject;

beforeAll(async () => {
  project = await makeTankardProject();
});

afterAll(() => project.remove());

/** Lints files and folders below `.tankard/libs`, which tk leaves out unless told. */
async function lint(targets: readonly string[]): Promise<string> {
  const { path: tk } = await ensureTool('tk');
  const { root } = project;
  const files = targets.map((target) => path.join(root, '.tankard', 'libs', target));
  const args = ['lint', '--parallelism=1', '--exclude=none', '--log-level=error', ...files];
  const { exitCode, stdout } = await runTk({ tk, root, args, purpose: 'linting a library' });
  return `${exitCode} ${stdout.toString('utf8')}`;
}

it('cert-manager is clean for the linter', async () => {
  expect(await lint(['cert-manager'])).toBe('0 ');
});

// All of Kubernetes takes 20 s of CPU: these have every helper, shared parts, and a type that holds itself.
const GROUPS = ['apps/v1', 'autoscaling', 'batch', 'core', 'rbac/v1', 'apiextensions', '_helpers'];
const TYPES = ['apiextensions.v1.jsonSchemaProps', 'core.v1.container', 'core.v1.podSpec'];

it('Kubernetes is clean for the linter', async () => {
  const library = path.join(project.root, '.tankard', 'libs', 'k8s-1.34');
  const runtime = (await readdir(library)).filter((name) => name.endsWith('.libsonnet'));
  const types = TYPES.map((name) => `_types/${name}.libsonnet`);
  const targets = [...runtime, ...GROUPS, ...types].map((name) => `k8s-1.34/${name}`);
  expect(await lint(targets)).toBe('0 ');
});

it('the alias of Kubernetes is clean for the linter', async () => {
  expect(await lint([path.join('..', '..', 'lib')])).toBe('0 ');
});
