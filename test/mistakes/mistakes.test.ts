import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { CORPUS, MISTAKES, type CorpusMistake } from './corpus.ts';
import { edit, type Edited } from './edit.ts';
import { report } from './report.ts';
import { validateAll, type Told } from './run-corpus.ts';
import { KINDS, type Variant } from './variant.ts';

const EDITED = new Map<CorpusMistake, Edited>();
const TOLD = new Map<CorpusMistake | Variant, readonly Told[]>();

beforeAll(async () => {
  for (const each of MISTAKES) EDITED.set(each, edit(each.variant, each.mistake));
  const files = [...CORPUS, ...EDITED.values()].map((one) => one.files);
  const told = await validateAll(files);
  for (const [index, one] of [...CORPUS, ...MISTAKES].entries()) TOLD.set(one, told[index] ?? []);
});

afterAll(() => {
  console.log(report(MISTAKES.map((each) => ({ ...each, asExpected: isAsExpected(each) }))));
});

/** The findings that are expected, as `CODE at FILE:LINE`, a consequence as its code; of an open mistake, none. */
function wanted(each: CorpusMistake): string[] {
  const place = EDITED.get(each)?.place;
  const { finds, consequence } = each.mistake;
  if (finds === undefined) return [];
  const finding = `${finds} at ${place?.file}:${place?.line}`;
  return consequence === undefined ? [finding] : [finding, consequence].toSorted();
}

function found(each: CorpusMistake | Variant): string[] {
  const consequence = 'mistake' in each ? each.mistake.consequence : undefined;
  return (TOLD.get(each) ?? [])
    .map(({ code, place }) => (code === consequence ? code : `${code} at ${place}`))
    .toSorted();
}

function isAsExpected(each: CorpusMistake): boolean {
  return TOLD.has(each) && String(found(each)) === String(wanted(each));
}

function messages(each: CorpusMistake | Variant): string {
  return (TOLD.get(each) ?? []).map(({ message }) => message).join('\n');
}

function titled(some: readonly CorpusMistake[]): [string, CorpusMistake][] {
  return some.map((each) => [each.title, each]);
}

describe('the correct environments have no finding', () => {
  it.each(CORPUS.map((variant): [string, Variant] => [variant.name, variant]))(
    '%s',
    (_, variant) => {
      expect(found(variant), messages(variant)).toEqual([]);
    },
  );
});

const OPEN = MISTAKES.filter(({ mistake }) => mistake.open !== undefined);
const NEAR = MISTAKES.filter(({ mistake }) => mistake.near !== undefined);
const FOUND = MISTAKES.filter((each) => !OPEN.includes(each) && !NEAR.includes(each));

describe('one edit gives the one finding, at its line', () => {
  it.each(titled(FOUND))('%s', (_, each) => {
    expect(found(each), messages(each)).toEqual(wanted(each));
  });
});

describe('one edit gives the one finding, at another line', () => {
  it.each(titled(NEAR))('%s', (_, each) => {
    expect(TOLD.get(each)?.map(({ code }) => code)).toEqual([each.mistake.finds]);
    expect(found(each), 'the line is right now: take near away').not.toEqual(wanted(each));
  });
});

describe('what later rules will find is not found yet', () => {
  it.each(titled(OPEN))('%s', (_, each) => {
    const why = `found now, write finds instead of open: ${messages(each)}`;
    expect(found(each), why).toEqual([]);
  });
});

describe('the corpus', () => {
  it('has at least 150 mistakes, of at least eight kinds, none over a quarter', () => {
    const counts = KINDS.map((kind) => MISTAKES.filter((each) => each.kind === kind).length);
    expect(MISTAKES.length).toBeGreaterThanOrEqual(150);
    expect(counts.filter((count) => count > 0).length).toBeGreaterThanOrEqual(8);
    expect(Math.max(...counts)).toBeLessThanOrEqual(MISTAKES.length / 4);
  });

  it('has no mistake twice', () => {
    const titles = MISTAKES.map(({ title }) => title);
    expect(titles.filter((title, index) => titles.indexOf(title) !== index)).toEqual([]);
  });
});
