import path from 'node:path';
import { count, summarize } from '../../finding/report/text.ts';
import { Failure } from '../../finding/failure.ts';
import { exportEnvironments, type ExportResult } from '../export/export.ts';
import { configuredExport } from '../export/configured-export.ts';
import type { Project } from '../project.ts';
import type { ValidateOptions, ValidateResult } from '../validate.ts';
import type { StepEnd } from './run-step.ts';

/** What the export of a project is held to. */
export interface ExportStepOptions extends Omit<
  ValidateOptions,
  'environments' | 'updateBaseline'
> {
  /** The folder of the export, relative to `cwd`; wins over `export.output` of tankard.yaml. */
  readonly export?: string;
}

/** How the step ended, and what kept it from comparing. */
export interface ExportStep {
  readonly end: StepEnd;
  /** Those with errors, and what could not be rendered or must not be exported. */
  readonly stopped?: Pick<ValidateResult, 'environments' | 'failures'>;
}

/**
 * Compares the export in the repository with what an export would write now, with the settings of tankard.yaml. All environments
 * are compared, also when a range changed only some: what is known of the unchanged ones is not rendered again.
 *
 * @throws Failure as `exportEnvironments`.
 */
export async function checkExport(
  { root, config }: Project,
  options: ExportStepOptions,
): Promise<ExportStep> {
  const { export: given, onEnvironment: _, ...rest } = options;
  const configured = configuredExport(root, config.export);
  if (given === undefined && configured.out === undefined)
    return { end: { isNothing: true, detail: 'tankard.yaml has no export.output' } };
  const place = given === undefined ? configured.out : path.resolve(rest.cwd ?? '.', given);
  const result = await exportEnvironments({
    cwd: root,
    ...rest,
    ...configured,
    out: place ?? root,
    check: true,
  });
  return result.stopped ? stoppedBy(result) : { end: compared(root, result) };
}

function compared(root: string, { out, exported, changes }: ExportResult): StepEnd {
  const place = path.relative(root, out) || '.';
  const [first] = changes;
  if (first === undefined)
    return { detail: `${count(exported.length, 'environment')} in ${place}` };
  const message = `${count(changes.length, 'file')} of ${place} would change, such as ${first.path}`;
  const hint = 'Run `tankard export`, and commit what it writes.';
  return { detail: message, failure: new Failure('stale', message, { hint }) };
}

function stoppedBy({ environments, failures }: ExportResult): ExportStep {
  const wrong = environments.filter((one) => summarize([one]).errors > 0);
  const [failed] = failures;
  const stopped = { environments: wrong, failures };
  if (failed !== undefined)
    return {
      stopped,
      end: { detail: `${failed.path}: ${failed.failure.message}`, failure: failed.failure },
    };
  const findings = wrong.flatMap((one) => one.findings);
  const detail = `not compared: ${count(wrong.length, 'environment')} with errors`;
  return { stopped, end: { detail, findings } };
}
