import type { Edit } from '../mistakes/edit.ts';

/** One edit that makes a program wrong. The right line is the first that the edit changes, unless `at` names it. */
export interface Mistake extends Edit {
  /** The end of the path that is looked at, with dots, where the edit changes several and one is meant. */
  readonly sees?: string;
  /** Text of other lines that are right too. */
  readonly also?: readonly string[];
  /** Why more than one line is right; given with `also`. */
  readonly why?: string;
}

/** An environment in which nothing is wrong, and the edits that break it, each alone. */
export interface Program {
  readonly name: string;
  /** Its files by path within the environment's folder; main.jsonnet is one, `vendor/` holds library code. */
  readonly files: Readonly<Record<string, string>>;
  /** Top-level arguments, as strings. */
  readonly tla?: Readonly<Record<string, string>>;
  readonly mistakes: readonly Mistake[];
  /** How many mistakes are made at random besides. */
  readonly random?: number;
}

/** A value that several literals make: any of them may be the wrong one. */
export const COMPOSED =
  'the value is put together from several literals, any of which may be wrong';

/** A value that is read through a reference: reference and literal are both legitimate answers. */
export const REFERENCE = 'either the reference or the value that it reads may be wrong';
