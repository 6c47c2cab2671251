import type { AcceptedFinding } from '../finding/accepted-finding.ts';
import type { Finding } from '../finding/finding.ts';

/** Findings, parted into those to report and those that were accepted. */
export interface Judged {
  readonly findings: readonly Finding[];
  readonly accepted: readonly AcceptedFinding[];
}
