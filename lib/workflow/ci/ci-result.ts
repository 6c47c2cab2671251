import type { Failure } from '../../finding/failure.ts';
import type { Finding } from '../../finding/finding.ts';
import type { ReportInput } from '../../finding/report/report-input.ts';
import type { CommitDiff } from './environment-diffs.ts';

/** What is done, in this order. */
export type CiStepName = 'generate' | 'import' | 'format' | 'lint' | 'validate' | 'export';

/** How one step ended. */
export interface CiStep {
  readonly name: CiStepName;
  /**
   * `findings`: at error level or as warnings. `stale`: files in the repository are not what they are made from. `failed`: it could
   * not be done. `nothing`: there is nothing to check.
   */
  readonly outcome: 'passed' | 'findings' | 'stale' | 'failed' | 'nothing';
  readonly errors: number;
  readonly warnings: number;
  /** What was checked, or why not; one line. */
  readonly detail: string;
  readonly durationMs: number;
  /** Of a step that is stale or failed. */
  readonly failure?: Failure;
}

/** What the checks of a project found. */
export interface CiResult extends ReportInput {
  /** All of them, in their order. */
  readonly steps: readonly CiStep[];
  readonly problems: NonNullable<ReportInput['problems']>;
  /** What was found in the text of Jsonnet files, whatever they render. */
  readonly files: readonly Finding[];
  /** Findings in files that a comment accepts. */
  readonly accepted: number;
  /** What the range did to the manifests, sorted by environment; only when it was asked for. */
  readonly diffs?: readonly CommitDiff[];
  /** The commit that they are compared with, whole; with a range. */
  readonly base?: string;
}
