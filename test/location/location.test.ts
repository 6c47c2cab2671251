import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { acceptedPlaces } from './accepted-places.ts';
import { CASES, PROGRAMS } from './corpus.ts';
import { isRight, report, type Outcome } from './report.ts';
import { locateAll } from './run-corpus.ts';

/** The share of mistakes that have to be located at the right line. */
const GOAL = 0.95;

let outcomes: readonly Outcome[] = [];
let unseen: readonly string[] = [];

beforeAll(async () => {
  const told = await locateAll(PROGRAMS, CASES);
  outcomes = CASES.flatMap((one, index) => {
    const found = told[index];
    return found === undefined
      ? []
      : [{ ...one, told: found, accepted: acceptedPlaces(one, found) }];
  });
  unseen = CASES.filter((one, index) => told[index] === undefined && one.random === undefined).map(
    ({ title }) => title,
  );
});

afterAll(() => {
  console.log(report(outcomes));
});

describe('where mistakes are located', () => {
  it(`is the right line for at least ${GOAL * 100} %`, () => {
    expect(outcomes.filter(isRight).length / outcomes.length).toBeGreaterThanOrEqual(GOAL);
  });

  it(`is the right line for at least ${GOAL * 100} % of those written by hand`, () => {
    const written = outcomes.filter(({ random }) => random === undefined);
    expect(written.filter(isRight).length / written.length).toBeGreaterThanOrEqual(GOAL);
  });

  it('is no wrong file without saying near', () => {
    const wrong = outcomes.filter(
      ({ told, accepted }) =>
        told.certainty === 'exact' &&
        !accepted.places.some((place) => fileOf(place) === fileOf(told.places[0])),
    );
    expect(wrong.map(({ title, told }) => `${title}: ${told.places[0]}`)).toEqual([]);
  });
});

function fileOf(place = ''): string {
  return place.replace(/:\d+$/, '');
}

describe('the corpus', () => {
  it('has at least 150 mistakes, 25 of them missing fields, and no written one that nothing shows', () => {
    expect(outcomes.length).toBeGreaterThanOrEqual(150);
    const missing = outcomes.filter(({ told }) => told.fault === 'missing');
    expect(missing.length).toBeGreaterThanOrEqual(25);
    expect(unseen).toEqual([]);
  });

  it('gives a reason where several lines are right', () => {
    const written = CASES.filter(({ places }) => places.length > 1);
    expect(written.filter(({ why }) => why === undefined).map(({ title }) => title)).toEqual([]);
  });

  it('has no mistake twice', () => {
    const titles = CASES.filter(({ random }) => random === undefined).map(
      ({ title, sees = '' }) => `${title} ${sees}`,
    );
    expect(titles.filter((title, index) => titles.indexOf(title) !== index)).toEqual([]);
  });
});
