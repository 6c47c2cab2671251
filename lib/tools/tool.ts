/** The Go programs that Tankard runs, by the name of their file. */
export type ToolName = 'tk' | 'jb' | 'jsonnet' | 'kubeconform' | 'locate';

/** A machine in Node's names. */
export interface ToolTarget {
  /** As `process.platform`. */
  readonly platform: string;
  /** As `process.arch`. */
  readonly arch: string;
}

/**
 * Where a tool was found; `package`: in the package of tools for this machine, `cache` also says that it was just
 * built.
 */
export type ToolOrigin = 'TANKARD_TK' | 'tankard.yaml' | 'package' | 'cache' | 'PATH';

/** A tool that can be run. */
export interface Tool {
  readonly name: ToolName;
  /** Absolute path of the executable. */
  readonly path: string;
  /** Such as `v0.38.0`; undefined when the program does not say (own builds, rtk). */
  readonly version: string | undefined;
  /** The version that Tankard pins. */
  readonly wanted: string;
  readonly origin: ToolOrigin;
}

/** What `ensureTool` may be told. */
export interface EnsureToolOptions {
  /** Absolute path of tk from tankard.yaml. */
  readonly configured?: string;
  /** Receives one line at a time, without a newline, while a tool is built. */
  readonly onProgress?: (line: string) => void;
  /** Stops a build; nothing half-built stays behind. */
  readonly signal?: AbortSignal;
  /** Whether a missing tool may be built. @default true */
  readonly build?: boolean;
}
