import type { Finding } from './finding.ts';

/** A finding that is not reported because somebody said that it may stay. */
export interface AcceptedFinding {
  readonly finding: Finding;
  /** Where that is said. */
  readonly by: 'annotation' | 'comment' | 'baseline';
  /** In the words of who accepted it; a baseline gives none. */
  readonly reason?: string;
}
