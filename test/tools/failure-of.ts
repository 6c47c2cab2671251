import { expect } from 'vitest';
import { Failure } from '../../lib/finding/failure.ts';

/** The Failure that something ends with; a test fails when it ends well or otherwise. */
export async function failureOf(work: Promise<unknown>): Promise<Failure> {
  return work.then(
    () => expect.unreachable('it succeeded'),
    (error: unknown) => {
      expect(error).toBeInstanceOf(Failure);
      return error as Failure;
    },
  );
}
