import type { Command } from './cpu.ts';

/** A ratio that is measured, and what it may be. */
export interface Goal {
  readonly name: string;
  readonly measured: Command;
  /** What it is compared with: the sum of these. */
  readonly against: readonly Command[];
  readonly alternative: string;
  readonly atMost: number;
  /** Runs before each round, outside what is measured. */
  readonly before?: () => void;
}
