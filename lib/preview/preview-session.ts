import type { ResourceChange } from '../compare/resource-change.ts';
import type { Failure } from '../finding/failure.ts';
import type { Finding } from '../finding/finding.ts';
import type { Manifest } from '../manifest/parse-manifests.ts';

/** What an environment is compared with: the render before the last save, the last commit, or the cluster. */
export type CompareBase = 'save' | 'head' | 'cluster';

/** What one environment renders. Secret values are in it: nothing of it is shown without being redacted. */
export interface Rendering {
  /** tk's own bytes. */
  readonly yaml: Buffer;
  readonly manifests: readonly Manifest[];
}

/** An environment that rendered, and what was found in it. */
export interface Snapshot extends Rendering {
  /** Those that the last save brought have their places, unless that takes long: then they follow. */
  readonly findings: readonly Finding[];
  /** How many findings somebody said may stay. */
  readonly accepted: number;
}

/** Why the files as they are now do not render: what was found in the Jsonnet, or why tk could not run to its end. */
export type Problem =
  | { readonly findings: readonly Finding[] }
  | { readonly failure: Pick<Failure, 'message' | 'hint'> };

/** One environment of a preview, as it is now. */
export interface PreviewEnvironment {
  /** Unique in the preview: its path, for an inline environment followed by `#` and its name. */
  readonly id: string;
  /** Path relative to the project root, with `/`. */
  readonly path: string;
  /** The name of an inline environment. */
  readonly name?: string;
  /** `waiting` for its first render; `rendering`; `current`; `broken`: the last good state is older than the files. */
  readonly status: 'waiting' | 'rendering' | 'current' | 'broken';
  /** Grows with everything that changes here. */
  readonly revision: number;
  /** The last good state; absent before the first. */
  readonly snapshot?: Snapshot;
  /** Of a broken one. */
  readonly problem?: Problem;
  /** What the last save changed; undefined until one did. */
  readonly update?: PreviewUpdate;
}

/** What one save did to one environment. */
export interface PreviewUpdate {
  /** Id of the environment. */
  readonly environment: string;
  /** It is the first that is known of the environment: nothing is new or changed in it. */
  readonly isFirst: boolean;
  /** The saved files: relative to the project root, those outside it absolute; sorted. Empty when no save asked for it. */
  readonly files: readonly string[];
  /** From the first event of the save until its result was known, in milliseconds. */
  readonly durationMs: number;
  /** Against the last good state; empty when it is broken, and for the first render. */
  readonly changes: readonly ResourceChange[];
  /** Findings that were not there before; all for the first render. */
  readonly found: readonly Finding[];
  /** Findings that are no longer there. */
  readonly gone: readonly Finding[];
  /** Why nothing was rendered. */
  readonly problem?: Problem;
  /** The environment was broken until this save. */
  readonly isMended: boolean;
}

/** What a preview tells those who show it. */
export type PreviewEvent =
  /** A save was rendered and validated; new findings have their places. */
  | { readonly type: 'update'; readonly update: PreviewUpdate }
  /** Something else about an environment changed: its status, or the places of its findings. */
  | { readonly type: 'environment'; readonly id: string }
  /** Environments came or went. */
  | { readonly type: 'environments' }
  /** Something to be said that belongs to no environment, such as a broken tankard.yaml, or that it polls. */
  | { readonly type: 'notice'; readonly notice: Notice };

/** A message about the preview itself. */
export interface Notice {
  readonly severity: 'information' | 'error';
  readonly message: string;
  readonly hint?: string;
}

/** An environment beside what it is compared with. */
export interface Comparison {
  readonly base: CompareBase;
  /** What it is compared with, in words, such as `HEAD (12fc616)`. */
  readonly label: string;
  readonly before: Rendering;
  readonly after: Rendering;
  readonly changes: readonly ResourceChange[];
}

/** A running preview. */
export interface PreviewSession {
  /** Project root, absolute. */
  readonly root: string;
  /** The Kubernetes version validated against. */
  readonly kubernetes: string;
  /** In the order asked for; sorted by path when all. */
  environments(): readonly PreviewEnvironment[];
  /** What holds for the preview as a whole now, such as a broken tankard.yaml. */
  notices(): readonly Notice[];
  /** @returns a function that ends the subscription. */
  subscribe(listener: (event: PreviewEvent) => void): () => void;
  /**
   * Compares the last good state of an environment. What was compared once is not rendered again until it changes; the
   * cluster is asked each time.
   *
   * @throws Failure `usage` for an unknown environment, one without a good state, or without git; `tool` and `cluster`
   *   as tk; the base may be broken too.
   */
  compare(id: string, base: CompareBase, signal?: AbortSignal): Promise<Comparison>;
  /** Renders every environment again, for what no saved file tells, such as another file system. */
  refresh(): void;
  /** Ends the watching and every process that was started. */
  close(): Promise<void>;
}
