/** One file of an export. */
export interface ExportFile {
  /** Relative to the output folder, with `/`. */
  readonly path: string;
  readonly content: Buffer;
}
