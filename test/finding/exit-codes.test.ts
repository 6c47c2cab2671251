import { describe, expect, it } from 'vitest';
import { combineExitCodes, Failure, type FailureKind } from '../../lib/finding/failure.ts';

describe('combineExitCodes', () => {
  it.each([
    [[], 0],
    [[0], 0],
    [[16, 1], 1],
    [[1, 2], 2],
    [[2, 3], 3],
    [[3, 4], 4],
    [[4, 70], 70],
    [[70, 130], 130],
    [[0, 16, 1, 2, 3, 4, 70, 130], 130],
    // A code that nobody defined is a defect.
    [[99], 70],
  ])('of %j is %d', (codes, wanted) => {
    expect(combineExitCodes(codes)).toBe(wanted);
    expect(combineExitCodes(codes.toReversed())).toBe(wanted);
  });
});

it.each<[FailureKind, number]>([
  ['usage', 2],
  ['tool', 3],
  ['cluster', 4],
  ['stale', 16],
  ['interrupted', 130],
])('a failure of kind %s ends with %d', (kind, exitCode) => {
  const cause = new Error('below');
  const failure = new Failure(kind, 'what was tried', { hint: 'what to do', cause });
  expect(failure).toMatchObject({ exitCode, message: 'what was tried', hint: 'what to do', cause });
});
