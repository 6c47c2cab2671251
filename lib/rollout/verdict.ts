import { type Condition, conditionsOf, type LiveObject, numberOf } from './live-object.ts';
import type { RolloutState } from './rollout-status.ts';

/** How far the cluster is with an object, and why it is said to be so far. */
export interface Readiness {
  readonly state: RolloutState;
  /** One line; texts of controllers are in it as they are. */
  readonly message: string;
  /** Whether it may be that nobody will ever report on the object: its kind has no rule, and nothing is reported so far. */
  readonly isSilent?: boolean;
}

/** Judges the objects of one kind, which its controller has seen as they are now when it says what it has seen. */
export type Rule = (
  object: LiveObject,
  surroundings: { readonly bindsOnFirstUse?: boolean },
) => Readiness;

/** Of an object without a status. */
export const UNREPORTED = 'its controller has not reported anything yet';

/** Of an object that has changed since its controller looked at it. */
export const UNSEEN = 'its controller has not seen the change yet';

/**
 * The condition of a type that is about the object as it is now, or the verdict that there is none yet.
 *
 * @param status of the object, or a part of it that has conditions.
 */
export function currentCondition(
  object: LiveObject,
  type: string,
  status: unknown = object['status'],
): Condition | Readiness {
  const generation = numberOf(object, ['metadata', 'generation']);
  const condition = conditionsOf(status).find((each) => each.type === type);
  if (condition === undefined) return progressing(UNREPORTED);
  return (condition.observedGeneration ?? generation) < generation
    ? progressing(UNSEEN)
    : condition;
}

/** The cluster did what the object asks for. */
export function ready(message: string): Readiness {
  return oneLine('ready', message);
}

/** Not yet. */
export function progressing(message: string): Readiness {
  return oneLine('progressing', message);
}

/** It will not come up by itself. */
export function failed(message: string): Readiness {
  return oneLine('failed', message);
}

function oneLine(state: RolloutState, message: string): Readiness {
  return { state, message: message.trim().replaceAll(/\s+/g, ' ') };
}
