import { describe, expect, it } from 'vitest';
import type { LiveObject } from '../../lib/rollout/live-object.ts';
import { readiness } from '../../lib/rollout/readiness.ts';

/** An object and how it is judged, as `state: message`. */
export type Case = readonly [name: string, object: LiveObject, verdict: string];

/** Judges objects of a kind. */
export function holds(kind: string, cases: readonly Case[]): void {
  describe(kind, () => {
    it.each(cases)('%s', (_name, object, verdict) => {
      const { state, message } = readiness(object);
      expect(`${state}: ${message}`).toBe(verdict);
    });
  });
}

/** Of an object without a status. */
export const NOT_REPORTED = 'progressing: its controller has not reported anything yet';
/** Of an object that was changed since. */
export const NOT_SEEN = 'progressing: its controller has not seen the change yet';
