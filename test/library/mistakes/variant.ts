import type { Edit } from '../../mistakes/edit.ts';

/** What people get wrong. */
export const KINDS = [
  'misspelt function',
  'misspelt group, version or kind',
  'misspelt nested group',
  'missing argument',
  'too many arguments',
  'wrong name of an argument',
  'string for a number',
  'number for a string',
  'wrong kind of value',
  'scalar for an object',
  'misspelt enum value',
  'misspelt field of an item',
  'field at the wrong level',
  'missing field of an item',
  'wrong value in a map',
  'wrong quantity',
  'out of range',
  'deep inside an item',
  'wrong argument of a helper',
  'patch on the wrong object',
  'null for a value',
  'same item twice',
] as const;

export type Kind = (typeof KINDS)[number];

interface LintedEdit extends Edit {
  /** What `tk lint` says at that line; absent when it says nothing there. */
  readonly lint?: string;
}

/** A mistake that stops the evaluation, with this message at its line. */
export interface EvaluationMistake extends LintedEdit {
  readonly evaluation: string;
  readonly validation?: never;
  readonly consequence?: never;
  readonly near?: never;
  readonly open?: never;
}

/** A mistake that evaluates, and is found in what is rendered. */
export interface ValidationMistake extends LintedEdit {
  readonly validation: string;
  /** The message of a second finding, at whatever line, that the same edit brings. */
  readonly consequence?: string;
  /** Set where another line is named than the one that is wrong: why. */
  readonly near?: string;
  readonly evaluation?: never;
  readonly open?: never;
}

/** A mistake that nothing finds today. */
export interface OpenMistake extends LintedEdit {
  /** What has to be known to find it. */
  readonly open: string;
  readonly evaluation?: never;
  readonly validation?: never;
  readonly consequence?: never;
  readonly near?: never;
}

export type Mistake = EvaluationMistake | ValidationMistake | OpenMistake;

/** A program on the imported libraries in which nothing is wrong, and the edits that break it, each alone. */
export interface Variant {
  readonly name: string;
  /** Its files by path; main.jsonnet is one. */
  readonly files: Readonly<Record<string, string>>;
  /** Whether k8s-libsonnet can run it: it needs no other library, and nothing newer than Kubernetes 1.30. */
  readonly inK8sLibsonnet: boolean;
  readonly mistakes: { readonly [kind in Kind]?: readonly Mistake[] };
}
