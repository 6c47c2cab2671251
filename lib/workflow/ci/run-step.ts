import { Failure } from '../../finding/failure.ts';
import type { Finding } from '../../finding/finding.ts';
import type { CiStep, CiStepName } from './ci-result.ts';

/** How a step ends that could be done. */
export interface StepEnd {
  /** What was checked, or why not; one line. */
  readonly detail: string;
  /** There is nothing to check. @default false */
  readonly isNothing?: boolean;
  readonly findings?: readonly Finding[];
  /** What is stale, or could not be done in part; the detail says it too. */
  readonly failure?: Failure;
}

/**
 * Does one step. What it cannot do is its result: the others are done all the same.
 *
 * @throws Failure `interrupted`; whatever is no Failure.
 */
export async function runStep(name: CiStepName, step: () => Promise<StepEnd>): Promise<CiStep> {
  const start = performance.now();
  const end = await step().catch((error: unknown): StepEnd & { isUndone?: true } => {
    if (!(error instanceof Failure) || error.kind === 'interrupted') throw error;
    return { detail: firstLine(error.message), failure: error, isUndone: true };
  });
  const findings = end.findings ?? [];
  const errors = findings.filter(({ severity }) => severity === 'error').length;
  const { failure } = end;
  return {
    name,
    outcome: outcomeOf(end),
    errors,
    warnings: findings.length - errors,
    detail: end.detail,
    durationMs: performance.now() - start,
    ...(failure === undefined ? {} : { failure }),
  };
}

function outcomeOf({
  isNothing,
  findings = [],
  failure,
  isUndone,
}: StepEnd & { readonly isUndone?: true }): CiStep['outcome'] {
  if (failure !== undefined) return failure.kind === 'stale' && !isUndone ? 'stale' : 'failed';
  if (isNothing === true) return 'nothing';
  return findings.length === 0 ? 'passed' : 'findings';
}

function firstLine(text: string): string {
  return text.split('\n', 1)[0] ?? '';
}
