import type { AcceptedFinding } from './accepted-finding.ts';
import type { Finding, Path } from './finding.ts';

/** What a report needs to know of one environment. */
export interface EnvironmentResult {
  /** Path relative to the project root, with `/`. */
  readonly path: string;
  /** The name of an inline environment. */
  readonly name?: string;
  /** How many manifests it rendered. */
  readonly manifests: number;
  readonly findings: readonly Finding[];
  /** Findings that are not reported because somebody said that they may stay. */
  readonly accepted: readonly AcceptedFinding[];
  /** Kinds without a schema among them. */
  readonly unknownKinds: readonly UnknownKind[];
  /** Rules of CRDs that say nothing about its manifests, since they could not be evaluated. */
  readonly uncheckedRules: readonly UncheckedRule[];
}

/** A kind that no schema is known for, and how many objects of it were rendered. */
export interface UnknownKind {
  readonly apiVersion: string;
  readonly kind: string;
  readonly count: number;
  /** `tankard.yaml` lets it through by name. */
  readonly allowed: boolean;
}

/** A rule of a CRD (`x-kubernetes-validations`) that could not be evaluated. */
export interface UncheckedRule {
  readonly apiVersion: string;
  readonly kind: string;
  /** The first place that it was to be evaluated for. */
  readonly path: Path;
  /** As the CRD has it. */
  readonly rule: string;
  /** Why not, such as a function that is not known; it continues a sentence. */
  readonly reason: string;
}
