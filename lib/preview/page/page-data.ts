/**
 * What the server of the page and its scripts say to each other, as JSON. Nothing here holds a secret value.
 *
 * - `GET api/events`: server-sent events; `state` with a `PageState` at once and at each change.
 * - `GET api/environment?id=ID&base=save|head|cluster`: a `PageEnvironment`.
 * - `GET api/resource?id=ID&key=KEY&base=save|head|cluster`: a `PageResource`.
 * - What fails is answered with a `PageFailure` and the status 4xx or 5xx.
 */
import type { ChangeKind, ResourceChange } from '../../compare/resource-change.ts';
import type { Path, Position, ResourceId, Severity, SourceLine } from '../../finding/finding.ts';
import type { RelationGraph } from '../../relations/relation-graph.ts';
import type { Notice, PreviewEnvironment } from '../preview-session.ts';

/** All that the page shows at all times. */
export interface PageState {
  /** Name of the project's folder. */
  readonly project: string;
  readonly kubernetes: string;
  readonly environments: readonly PageEnvironmentSummary[];
  readonly notices: readonly Notice[];
}

/** One line of the list of environments. */
export interface PageEnvironmentSummary {
  readonly id: string;
  readonly status: PreviewEnvironment['status'];
  readonly revision: number;
  readonly resources: number;
  readonly errors: number;
  readonly warnings: number;
  /** Of the last save. */
  readonly changes: number;
  /** A save was rendered since the preview began. */
  readonly isSaved: boolean;
  /** Of the last save, or of the first render before one, in milliseconds; absent before that. */
  readonly durationMs?: number;
}

/** A finding as the page shows it. */
export interface PageFinding {
  readonly code: string;
  readonly severity: Severity;
  readonly message: string;
  readonly expected?: string;
  readonly hint?: string;
  readonly resource?: ResourceId;
  /** `key` of the `PageResourceSummary`, when the resource is rendered. */
  readonly resourceKey?: string;
  readonly path?: Path;
  readonly location?: PageLocation;
  readonly source?: SourceLine;
  /** The last save brought it. */
  readonly isNew: boolean;
}

/** A place in the Jsonnet. */
export interface PageLocation {
  /** Relative to the project root, with `/`; absolute when it is outside. */
  readonly file: string;
  readonly line: Position['line'];
  /** UTF-16 code units, from 1. */
  readonly column: number;
  readonly certainty: 'exact' | 'near';
  /** Opens the editor there. */
  readonly link: string;
}

/** One environment. */
export interface PageEnvironment {
  readonly id: string;
  readonly revision: number;
  readonly status: PreviewEnvironment['status'];
  /** Why it is broken. */
  readonly problem?: {
    readonly message?: string;
    readonly hint?: string;
    readonly findings: readonly PageFinding[];
  };
  readonly resources: readonly PageResourceSummary[];
  readonly findings: readonly PageFinding[];
  /** Findings that somebody said may stay. */
  readonly accepted: number;
  readonly relations: RelationGraph;
  /** What it is compared with, in words. */
  readonly baseLabel: string;
  /** Resources that were removed are in no list but this. */
  readonly changes: readonly PageChange[];
  /** Findings that the last save removed. */
  readonly gone: readonly PageFinding[];
}

/** A change, with the key of its resource. */
export interface PageChange extends ResourceChange {
  readonly key: string;
}

/** One line of the tree of resources. */
export interface PageResourceSummary {
  /** Unique in the environment, the same in each render. */
  readonly key: string;
  readonly resource: ResourceId;
  readonly errors: number;
  readonly warnings: number;
  readonly change?: ChangeKind;
}

/** One resource: as it is rendered now, and as it was. */
export interface PageResource {
  readonly key: string;
  readonly resource: ResourceId;
  /** Redacted; absent when it was removed. */
  readonly yaml?: string;
  /** Of the base, redacted; absent when it was not there. */
  readonly before?: string;
  /** The text was cut after so many characters of how many. */
  readonly cut?: { readonly shown: number; readonly all: number };
  readonly change?: PageChange;
  readonly findings: readonly PageResourceFinding[];
}

/** A finding, and the line of the YAML that it is about. */
export interface PageResourceFinding extends PageFinding {
  /** From 1. */
  readonly yamlLine?: number;
}

/** What could not be answered, and what to do. */
export interface PageFailure {
  readonly message: string;
  readonly hint?: string;
}
