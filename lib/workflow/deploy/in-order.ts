import type { Deployment } from './deployment.ts';

/** How environments are gone through. */
export interface OrderOptions<Outcome> {
  readonly signal?: AbortSignal;
  /** Goes on with the next environment after one that failed or was declined. @default false */
  readonly keepGoing?: boolean;
  /** Told of each environment when it is done. */
  readonly onOutcome?: (outcome: Outcome) => void;
}

/**
 * Does something with environments, one after the other, until one of them is not done or the signal is aborted.
 *
 * @param steps.skip gives the outcome of one that is not started.
 * @param steps.isDone whether to go on after it.
 * @returns an outcome for each, in their order.
 */
export async function inOrder<Outcome>(
  deployments: readonly Deployment[],
  { signal, keepGoing = false, onOutcome }: OrderOptions<Outcome>,
  steps: {
    readonly run: (deployment: Deployment) => Promise<Outcome>;
    readonly skip: (deployment: Deployment) => Outcome;
    readonly isDone: (outcome: Outcome) => boolean;
  },
): Promise<Outcome[]> {
  const outcomes: Outcome[] = [];
  let isEnded = false;
  for (const deployment of deployments) {
    const isSkipped: boolean = isEnded || signal?.aborted === true;
    const outcome: Outcome = isSkipped ? steps.skip(deployment) : await steps.run(deployment);
    outcomes.push(outcome);
    onOutcome?.(outcome);
    isEnded ||= !keepGoing && !steps.isDone(outcome);
  }
  return outcomes;
}
