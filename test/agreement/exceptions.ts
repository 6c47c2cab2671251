import { readFileSync } from 'node:fs';
import path from 'node:path';
import { ANY_TEXT } from './defects.ts';
import type { JudgedCase } from './cases.ts';
import type { Verdict } from './judge.ts';

/** Who judges. The generator takes for valid what it made without a defect, and nothing else. */
export type JudgeName = 'generator' | 'validator' | 'kubeconform' | 'library' | 'setter';

/** A disagreement that is meant to be. */
export interface Exception {
  readonly between: readonly [JudgeName, JudgeName];
  /** The one of them that refuses what the other takes. */
  readonly refuses: JudgeName;
  /** Regular expression on `group/version/Kind`. */
  readonly kinds: string;
  /** The sort of the defect; `none` for instances without one. */
  readonly defect: string;
  /** Regular expression on the path of the defect, its steps joined with dots. Absent: any. */
  readonly path?: string;
  readonly reason: string;
}

/** Two judges that differ about a case. */
export interface Disagreement {
  readonly between: readonly [JudgeName, JudgeName];
  readonly refuses: JudgeName;
  readonly judged: JudgedCase;
  /** What the one that refuses says; empty for the generator. */
  readonly says: string;
}

/** The committed list. */
export function readExceptions(): Exception[] {
  const file = path.join(import.meta.dirname, 'exceptions.json');
  return JSON.parse(readFileSync(file, 'utf8')) as Exception[];
}

/** What the generator says of a case; undefined when it does not know. */
export function differsFromGenerator(judged: JudgedCase): Disagreement[] {
  const { defect, ajv } = judged;
  if (defect?.sort === ANY_TEXT) return [];
  return compare(judged, ['generator', defect === undefined ? undefined : ''], ['validator', ajv]);
}

/** Where a judge differs from the validator. */
export function differsFromValidator(
  judged: JudgedCase,
  name: JudgeName,
  verdict: Verdict,
): Disagreement[] {
  return compare(judged, ['validator', judged.ajv], [name, verdict]);
}

function compare(
  judged: JudgedCase,
  left: readonly [JudgeName, Verdict],
  right: readonly [JudgeName, Verdict],
): Disagreement[] {
  if ((left[1] === undefined) === (right[1] === undefined)) return [];
  const [refuses, says = ''] = left[1] === undefined ? right : left;
  return [{ between: [left[0], right[0]], refuses, judged, says }];
}

/** Whether an exception covers a disagreement. */
export function covers(exception: Exception, { between, refuses, judged }: Disagreement): boolean {
  const { kind, defect } = judged;
  return (
    exception.between.join() === between.join() &&
    exception.refuses === refuses &&
    exception.defect === (defect?.sort ?? 'none') &&
    new RegExp(exception.kinds).test(kind.name) &&
    new RegExp(exception.path ?? '').test(defect?.path.join('.') ?? '')
  );
}

/** A disagreement in words. */
export function describeDisagreement({ refuses, between, judged, says }: Disagreement): string {
  const { kind, defect, value } = judged;
  const other = between.find((name) => name !== refuses);
  const what = defect === undefined ? 'no defect' : `${defect.sort} at ${defect.path.join('.')}`;
  return `${kind.name}, ${what}: refused by ${refuses}${says && ` (${says})`}, taken by ${other}\n  ${JSON.stringify(value)}`;
}
