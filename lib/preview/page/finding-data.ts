import type { Finding, Location, ResourceId } from '../../finding/finding.ts';
import { findingsByKey } from '../../finding/finding-changes.ts';
import { shownPath } from '../../finding/shown-path.ts';
import type { PreviewUpdate } from '../preview-session.ts';
import { editorLink } from './editor-link.ts';
import type { PageFinding, PageLocation } from './page-data.ts';

/** What the page needs to know beside a finding. */
export interface FindingContext {
  /** Project root, absolute. */
  readonly root: string;
  /** As `editorTemplate` gives it. */
  readonly editor: string;
  /** The key of a resource that is rendered. */
  readonly keyOf: (resource: ResourceId) => string | undefined;
  /** The last save. */
  readonly update: PreviewUpdate | undefined;
}

/** Findings as the page shows them, in the same order. */
export function pageFindings(findings: readonly Finding[], context: FindingContext): PageFinding[] {
  const { update } = context;
  // What the first render has was there before.
  const found = findingsByKey(update === undefined || update.isFirst ? [] : update.found);
  return [...findingsByKey(findings)].map(([key, finding]) => ({
    ...pageFinding(finding, context),
    isNew: found.has(key),
  }));
}

function pageFinding(finding: Finding, context: FindingContext): Omit<PageFinding, 'isNew'> {
  const { code, severity, message, expected, hint, resource, location, source } = finding;
  const resourceKey = resource && context.keyOf(resource);
  return {
    code,
    severity,
    message,
    ...(expected === undefined ? {} : { expected }),
    ...(hint === undefined ? {} : { hint }),
    ...(resource === undefined ? {} : { resource }),
    ...(resourceKey === undefined ? {} : { resourceKey }),
    ...(finding.path === undefined ? {} : { path: finding.path }),
    ...(location === undefined ? {} : { location: pageLocation(location, context) }),
    ...(source === undefined ? {} : { source }),
  };
}

function pageLocation(location: Location, { root, editor }: FindingContext): PageLocation {
  const { file, line, column: bytes, utf16Column: column = bytes, certainty } = location;
  return {
    file: shownPath(file, root),
    line,
    column,
    certainty,
    link: editorLink(editor, { file, line, column }),
  };
}
