import os from 'node:os';
import path from 'node:path';
import pMap from 'p-map';
import { CONFIG_FILE } from '../config/load-config.ts';
import { Failure } from '../finding/failure.ts';
import type { Finding } from '../finding/finding.ts';
import type { EnvironmentResult } from '../finding/environment-result.ts';
import { quoteFindings } from '../locate/quote-findings.ts';
import { parseManifests } from '../manifest/parse-manifests.ts';
import { acceptByAnnotation } from '../policy/accept-by-annotation.ts';
import { checkSeveritySettings, setSeverities } from '../policy/set-severities.ts';
import { openUpstream, type Upstream } from '../sources/upstream.ts';
import { validateManifests } from '../validate/validate-manifests.ts';
import { environmentsOf } from './env-list.ts';
import { acceptByComments } from './accept-by-comments.ts';
import { checkBaselineOptions, withBaseline, type BaselineOptions } from './baseline.ts';
import { locate } from './locate.ts';
import { environmentArgument, openProject, running, type Project } from './project.ts';
import { ensureLibraries } from './restore.ts';
import { render, type EnvironmentOptions } from './show.ts';

/** What to validate, and against what. */
export interface ValidateOptions extends Omit<EnvironmentOptions, 'environments'>, BaselineOptions {
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
  /** Environments that could not be rendered, through no fault of the manifests; for example, tk took too long. */
  readonly failures: readonly EnvironmentFailure[];
  /** How many findings of the baseline are gone; absent without one, or when only a part was validated. */
  readonly gone?: number;
}

/** An environment that could not be validated. */
export interface EnvironmentFailure {
  readonly path: string;
  readonly name?: string;
  readonly failure: Failure;
}

/**
 * Renders environments with tk, in parallel, and validates what came out. Each finding says where in the Jsonnet its
 * cause stands. When several are validated, one that cannot be rendered does not stop the others.
 *
 * @throws Failure as `openProject`, `ensureLibraries`, `openUpstream` and `showEnvironment`; `usage` when the project has no
 *   environments; mistakes in manifests are findings.
 */
export async function validate(options: ValidateOptions = {}): Promise<ValidateResult> {
  return validateProject(await openProject(options, options.environments?.[0]), options);
}

/** The same for an open project. */
export async function validateProject(
  project: Project,
  options: ValidateOptions,
): Promise<ValidateResult> {
  const { root, config } = project;
  checkSeveritySettings(config.rules, path.join(root, CONFIG_FILE));
  checkBaselineOptions(options);
  const imports = await ensureLibraries({ root, config, ...running(options) });
  const kubernetes = options.kubernetes ?? config.kubernetes;
  const upstream = await openUpstream({
    ...(kubernetes === undefined ? {} : { kubernetes }),
    imports: [...imports.values()],
    root,
    ...running(options),
  });
  const chosen = await chosenEnvironments(project, options);
  let done = 0;
  const outcomes = await pMap(
    chosen,
    async (environment) => {
      const outcome = await tryEnvironment(project, upstream, environment, options);
      options.onEnvironment?.((done += 1), chosen.length);
      return outcome;
    },
    { concurrency: os.availableParallelism() },
  );
  const failures = outcomes.filter(isFailure);
  const [only] = failures;
  if (only !== undefined && chosen.length === 1) throw only.failure;
  const results = outcomes.filter(isResult);
  const isAll = (options.environments ?? []).length === 0;
  const isWhole = !hasTargets(options.args) && failures.length === 0;
  const judged = await acceptByComments(results, { root, isAll, isWhole });
  const { environments, gone } = await withBaseline(judged, {
    ...options,
    cwd: options.cwd ?? process.cwd(),
    isPartial: !isAll || !isWhole || results.some(isBroken),
  });
  return {
    root: project.root,
    kubernetes: upstream.kubernetes,
    environments: asksForNothing(outcomes, options)
      ? environments.map(withEmptyAsError)
      : environments,
    failures,
    ...(gone === undefined ? {} : { gone }),
  };
}

/** Nothing was rendered, and a finding says why. */
function isBroken({ manifests, findings }: EnvironmentResult): boolean {
  return manifests === 0 && findings.length > 0;
}

function hasTargets(args: ValidateOptions['args']): boolean {
  return (args?.targets ?? []).length > 0;
}

type Outcome = EnvironmentResult | EnvironmentFailure;

function isFailure(outcome: Outcome): outcome is EnvironmentFailure {
  return 'failure' in outcome;
}

function isResult(outcome: Outcome): outcome is EnvironmentResult {
  return !isFailure(outcome);
}

interface ChosenEnvironment {
  /** Path relative to the project root. */
  readonly path: string;
  /** The name of an inline environment. */
  readonly name?: string;
}

/** One environment that tk cannot render must not hide what is found in the others. */
async function tryEnvironment(
  project: Project,
  upstream: Upstream,
  environment: ChosenEnvironment,
  options: ValidateOptions,
): Promise<Outcome> {
  try {
    return await validateEnvironment(project, upstream, environment, options);
  } catch (failure) {
    if (failure instanceof Failure && failure.kind !== 'interrupted')
      return { ...environment, failure };
    throw failure;
  }
}

async function chosenEnvironments(
  project: Project,
  options: ValidateOptions,
): Promise<ChosenEnvironment[]> {
  const named = options.environments ?? [];
  if (named.length > 0) {
    const paths = named.map((one) =>
      environmentArgument(project, options.cwd ?? process.cwd(), one),
    );
    const name = options.args?.name;
    return [...new Set(paths)].map((one) => ({
      path: one,
      ...(name === undefined ? {} : { name }),
    }));
  }
  const all = await environmentsOf(project, options);
  // A check that looked at nothing must not pass for one that found nothing.
  if (all.length === 0) throw noEnvironments(project);
  return all.map(({ path: file, name, inline }) =>
    inline && name !== file ? { path: file, name } : { path: file },
  );
}

/** Targets that match nothing anywhere: a check that looked at nothing must not pass for one that found nothing. */
function asksForNothing(outcomes: readonly Outcome[], { args }: ValidateOptions): boolean {
  const manifests = outcomes.filter(isResult).reduce((sum, result) => sum + result.manifests, 0);
  return hasTargets(args) && manifests === 0;
}

function withEmptyAsError(result: EnvironmentResult): EnvironmentResult {
  const findings = result.findings.map((finding): Finding =>
    finding.code === 'environment/empty' ? { ...finding, severity: 'error' } : finding,
  );
  return { ...result, findings };
}

function noEnvironments({ root, config }: Project): Failure {
  const folder = path.join(root, config.environments ?? 'environments');
  return new Failure('usage', `there are no environments in ${folder}`, {
    hint: 'Make one with `tk env add environments/NAME`, or name the folder as environments in tankard.yaml.',
  });
}

async function validateEnvironment(
  project: Project,
  upstream: Upstream,
  { path: environment, name }: ChosenEnvironment,
  given: ValidateOptions,
): Promise<EnvironmentResult> {
  const options = name === undefined ? given : { ...given, args: { ...given.args, name } };
  const { place, yaml, findings } = await render(project, environment, options);
  const manifests = parseManifests(yaml.toString('utf8'));
  const isPartial = hasTargets(options.args);
  const checked = await validateManifests(manifests, {
    upstream,
    allowedUnknownKinds: project.config.unknownKinds,
    rules: { gateways: project.config.gateways },
    isPartial,
  });
  const found = [...findings, ...checked.findings].map((finding): Finding => ({
    ...finding,
    environment: place.environment,
  }));
  const set = setSeverities(found, project.config.rules);
  const judged = acceptByAnnotation(manifests, set, { isPartial });
  return {
    path: place.environment,
    ...(name === undefined ? {} : { name }),
    manifests: manifests.length,
    findings: await quoteFindings(
      await locate(judged.findings, project, place, options),
      manifests,
    ),
    accepted: judged.accepted,
    unknownKinds: checked.unknownKinds,
    uncheckedRules: checked.uncheckedRules,
  };
}
