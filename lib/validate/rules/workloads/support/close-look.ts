import type { RuleFinding } from '../../rule.ts';

/**
 * What a rule has to look at closely. A close look costs many times what a glance does, and nearly all that is rendered is right.
 */
export interface Scope<Subject> {
  /** Only what has one of these members. */
  readonly about?: readonly string[];
  /** A glance: false for what is right for sure. */
  readonly mayBeWrong?: (subject: Subject) => boolean;
  /**
   * All that the rule looks at. Where nothing was wrong with it, the same is not looked at again: Pods have many parts in
   * common, such as ports, probes and resources.
   */
  readonly reads?: (subject: Subject) => unknown;
}

const MOST_REMEMBERED = 1000;
/** Longer parts are rarely the same. */
const LONGEST_REMEMBERED = 4000;

/**
 * A check that is made only of what it has to be made of.
 *
 * @returns a function that adds what `check` finds to a list.
 */
export function closeLook<Subject extends { readonly fields: Readonly<Record<string, unknown>> }>(
  { about, mayBeWrong, reads }: Scope<Subject>,
  check: (subject: Subject) => Iterable<RuleFinding>,
): (subject: Subject, found: RuleFinding[]) => void {
  const right = new Set<string>();
  return (subject, found) => {
    if (about !== undefined && !hasAny(subject.fields, about)) return;
    if (mayBeWrong !== undefined && !mayBeWrong(subject)) return;
    const read = reads === undefined ? undefined : JSON.stringify(reads(subject));
    if (read !== undefined && right.has(read)) return;
    const before = found.length;
    for (const finding of check(subject)) found.push(finding);
    const isKept = found.length === before && right.size < MOST_REMEMBERED;
    if (read !== undefined && isKept && read.length <= LONGEST_REMEMBERED) right.add(read);
  };
}

function hasAny(fields: Readonly<Record<string, unknown>>, about: readonly string[]): boolean {
  for (const field of about) if (fields[field] !== undefined) return true;
  return false;
}
