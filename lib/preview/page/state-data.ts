import path from 'node:path';
import type { Finding, Severity } from '../../finding/finding.ts';
import type { PreviewEnvironment, PreviewSession } from '../preview-session.ts';
import type { PageEnvironmentSummary, PageState } from './page-data.ts';

/** What the page shows at all times, as the session is now. */
export function pageState(session: PreviewSession): PageState {
  return {
    project: path.basename(session.root),
    kubernetes: session.kubernetes,
    environments: session.environments().map(summaryOf),
    notices: session.notices(),
  };
}

/** Counts are those of the last good state. */
function summaryOf(environment: PreviewEnvironment): PageEnvironmentSummary {
  const { id, status, revision, snapshot, update } = environment;
  return {
    id,
    status,
    revision,
    resources: snapshot?.manifests.length ?? 0,
    errors: countOf('error', snapshot?.findings ?? []),
    warnings: countOf('warning', snapshot?.findings ?? []),
    changes: update?.changes.length ?? 0,
    isSaved: update !== undefined && !update.isFirst,
    ...(update === undefined ? {} : { durationMs: update.durationMs }),
  };
}

/** How many of the findings have a severity. */
export function countOf(
  severity: Severity,
  findings: readonly Pick<Finding, 'severity'>[],
): number {
  return findings.filter((finding) => finding.severity === severity).length;
}
