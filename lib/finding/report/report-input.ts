import type { EnvironmentResult } from '../environment-result.ts';
import type { Failure } from '../failure.ts';

/** What a report is made of: the result of a validation. */
export interface ReportInput {
  /** Project root, absolute. */
  readonly root: string;
  /** Minor version of Kubernetes validated against, such as `1.37`. */
  readonly kubernetes: string;
  readonly environments: readonly EnvironmentResult[];
  /** Environments that could not be rendered, through no fault of their manifests. */
  readonly failures: readonly {
    /** Relative to the project root, with `/`. */
    readonly path: string;
    /** The name of an inline environment. */
    readonly name?: string;
    readonly failure: Failure;
  }[];
}
