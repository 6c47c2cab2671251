import { Failure } from '../finding/failure.ts';
import { fingerprints } from '../finding/fingerprint.ts';
import type { Finding } from '../finding/finding.ts';
import { showPath, showResource } from '../finding/report/text.ts';
import { isAdjustable } from './adjustable-codes.ts';
import type { Judged } from './judged.ts';

/** Raised when old files cannot be read any more. */
const VERSION = 1;

/** The findings that a project had when it adopted Tankard, by fingerprint. */
export type Baseline = ReadonlySet<string>;

interface BaselineFile {
  readonly version: number;
  readonly findings: readonly { readonly fingerprint: string }[];
}

/**
 * Reads a baseline file. Only the fingerprints count; the rest is for who reviews the file.
 *
 * @param file for messages.
 * @throws Failure `usage` for what is no baseline.
 */
export function parseBaseline(text: string, file: string): Baseline {
  const parsed = parseJson(text) as Partial<BaselineFile> | null | undefined;
  const { version, findings } = parsed ?? {};
  if (version !== VERSION || !Array.isArray(findings) || !findings.every(hasFingerprint))
    throw new Failure('usage', `${file} is no baseline of findings`, {
      hint: 'Make it anew with --update-baseline.',
    });
  return new Set(findings.map(({ fingerprint }) => fingerprint));
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function hasFingerprint(entry: unknown): entry is { fingerprint: string } {
  return typeof (entry as { fingerprint?: unknown } | null)?.fingerprint === 'string';
}

/**
 * The text of a baseline file with the findings that can be accepted, sorted, so that a review shows what came and went.
 * It has no messages and no values.
 *
 * @param findings of all environments, in the order in which they were found.
 */
export function baselineText(findings: readonly Finding[]): string {
  const marks = fingerprints(findings);
  const entries = findings
    .filter(({ code }) => isAdjustable(code))
    .map((finding) => ({
      environment: finding.environment ?? '',
      object: finding.resource === undefined ? '' : showResource(finding.resource),
      code: finding.code,
      path: showPath(finding.path ?? []),
      fingerprint: marks.get(finding) ?? '',
    }))
    .sort((left, right) => (sortKey(left) < sortKey(right) ? -1 : 1));
  return `${JSON.stringify({ version: VERSION, findings: entries }, null, 2)}\n`;
}

function sortKey(entry: Readonly<Record<string, string>>): string {
  return JSON.stringify(Object.values(entry));
}

/** What a baseline leaves of the findings. */
export interface JudgedByBaseline extends Judged {
  /** How many findings of the baseline are not found any more. */
  readonly gone: number;
}

/**
 * Leaves out the findings that the baseline has.
 *
 * @param findings of all environments, in the order in which they were found.
 */
export function acceptByBaseline(
  findings: readonly Finding[],
  baseline: Baseline,
): JudgedByBaseline {
  const marks = fingerprints(findings);
  const isKnown = (finding: Finding): boolean =>
    isAdjustable(finding.code) && baseline.has(marks.get(finding) ?? '');
  const known = findings.filter(isKnown);
  return {
    findings: findings.filter((finding) => !isKnown(finding)),
    accepted: known.map((finding) => ({ finding, by: 'baseline' })),
    gone: baseline.size - known.length,
  };
}
