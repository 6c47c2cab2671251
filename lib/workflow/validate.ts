import os from 'node:os';
import pMap from 'p-map';
import type { Finding } from '../finding/finding.ts';
import type { EnvironmentResult } from '../finding/report/text.ts';
import { parseManifests } from '../manifest/parse-manifests.ts';
import { openUpstream, type Upstream } from '../sources/upstream.ts';
import { ensureVendor } from '../tanka/vendor.ts';
import { annotationFindings } from '../validate/annotation-findings.ts';
import { validateManifests } from '../validate/validate-manifests.ts';
import { environmentsOf } from './env-list.ts';
import { locate } from './locate.ts';
import { environmentArgument, openProject, running, type Project } from './project.ts';
import { render, type EnvironmentOptions } from './show.ts';

/** What to validate, and against what. */
export interface ValidateOptions extends Omit<EnvironmentOptions, 'environments'> {
  /** Paths of environments; all of the project when empty or absent. */
  readonly environments?: readonly string[];
  /** Minor version of Kubernetes; wins over tankard.yaml. */
  readonly kubernetes?: string;
  /** Told after each environment how many are done. */
  readonly onEnvironment?: (done: number, total: number) => void;
}

/** What validating found. */
export interface ValidateResult {
  /** Project root, absolute. */
  readonly root: string;
  /** The Kubernetes version validated against. */
  readonly kubernetes: string;
  /** In the order asked for; sorted by path when all. */
  readonly environments: readonly EnvironmentResult[];
}

/**
 * Renders environments with tk, in parallel, and validates what came out. Each finding says where in the Jsonnet its
 * cause stands.
 *
 * @throws Failure as `openProject`, `openUpstream` and `showEnvironment`; mistakes in manifests are findings.
 */
export async function validate(options: ValidateOptions = {}): Promise<ValidateResult> {
  const project = await openProject(options);
  await ensureVendor({ root: project.root, ...running(options) });
  const kubernetes = options.kubernetes ?? project.config.kubernetes;
  const upstream = await openUpstream({
    ...(kubernetes === undefined ? {} : { kubernetes }),
    ...running(options),
  });
  const paths = await chosenEnvironments(project, options);
  let done = 0;
  const environments = await pMap(
    paths,
    async (environment) => {
      const result = await validateEnvironment(project, upstream, environment, options);
      options.onEnvironment?.((done += 1), paths.length);
      return result;
    },
    { concurrency: os.availableParallelism() },
  );
  return { root: project.root, kubernetes: upstream.kubernetes, environments };
}

async function chosenEnvironments(project: Project, options: ValidateOptions): Promise<string[]> {
  const named = options.environments ?? [];
  if (named.length > 0)
    return named.map((one) => environmentArgument(project, options.cwd ?? process.cwd(), one));
  const all = await environmentsOf(project, options);
  return [...new Set(all.map((environment) => environment.path))];
}

async function validateEnvironment(
  project: Project,
  upstream: Upstream,
  environment: string,
  options: ValidateOptions,
): Promise<EnvironmentResult> {
  const { place, yaml, findings } = await render(project, environment, options);
  const manifests = parseManifests(yaml.toString('utf8'));
  const checked = await validateManifests(manifests, {
    upstream,
    allowedUnknownKinds: project.config.unknownKinds,
  });
  const annotations = await Promise.all(manifests.map(annotationFindings));
  const found = [...findings, ...checked.findings, ...annotations.flat()].map(
    (finding): Finding => ({ ...finding, environment: place.environment }),
  );
  return {
    path: place.environment,
    manifests: manifests.length,
    findings: found.length === 0 ? [] : await locate(found, project, place, options),
    unknownKinds: checked.unknownKinds,
  };
}
