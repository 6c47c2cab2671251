import { applyEnvironment } from '../tanka/apply.ts';
import { environmentArgument, openProject, running } from './project.ts';
import { validateProject, type ValidateOptions, type ValidateResult } from './validate.ts';

/** Which environment is applied, and how tk asks. */
export interface ApplyOptions extends Omit<ValidateOptions, 'environments'> {
  readonly environment: string;
  /** tk's own `--auto-approve`. */
  readonly autoApprove?: 'always' | 'never' | 'if-no-changes';
  /** tk's own `--dry-run`; tk's `none`, which applies without a question, is left out on purpose. */
  readonly dryRun?: 'server' | 'client';
  /** Sends what tk prints to stderr, so that stdout holds a report alone. @default false */
  readonly outputToStderr?: boolean;
  /** Told what was found before tk is started. */
  readonly onValidated?: (result: ValidateResult) => void;
}

/** What applying did. */
export interface ApplyResult extends ValidateResult {
  /** Errors were found, so tk was not started. */
  readonly stopped: boolean;
}

/**
 * Validates an environment and, when there is no error, runs `tk apply`, whose own questions reach the user.
 *
 * @throws Failure `cluster` when tk ends with an error, or the user does not confirm; else as `validate`.
 */
export async function apply(options: ApplyOptions): Promise<ApplyResult> {
  const { environment, autoApprove, dryRun, outputToStderr, onValidated, ...rest } = options;
  const project = await openProject(options, environment);
  const result = await validateProject(project, { ...rest, environments: [environment] });
  onValidated?.(result);
  const findings = result.environments.flatMap((one) => one.findings);
  const stopped = findings.some((finding) => finding.severity === 'error');
  if (stopped) return { ...result, stopped };
  await applyEnvironment({
    tk: project.tk,
    root: project.root,
    // The argument and not the folder that it stands for: another entrypoint may lie beside main.jsonnet.
    environment: environmentArgument(project, options.cwd ?? process.cwd(), environment),
    ...(options.args === undefined ? {} : { args: options.args }),
    ...(autoApprove === undefined ? {} : { autoApprove }),
    ...(dryRun === undefined ? {} : { dryRun }),
    ...(outputToStderr === undefined ? {} : { outputToStderr }),
    ...running(options),
  });
  return { ...result, stopped };
}
