import { NotEvaluated } from './value.ts';

/**
 * How much work all the rules of one object may do, in steps of about 50 nanoseconds. The API server stops at ten million units
 * of about that work (RuntimeCELCostBudget of k8s.io/apiserver/pkg/apis/cel), so that no rule which it accepts and runs to
 * the end comes near. Steps, not time: the same rules give the same answer on a slow machine.
 */
export const MOST_STEPS = 5_000_000;

/** The API server counts a tenth of a unit for each character that a function looks at. */
const CHARACTERS_IN_A_STEP = 10;

/** Counts the work of rules, and stops it. */
export class Budget {
  #left: number;
  readonly #most: number;

  /** @param most steps that may be spent. */
  constructor(most: number = MOST_STEPS) {
    this.#left = most;
    this.#most = most;
  }

  /** @throws NotEvaluated when nothing is left. */
  spend(steps: number): void {
    this.#left -= steps;
    if (this.#left < 0)
      throw new NotEvaluated(`the rules of one object take more than ${this.#most} steps`);
  }

  /** Spends what reading or making so many characters or bytes costs. */
  spendText(length: number): void {
    this.spend(1 + length / CHARACTERS_IN_A_STEP);
  }

  /** Whether there is nothing left. */
  get isSpent(): boolean {
    return this.#left < 0;
  }
}
