import type { AcceptedFinding } from './accepted-finding.ts';
import type { Finding } from './finding.ts';

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
}

/** A kind that no schema is known for, and how many objects of it were rendered. */
export interface UnknownKind {
  readonly apiVersion: string;
  readonly kind: string;
  readonly count: number;
  /** `tankard.yaml` lets it through by name. */
  readonly allowed: boolean;
}
