/**
 * Why a command cannot go on. One kind is one exit code (`exitCodeOf`); a mistake in the user's
 * manifests is not a failure but a finding.
 *
 * - `usage`: wrong arguments, configuration or files (exit 2)
 * - `tool`: tk or another tool is missing, did not start or did not finish (exit 3)
 * - `cluster`: the cluster refused or could not be reached (exit 4)
 * - `stale`: generated files differ from what would be generated (exit 16)
 * - `interrupted`: the user pressed Ctrl-C or the process was told to stop (exit 130)
 */
export type FailureKind = 'usage' | 'tool' | 'cluster' | 'stale' | 'interrupted';

/** Exit code when findings at error level were reported. */
export const EXIT_FINDINGS = 1;
/** Exit code when files on disk are not as they would be written. */
export const EXIT_DIFFERENT = 16;
/** Exit code when the cluster refused, could not be reached, or did not bring up what was applied. */
export const EXIT_CLUSTER = 4;
/** Exit code when the user stopped it, or did not approve. */
export const EXIT_INTERRUPTED = 130;
/** Exit code for a defect of Tankard itself. */
export const EXIT_BUG = 70;

const EXIT_CODES: Record<FailureKind, number> = {
  usage: 2,
  tool: 3,
  cluster: EXIT_CLUSTER,
  stale: EXIT_DIFFERENT,
  interrupted: EXIT_INTERRUPTED,
};

/** The exit codes in the order in which they win when several hold. Source: docs/architecture.md. */
const PRECEDENCE = [EXIT_INTERRUPTED, EXIT_BUG, EXIT_CLUSTER, 3, 2, EXIT_FINDINGS, 16, 0];

/**
 * The exit code of a command whose parts ended with `codes`.
 *
 * @returns the first of 130, 70, 4, 3, 2, 1, 16, 0 that occurs in `codes`; 0 for none.
 */
export function combineExitCodes(codes: readonly number[]): number {
  return PRECEDENCE.find((code) => codes.includes(code)) ?? (codes.length === 0 ? 0 : EXIT_BUG);
}

/** A reason to stop that a user can mend. It is printed as its message and hint, never as a stack. */
export class Failure extends Error {
  override readonly name = 'Failure';
  readonly kind: FailureKind;
  /** What to do about it, one sentence or more; printed on its own line. */
  readonly hint: string | undefined;

  /**
   * @param kind decides the exit code.
   * @param message what was tried, where, and what was found; no trailing newline.
   * @param options.hint what to do next.
   * @param options.cause the error behind it; shown only with `--debug`.
   */
  constructor(
    kind: FailureKind,
    message: string,
    options: { hint?: string; cause?: unknown } = {},
  ) {
    super(message, options.cause === undefined ? undefined : { cause: options.cause });
    this.kind = kind;
    this.hint = options.hint;
  }

  /** The exit code of the process that ends with this failure. */
  get exitCode(): number {
    return EXIT_CODES[this.kind];
  }
}
