import { findingsByKey } from '../finding/finding-changes.ts';
import { harmless } from '../finding/harmless.ts';
import type { PreviewEnvironment, PreviewUpdate } from '../preview/preview-session.ts';
import { paintOf, type PreviewLook } from '../preview/text/preview-look.ts';
import { isQuiet, updateKind } from '../preview/text/update-kind.ts';
import { foundLines, headlineText, updateText, updateWords } from '../preview/text/update-text.ts';

/** So many environments have a block each; of more, those of which there is little to say share a line. */
const MOST_ALONE = 3;
/** Environments that such a line names where a key shows all. */
const MOST_NAMED = 2;

/** Environments that a save did the same to. */
interface Row {
  readonly words: string;
  readonly updates: PreviewUpdate[];
}

/** What the blocks of updates need. */
export interface UpdateBlocksOptions {
  /** The environments whose blocks are printed. */
  readonly shown: () => readonly PreviewEnvironment[];
  readonly look: () => PreviewLook;
  readonly print: (lines: readonly string[]) => void;
}

/**
 * Prints a block for each environment that a save changed. Where there are many, those that it did nothing to, and those
 * that it did the same to as to one before, are named in a line when all are rendered.
 */
export class UpdateBlocks {
  readonly #options: UpdateBlocksOptions;
  /** The environments that this save has been told of, and the first one of each kind of update. */
  readonly #told = new Set<string>();
  readonly #firstOf = new Map<string, string>();
  readonly #rows = new Map<string, Row>();
  /** Printed before the locator had the places of what was found. */
  readonly #unplaced = new Map<string, PreviewUpdate>();

  constructor(options: UpdateBlocksOptions) {
    this.#options = options;
  }

  /** Prints an update, or keeps it for `flush`. */
  tell(update: PreviewUpdate): void {
    const { environment: id } = update;
    this.#unplaced.delete(id);
    if (this.#told.has(id)) this.#beginSave();
    this.#told.add(id);
    const look = this.#options.look();
    const hasMany = this.#options.shown().length > MOST_ALONE;
    const words = updateWords(update, look);
    if (hasMany && isQuiet(update)) {
      this.#keep(words, update);
      return;
    }
    const kind = updateKind(update);
    const first = kind === undefined ? undefined : this.#firstOf.get(kind);
    if (hasMany && first !== undefined) {
      this.#keep(`${words}, as in ${first}`, update);
      return;
    }
    if (kind !== undefined) this.#firstOf.set(kind, id);
    const state = this.#options.shown().find((one) => one.id === id);
    this.#options.print([updateText(update, look, state?.snapshot !== undefined)]);
    if (foundIn(update).some(({ location }) => location === undefined))
      this.#unplaced.set(id, update);
  }

  /** Prints what was kept, once nothing is rendered any more. */
  flush(): void {
    const isDone = this.#options
      .shown()
      .every(({ status }) => status === 'current' || status === 'broken');
    if (isDone) this.#printRows();
  }

  /** Prints the places of what was found, when they have come after the block. */
  place(id: string): void {
    const update = this.#unplaced.get(id);
    const state = this.#options.shown().find((one) => one.id === id);
    if (update === undefined || state === undefined) return;
    const now = state.update === update ? foundNow(state) : [];
    const byKey = findingsByKey(now);
    const placed = [...findingsByKey(foundIn(update))].flatMap(([key, { location }]) => {
      const later = byKey.get(key);
      return location === undefined && later?.location !== undefined ? [later] : [];
    });
    if (placed.length === 0) return;
    this.#unplaced.delete(id);
    const look = this.#options.look();
    const heading = paintOf(look)('heading', harmless(id));
    this.#options.print([`${heading}  where that comes from:`, ...foundLines(placed, look)]);
  }

  #beginSave(): void {
    this.#printRows();
    this.#told.clear();
    this.#firstOf.clear();
  }

  #keep(words: string, update: PreviewUpdate): void {
    const row = this.#rows.get(words) ?? { words, updates: [] };
    this.#rows.set(words, row);
    row.updates.push(update);
  }

  #printRows(): void {
    if (this.#rows.size === 0) return;
    const look = this.#options.look();
    const rows = [...this.#rows.values()].map(({ words, updates }) => {
      const longestMs = Math.max(...updates.map(({ durationMs }) => durationMs));
      return headlineText(namesOf(updates, look), longestMs, words, look);
    });
    this.#rows.clear();
    this.#options.print(rows);
  }
}

function foundIn({ problem, found }: PreviewUpdate) {
  return problem && 'findings' in problem ? problem.findings : found;
}

function foundNow({ problem, snapshot }: PreviewEnvironment) {
  return problem && 'findings' in problem ? problem.findings : (snapshot?.findings ?? []);
}

function namesOf(updates: readonly PreviewUpdate[], { allKey }: PreviewLook): string {
  const names = updates.map(({ environment }) => environment).sort();
  const rest = names.length - MOST_NAMED;
  if (allKey === undefined || rest <= 1) return names.join(', ');
  return `${names.slice(0, MOST_NAMED).join(', ')} and ${rest} more`;
}
