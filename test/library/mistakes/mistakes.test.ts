import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ensureTool } from '../../../lib/tools/ensure-tool.ts';
import { edit, type Edited } from '../../mistakes/edit.ts';
import { CORPUS, MISTAKES, type CorpusMistake } from './corpus.ts';
import { report } from './report.ts';
import {
  evaluateAll,
  lintAll,
  makeK8sLibsonnetProject,
  makeTankardProject,
  validateAll,
  type CorpusProject,
  type Linted,
  type LintMessage,
  type Told,
} from './run-corpus.ts';
import type { Variant } from './variant.ts';

type Case = Variant | CorpusMistake;

const EDITED = new Map(MISTAKES.map((each) => [each, edit(each.variant, each.mistake)]));
const CASES: readonly Case[] = [...CORPUS, ...MISTAKES];
const COMPARED = CASES.filter((one) => variantOf(one).inK8sLibsonnet);

interface Results {
  readonly told: ReadonlyMap<Case, readonly Told[]>;
  readonly lint: ReadonlyMap<Case, readonly LintMessage[]>;
}

let ours: Results = { told: new Map(), lint: new Map() };
let baseline: Results | undefined;

beforeAll(async () => {
  const { path: tk } = await ensureTool('tk');
  ours = await run(await makeTankardProject(), CASES, { tk, tell: validateAll });
  const project = await makeK8sLibsonnetProject();
  if ('missing' in project) console.log(`not compared with k8s-libsonnet: ${project.missing}`);
  else baseline = await run(project, COMPARED, { tk, tell: evaluateAll });
});

afterAll(() => {
  console.log(
    report(
      MISTAKES.map((each) => ({
        ...each,
        evaluation: each.mistake.evaluation !== undefined && isTold(each, ours),
        validation: each.mistake.validation !== undefined && isTold(each, ours),
        lint: isLinted(each, ours),
        baseline: COMPARED.includes(each) && baseline ? foundBy(each, baseline) : undefined,
      })),
    ),
  );
});

interface Run {
  readonly tk: string;
  readonly tell: typeof validateAll | typeof evaluateAll;
}

async function run(
  project: CorpusProject,
  cases: readonly Case[],
  { tk, tell }: Run,
): Promise<Results> {
  try {
    const told = await tell(project, cases.map(filesOf), tk);
    const lint = await lintAll(project, tk, cases.map(linted));
    return {
      told: new Map(cases.map((one, index) => [one, told[index] ?? []])),
      lint: new Map(cases.map((one, index) => [one, lint[index] ?? []])),
    };
  } finally {
    await project.remove();
  }
}

function variantOf(one: Case): Variant {
  return 'variant' in one ? one.variant : one;
}

function editedOf(one: CorpusMistake): Edited {
  return EDITED.get(one) ?? { files: {}, place: { file: '', line: 0 } };
}

function filesOf(one: Case): Edited['files'] {
  return 'variant' in one ? editedOf(one).files : one.files;
}

/** The file of a program that was edited, for the linter, and what it imports. */
function linted(one: Case): Linted {
  const { files } = variantOf(one);
  const own = filesOf(one);
  const changed = Object.keys(files).find((name) => files[name] !== own[name]) ?? 'main.jsonnet';
  const others = Object.entries(files).filter(([name]) => name !== 'main.jsonnet');
  return { text: own[changed] ?? '', others: Object.fromEntries(others) };
}

function placeOf(each: CorpusMistake): string {
  const { file, line } = editedOf(each).place;
  return `${file}:${line}`;
}

function isTold(each: CorpusMistake, results: Results): boolean {
  return results.told.get(each)?.some(({ place }) => place === placeOf(each)) ?? false;
}

function lintOf(each: CorpusMistake, results: Results): string | undefined {
  const { line } = editedOf(each).place;
  return results.lint.get(each)?.find((one) => one.line === line)?.message;
}

function isLinted(each: CorpusMistake, results: Results): boolean {
  return lintOf(each, results) !== undefined;
}

function foundBy(each: CorpusMistake, results: Results): { evaluation: boolean; lint: boolean } {
  return { evaluation: isTold(each, results), lint: isLinted(each, results) };
}

function titled(some: readonly CorpusMistake[]): [string, CorpusMistake][] {
  return some.map((each) => [each.title, each]);
}

const PROGRAMS = CORPUS.map((variant): [string, Variant] => [variant.name, variant]);

describe('the correct programs', () => {
  it.each(PROGRAMS)('have no finding: %s', (_, variant) => {
    expect(ours.told.get(variant)).toEqual([]);
  });

  it.each(PROGRAMS)('are clean for the linter: %s', (_, variant) => {
    expect(ours.lint.get(variant)).toEqual([]);
  });

  it('run on k8s-libsonnet too, where they can', ({ skip }) => {
    if (baseline === undefined) return skip('k8s-libsonnet is not there');
    const told = COMPARED.filter((one) => !('variant' in one)).map((one) =>
      baseline?.told.get(one),
    );
    expect(told.flat()).toEqual([]);
  });
});

const STOPPED = MISTAKES.filter(({ mistake }) => mistake.evaluation !== undefined);
const RENDERED = MISTAKES.filter(({ mistake }) => mistake.validation !== undefined);
const NEAR = RENDERED.filter(({ mistake }) => mistake.near !== undefined);
const AT_ITS_LINE = RENDERED.filter((each) => !NEAR.includes(each));
const OPEN = MISTAKES.filter(({ mistake }) => mistake.open !== undefined);

/** What the library's own checks say starts with the function: `deployment.new: name must be ...`. */
const OF_LIBRARY = /^[\w.]+: /;

describe('one edit stops the evaluation, at its line', () => {
  it.each(titled(STOPPED))('%s', (_, each) => {
    const message = each.mistake.evaluation ?? '';
    const code =
      OF_LIBRARY.test(message) && !isName(each) ? 'jsonnet/assert' : 'jsonnet/evaluation';
    expect(ours.told.get(each)).toEqual([
      { code, message, place: placeOf(each), certainty: 'exact' },
    ]);
  });
});

function isName({ mistake }: CorpusMistake): boolean {
  return /^(?:Field does not exist|Missing argument): /.test(mistake.evaluation ?? '');
}

describe('one edit is found in what is rendered, at its line', () => {
  it.each(titled(AT_ITS_LINE))('%s', (_, each) => {
    const { validation, consequence } = each.mistake;
    expect(ours.told.get(each)).toMatchObject([
      { message: validation, place: placeOf(each), certainty: 'exact' },
      ...(consequence === undefined ? [] : [{ message: consequence }]),
    ]);
  });
});

describe('one edit is found in what is rendered, at another line', () => {
  it.each(titled(NEAR))('%s', (_, each) => {
    const told = ours.told.get(each);
    expect(told).toMatchObject([{ message: each.mistake.validation }]);
    expect(told?.[0]?.place, 'the line is right now: take near away').not.toBe(placeOf(each));
  });
});

describe('the linter sees it, or does not', () => {
  it.each(titled(MISTAKES))('%s', (_, each) => {
    expect(lintOf(each, ours)).toBe(each.mistake.lint);
  });
});

describe('what nothing finds', () => {
  it.each(titled(OPEN))('%s', (_, each) => {
    expect(ours.told.get(each), 'found now: write what says so instead of open').toEqual([]);
  });
});

describe('the corpus', () => {
  it('has at least 60 mistakes, in at least 15 kinds of object', () => {
    const text = CORPUS.map(({ files }) => Object.values(files).join('\n')).join('\n');
    const objects = new Set(text.match(/\b(?:k|istio|certManager)\.\w+\.v\d\.\w+/g));
    expect(MISTAKES.length).toBeGreaterThanOrEqual(60);
    expect(objects.size).toBeGreaterThanOrEqual(15);
  });

  it('has no mistake twice', () => {
    const titles = MISTAKES.map(({ title }) => title);
    expect(titles.filter((title, index) => titles.indexOf(title) !== index)).toEqual([]);
  });
});
