import type { FindingCode } from '../../lib/finding/codes.ts';
import type { Edit } from './edit.ts';

/** What people get wrong. */
export const KINDS = [
  'misspelt field',
  'misspelt annotation or label key',
  'misspelt function',
  'wrong type',
  'wrong enum',
  'malformed ARN, GSA or UUID',
  'malformed value',
  'out of range',
  'right thing in the wrong place',
  'one half missing',
  'missing field',
  'glob for a pattern',
  'boolean for "true"',
  'wrong namespace',
  'wrong apiVersion or kind',
  'said twice',
] as const;

export type Kind = (typeof KINDS)[number];

/** A mistake that Tankard finds. */
export interface FoundMistake extends Edit {
  /** The code of its one finding. */
  readonly finds: FindingCode;
  /** The code of a second finding, at whatever line, that says the same once more. */
  readonly consequence?: FindingCode;
  /** Set where another line is named than the one that is wrong: why. */
  readonly near?: string;
  readonly open?: never;
}

/** A mistake that no rule of today finds. */
export interface OpenMistake extends Edit {
  /** What has to be known to find it. */
  readonly open: string;
  readonly finds?: never;
  readonly near?: never;
  readonly consequence?: never;
}

export type Mistake = FoundMistake | OpenMistake;

/** An environment in which nothing is wrong, and the edits that break it, each alone. */
export interface Variant {
  readonly name: string;
  /** Its files by path; main.jsonnet is one. */
  readonly files: Readonly<Record<string, string>>;
  readonly mistakes: { readonly [kind in Kind]?: readonly Mistake[] };
}
