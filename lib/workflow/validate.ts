import { Failure } from '../finding/failure.ts';
import type { Finding } from '../finding/finding.ts';
import type { EnvironmentResult } from '../finding/environment-result.ts';
import { parseManifests, type Manifest } from '../manifest/parse-manifests.ts';
import type { Upstream } from '../sources/upstream.ts';
import type { EnvironmentPlace } from '../tanka/find-environment.ts';
import { checkRendering, openChecks, placeFindings, type Checked } from './check-rendering.ts';
import { chosenEnvironments, type ChosenEnvironment } from './chosen-environments.ts';
import { acceptByComments } from './accept-by-comments.ts';
import { checkBaselineOptions, withBaseline, type BaselineOptions } from './baseline.ts';
import { openProject, type Project } from './project.ts';
import { renderMany } from './render-many.ts';
import type { EnvironmentOptions, Rendered } from './show.ts';

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

/** What another command does with the environments that are validated. */
export interface ValidateSteps {
  /** The environments, in place of those of the options. */
  readonly chosen?: readonly ChosenEnvironment[];
  /** They are all of the project. @default as the options say */
  readonly isAll?: boolean;
  /** Renders without validating; what keeps tk from rendering is found nevertheless. @default false */
  readonly skipChecks?: boolean;
  /**
   * What is known of an environment, so that it need not be rendered.
   *
   * @returns undefined when it has to be.
   */
  readonly reuse?: (environment: ChosenEnvironment) => Promise<EnvironmentResult | undefined>;
  /** Told what was rendered, before comments and the baseline accept findings. What it throws stops all. */
  readonly onRendered?: (
    environment: ChosenEnvironment,
    rendering: EnvironmentRendering,
  ) => Promise<void>;
}

/** What one environment rendered, and what was found in it. */
export interface EnvironmentRendering {
  /** tk's own bytes; empty when findings say why. */
  readonly yaml: Buffer;
  readonly manifests: readonly Manifest[];
  readonly result: EnvironmentResult;
  readonly place: EnvironmentPlace;
  /** What the manifests were held to. */
  readonly upstream: Upstream;
}

/** tk printed nothing, and findings say why. */
export function isBroken({ yaml, result }: EnvironmentRendering): boolean {
  return yaml.length === 0 && result.findings.some(({ severity }) => severity === 'error');
}

/** The same for an open project. */
export async function validateProject(
  project: Project,
  options: ValidateOptions,
  steps?: ValidateSteps,
): Promise<ValidateResult> {
  const { root } = project;
  checkBaselineOptions(options);
  const upstream = await openChecks(project, options);
  const chosen = steps?.chosen ?? (await chosenEnvironments(project, options));
  const outcomes = await outcomesOf(chosen, { project, upstream, options }, steps);
  const failures = outcomes.filter(isFailure);
  const [only] = failures;
  if (only !== undefined && chosen.length === 1) throw only.failure;
  const results = outcomes.filter(isResult);
  const isAll = steps?.isAll ?? (options.environments ?? []).length === 0;
  const isWhole = !hasTargets(options.args) && failures.length === 0;
  const judged = await acceptByComments(results, { root, isAll, isWhole });
  const { environments, gone } = await withBaseline(judged, {
    ...options,
    cwd: options.cwd ?? process.cwd(),
    isPartial: !isAll || !isWhole || results.some(isEmptyForReason),
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
function isEmptyForReason({ manifests, findings }: EnvironmentResult): boolean {
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

interface Validation {
  readonly project: Project;
  readonly upstream: Upstream;
  readonly options: ValidateOptions;
}

/** An environment, and what renders it. */
interface Unrendered {
  readonly environment: ChosenEnvironment;
  readonly render: () => Promise<Rendered>;
}

/** First what need not be rendered, then what is left, together. In the order of the environments. */
async function outcomesOf(
  chosen: readonly ChosenEnvironment[],
  validation: Validation,
  steps: ValidateSteps | undefined,
): Promise<Outcome[]> {
  const { project, options } = validation;
  let done = 0;
  const outcomes = new Map<ChosenEnvironment, Outcome>();
  const add = (environment: ChosenEnvironment, outcome: Outcome): void => {
    outcomes.set(environment, outcome);
    options.onEnvironment?.((done += 1), chosen.length);
  };
  for (const environment of chosen) {
    const known = await steps?.reuse?.(environment);
    if (known !== undefined) add(environment, known);
  }
  const unknown = chosen.filter((environment) => !outcomes.has(environment));
  await renderMany(project, unknown, options, async (environment, render) => {
    add(environment, await outcomeOf({ environment, render }, validation, steps));
  });
  return chosen.flatMap((environment) => outcomes.get(environment) ?? []);
}

async function outcomeOf(
  unrendered: Unrendered,
  validation: Validation,
  steps: ValidateSteps | undefined,
): Promise<Outcome> {
  const outcome = await tryEnvironment(unrendered, validation, steps?.skipChecks ?? false);
  if ('failure' in outcome) return outcome;
  await steps?.onRendered?.(unrendered.environment, outcome);
  return outcome.result;
}

/** One environment that tk cannot render must not hide what is found in the others. */
async function tryEnvironment(
  unrendered: Unrendered,
  validation: Validation,
  skipChecks: boolean,
): Promise<EnvironmentRendering | EnvironmentFailure> {
  try {
    return await validateEnvironment(unrendered, validation, skipChecks);
  } catch (failure) {
    if (failure instanceof Failure && failure.kind !== 'interrupted')
      return { ...unrendered.environment, failure };
    throw failure;
  }
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

async function validateEnvironment(
  { environment: chosen, render }: Unrendered,
  { project, upstream, options: given }: Validation,
  skipChecks: boolean,
): Promise<EnvironmentRendering> {
  const { name } = chosen;
  const options = name === undefined ? given : { ...given, args: { ...given.args, name } };
  const rendered = await render();
  const { manifests, ...checked } = skipChecks
    ? withoutChecks(rendered)
    : await checkRendering(rendered, project, {
        upstream,
        ...(options.args === undefined ? {} : { args: options.args }),
      });
  const result = {
    ...checked,
    path: rendered.place.environment,
    ...(name === undefined ? {} : { name }),
    manifests: manifests.length,
    findings: await placeFindings({ ...checked, manifests }, project, rendered.place, options),
  };
  return { yaml: rendered.yaml, manifests, result, place: rendered.place, upstream };
}

function withoutChecks({ place, yaml, findings }: Rendered): Checked {
  return {
    manifests: parseManifests(yaml.toString('utf8')),
    findings: findings.map((finding) => ({ ...finding, environment: place.environment })),
    accepted: [],
    unknownKinds: [],
    uncheckedRules: [],
  };
}
