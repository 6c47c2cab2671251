import { mkdir, mkdtemp, realpath, rm, symlink, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { packageRoot } from '../../lib/disk/package-root.ts';
import { validate, type Finding } from '../../lib/index.ts';
import { SPEC } from '../tanka/project.ts';

const LIBRARY = path.join(packageRoot(), 'jsonnet', 'tankard');
const JSONNETFILE = JSON.stringify({
  version: 1,
  dependencies: [{ source: { local: { directory: 'libs/tankard' } }, version: '' }],
  legacyImports: true,
});

/** Kinds that rules are about, and that have no schema. */
const CONFIG = 'unknownKinds: [eks.services.k8s.aws/v1alpha1/PodIdentityAssociation]\n';

/** What is told about a finding: its place as `FILE:LINE` in the environment. */
export interface Told {
  readonly code: string;
  readonly place: string;
  readonly message: string;
}

/**
 * Validates environments, located, in one run and one temporary project.
 *
 * @param environments the files of each.
 * @returns what was found in each, in the same order.
 */
export async function validateAll(
  environments: readonly Readonly<Record<string, string>>[],
): Promise<Told[][]> {
  const root = await realpath(await mkdtemp(path.join(os.tmpdir(), 'tankard-mistakes-')));
  try {
    await writeProject(root, environments);
    const names = environments.map((_, index) => environmentName(index));
    const result = await validate({ cwd: root, environments: names });
    for (const { failure } of result.failures) throw failure;
    return result.environments.map(({ path: name, findings }) =>
      findings.map((finding) => told(finding, path.join(root, name))),
    );
  } finally {
    await rm(root, { recursive: true, force: true });
  }
}

function environmentName(index: number): string {
  return `environments/${String(index).padStart(4, '0')}`;
}

async function writeProject(
  root: string,
  environments: readonly Readonly<Record<string, string>>[],
): Promise<void> {
  await writeFile(path.join(root, 'jsonnetfile.json'), JSONNETFILE);
  await writeFile(path.join(root, 'tankard.yaml'), CONFIG);
  for (const folder of ['libs', 'vendor']) {
    await mkdir(path.join(root, folder));
    // As `jb install` links a local dependency.
    await symlink(LIBRARY, path.join(root, folder, 'tankard'));
  }
  for (const [index, files] of environments.entries()) {
    const folder = path.join(root, environmentName(index));
    await mkdir(folder, { recursive: true });
    for (const [name, text] of Object.entries({ 'spec.json': SPEC, ...files }))
      await writeFile(path.join(folder, name), text);
  }
}

function told({ code, message, location }: Finding, folder: string): Told {
  const place =
    location === undefined ? 'nowhere' : `${path.relative(folder, location.file)}:${location.line}`;
  return { code, place, message };
}
