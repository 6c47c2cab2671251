import type { FindingCode } from './codes.ts';

/** How bad a finding is: an `error` makes the exit code 1 and stops `apply`; a `warning` does not. */
export type Severity = 'error' | 'warning';

/** The Kubernetes object that a finding is about. */
export interface ResourceId {
  readonly apiVersion: string;
  readonly kind: string;
  readonly namespace?: string;
  /** `metadata.name`, or `metadata.generateName` when the object has no name. */
  readonly name: string;
}

/** A member name or an array index, from the root of a manifest inwards. */
export type Path = readonly (string | number)[];

/** What about the place is wrong; the locator searches differently for each. */
export type Fault = 'key' | 'value' | 'missing';

/**
 * A place in a Jsonnet (or spec.json) file.
 * Lines and columns are 1-based; columns count UTF-8 bytes, as tk's do.
 */
export interface Position {
  /** Absolute path. */
  readonly file: string;
  readonly line: number;
  readonly column: number;
  /** The column in UTF-16 code units, as editors and code hosts count; absent where it is the same as `column`. */
  readonly utf16Column?: number;
}

/** A line of a source file as a report may show it: what may be secret in it is masked. */
export interface SourceLine {
  /** One line; of control characters it has tabs alone. */
  readonly text: string;
  /** Where in `text` the place of the finding is: UTF-16 code units from 1. */
  readonly column: number;
}

/**
 * Where the cause of a finding stands in the source.
 * `exact`: changing what stands there was seen to change the finding's value, or it is the frame of a failed
 * evaluation. `near`: the closest place known; shown with the word "near".
 */
export interface Location extends Position {
  readonly certainty: 'exact' | 'near';
  /** Further places that took part, the most likely first. */
  readonly related?: readonly Position[];
}

/** One thing that is wrong, which the user can mend. Plain data: it prints as text and as JSON. */
export interface Finding {
  readonly code: FindingCode;
  readonly severity: Severity;
  /** What is wrong, one sentence without the resource and the place. Never a Secret's value. */
  readonly message: string;
  /** The environment, or the file that it is about whatever it renders: its path relative to the project root, with `/`. */
  readonly environment?: string;
  readonly resource?: ResourceId;
  /** Where in the manifest. */
  readonly path?: Path;
  readonly fault?: Fault;
  /** The offending value, as found; absent when it is secret or there is none. */
  readonly value?: unknown;
  /** What would be right, in words. */
  readonly expected?: string;
  /** How to mend it, one sentence. */
  readonly hint?: string;
  readonly location?: Location;
  /** What stands at the location; absent when it may hold a secret, or could not be read. */
  readonly source?: SourceLine;
}
