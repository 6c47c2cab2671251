import type { Severity } from '../finding.ts';

/** What is said of a code wherever codes are listed. */
export interface CodeEntry {
  /** Unless the finding itself says otherwise. */
  readonly severity: Severity;
  /** One line that explains the code to a reader of the reference; docs/rules has a page for each. */
  readonly title: string;
}
