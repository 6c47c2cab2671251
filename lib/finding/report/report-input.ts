import type { EnvironmentResult } from '../environment-result.ts';
import type { Failure } from '../failure.ts';
import type { Finding } from '../finding.ts';

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
  /** Found in the text of files, whatever they render; each has a location. Absent: not looked for. */
  readonly files?: readonly Finding[];
  /** Steps of `tankard ci` that are stale or could not be done, but for the environments of `failures`. */
  readonly problems?: readonly { readonly step: string; readonly failure: Failure }[];
}

/** The results of files as if each were an environment, then those of the environments. */
export function allResults({ files = [], environments }: ReportInput): EnvironmentResult[] {
  const byFile = new Map<string, Finding[]>();
  for (const finding of files) {
    const file = finding.environment ?? '.';
    byFile.set(file, [...(byFile.get(file) ?? []), finding]);
  }
  const rest = { manifests: 0, accepted: [], unknownKinds: [], uncheckedRules: [] };
  return [...[...byFile].map(([path, findings]) => ({ path, findings, ...rest })), ...environments];
}

/** What a problem says, with the hint on a line of its own. */
export function problemText({ message, hint }: Failure): string {
  return hint === undefined ? message : `${message}\n${hint}`;
}
