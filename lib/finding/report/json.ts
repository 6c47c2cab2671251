import type { Failure } from '../failure.ts';
import type { Finding, Location, Position } from '../finding.ts';
import { shownPath } from '../shown-path.ts';
import type { ReportInput } from './report-input.ts';
import { summarize } from './text.ts';

/** Raised when a field of a JSON output changes its meaning or goes away. */
export const JSON_VERSION = 1;

/**
 * The JSON report of `validate` and `apply`. Its schema is published as `schemas/report.schema.json`.
 * Files below the project root are given relative to it, with `/`.
 */
export function jsonReport(result: ReportInput): object {
  return {
    version: JSON_VERSION,
    kubernetes: result.kubernetes,
    environments: result.environments.map(
      ({ path: folder, name, manifests, findings, accepted, unknownKinds, uncheckedRules }) => ({
        path: folder,
        ...(name === undefined ? {} : { name }),
        manifests,
        findings: findings.map((finding) => jsonFinding(finding, result.root)),
        accepted: accepted.map(({ finding, ...acceptance }) => ({
          ...jsonFinding(finding, result.root),
          acceptance,
        })),
        unknownKinds,
        uncheckedRules,
      }),
    ),
    failures: result.failures.map(({ failure, ...environment }) => ({
      ...environment,
      error: jsonFailure(failure),
    })),
    summary: summarize(result.environments),
  };
}

/** A failure as every command's JSON has it, under `error`. */
export function jsonFailure({ kind, message, hint }: Failure): object {
  return { kind, message, ...(hint === undefined ? {} : { hint }) };
}

/**
 * A finding as every command's JSON has it.
 *
 * @param root project root, absolute; files below it are given relative to it, with `/`.
 */
export function jsonFinding(finding: Finding, root: string): object {
  const { environment: _environment, source: _source, location, ...rest } = finding;
  return location === undefined ? rest : { ...rest, location: jsonLocation(location, root) };
}

function jsonLocation(location: Location, root: string): object {
  const { related, certainty } = location;
  return {
    ...jsonPosition(location, root),
    certainty,
    ...(related === undefined ? {} : { related: related.map((one) => jsonPosition(one, root)) }),
  };
}

function jsonPosition({ file, line, column }: Position, root: string): object {
  return { file: shownPath(file, root), line, column };
}
