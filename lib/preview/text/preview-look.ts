import { unpainted, type Paint, type TextStyle } from '../../finding/report/text.ts';

/** How the texts of a preview look. */
export interface PreviewLook {
  /** Project root, absolute; positions below it are shown relative to it. */
  readonly root: string;
  /** Colours, and the columns that long values are cut to. */
  readonly style: TextStyle;
  /** The key that shows everything, such as `a`; what is long is cut and the key named. Without it nothing is left out. */
  readonly allKey?: string;
}

/** Columns of a terminal that does not say its width: those of the text report. */
const DEFAULT_COLUMNS = 113;
/** A narrower window wraps. */
const FEWEST_COLUMNS = 40;

/** The columns that a line may take. */
export function columnsOf({ style }: PreviewLook): number {
  return Math.max(style.columns ?? DEFAULT_COLUMNS, FEWEST_COLUMNS);
}

/** The Paint to use; one that changes nothing where there are no colours. */
export function paintOf({ style }: PreviewLook): Paint {
  return style.paint ?? unpainted;
}
