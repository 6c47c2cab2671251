import type {
  CompareBase,
  Comparison,
  Notice,
  PreviewEnvironment,
  PreviewEvent,
  PreviewSession,
  PreviewUpdate,
} from '../preview/preview-session.ts';
import { count, showResource } from '../finding/report/text.ts';
import { comparisonText } from '../preview/text/comparison-text.ts';
import { paintOf, type PreviewLook } from '../preview/text/preview-look.ts';
import { allFindingsText } from '../preview/text/status-text.ts';
import { harmless, harmlessLines } from '../finding/harmless.ts';
import { failureOf } from '../workflow/preview/render-run.ts';
import type { Terminal } from './terminal.ts';
import { UpdateBlocks } from './update-blocks.ts';

/** What an environment is compared with until another base is chosen. */
const BEFORE = 'the render before the last save';

/** Prints what happens in a preview: a block for each save, what it compares with, and what it says about itself. */
export class PreviewBlocks {
  readonly #session: PreviewSession;
  readonly #terminal: Terminal;
  readonly #hasKeys: boolean;
  readonly #onCompared: () => void;
  #base: CompareBase;
  #only: string | undefined;
  readonly #updates: UpdateBlocks;
  /** Ids of the environments when they were last told to have come or gone. */
  #known: readonly string[];
  readonly #asked = new Map<string, AbortController>();
  #last = Promise.resolve();
  /** What was printed last of each environment with a base that is not the last save. */
  readonly #compared = new Map<string, Pick<Comparison, 'label' | 'changes'>>();
  /** Why nothing could be compared since: said once, and not after each save. */
  readonly #refusals = new Set<string>();

  /**
   * @param options.base what is compared with at first.
   * @param options.hasKeys there are keys: what is long is cut, since one of them shows it.
   * @param options.onCompared told when a comparison has been printed, or has failed.
   */
  constructor(
    session: PreviewSession,
    terminal: Terminal,
    options: {
      readonly base: CompareBase;
      readonly hasKeys: boolean;
      readonly onCompared: () => void;
    },
  ) {
    this.#session = session;
    this.#terminal = terminal;
    this.#base = options.base;
    this.#hasKeys = options.hasKeys;
    this.#onCompared = options.onCompared;
    this.#known = this.#ids();
    this.#updates = new UpdateBlocks({
      shown: () => this.shown,
      look: () => this.#look(),
      print: (lines) => this.#print(lines),
    });
  }

  /** What is compared with. */
  get base(): CompareBase {
    return this.#base;
  }

  /** The environments whose blocks are printed. */
  get shown(): readonly PreviewEnvironment[] {
    return this.#session.environments().filter(({ id }) => this.#isShown(id));
  }

  /** Comparisons that were asked for and are not printed yet. */
  get comparing(): number {
    return this.#asked.size;
  }

  /** Prints the blocks of one environment only from now on; of all when it is undefined. */
  only(id: string | undefined): void {
    this.#only = id;
  }

  /** Prints what was rendered before anybody listened. */
  tellAll(): void {
    for (const notice of this.#session.notices()) this.#note(notice);
    for (const { update } of this.#session.environments())
      if (update !== undefined) this.#update(update);
    this.#updates.flush();
  }

  /** Prints what an event says. */
  tell(event: PreviewEvent): void {
    if (event.type === 'update') this.#update(event.update);
    if (event.type === 'notice') this.#note(event.notice);
    if (event.type === 'environments') this.#tellGone();
    if (event.type === 'environment') this.#updates.place(event.id);
    else this.#updates.flush();
  }

  /** Prints the environments as they are now, with all that their blocks leave out. */
  all(): void {
    const look = this.#look({ all: true });
    for (const { id, snapshot, update } of this.shown) {
      const { manifests = [] } = snapshot ?? {};
      this.#print([
        comparisonText(
          id,
          this.#compared.get(id) ?? { label: BEFORE, changes: update?.changes ?? [] },
          look,
        ),
        `  ${count(manifests.length, 'resource')}:`,
        ...manifests.map(({ resource }) => `    ${harmless(showResource(resource))}`),
      ]);
    }
    this.#print([allFindingsText(this.shown, look)]);
  }

  /** Compares with something else from now on, beginning with what is rendered now. */
  compareWith(base: CompareBase): void {
    this.cancel();
    this.#base = base;
    this.#compared.clear();
    this.#refusals.clear();
    for (const { id, snapshot } of this.shown) if (snapshot !== undefined) this.#ask(id);
  }

  /** Forgets the comparisons that were asked for. */
  cancel(): void {
    for (const one of this.#asked.values()) one.abort();
    this.#asked.clear();
  }

  #tellGone(): void {
    const ids = this.#ids();
    const gone = this.#known.filter((id) => this.#isShown(id) && !ids.includes(id));
    this.#known = ids;
    const paint = paintOf(this.#look());
    if (gone.length > 0)
      this.#print(gone.map((id) => `${paint('heading', harmless(id))}  no longer there`));
    // The chosen one may be gone.
    if (this.shown.length === 0) this.#only = undefined;
  }

  #ids(): string[] {
    return this.#session.environments().map(({ id }) => id);
  }

  #isShown(id: string): boolean {
    return this.#only === undefined || this.#only === id;
  }

  #update(update: PreviewUpdate): void {
    const { environment: id, problem, changes, files } = update;
    if (!this.#isShown(id)) return;
    this.#updates.tell(update);
    // Without a save somebody asked for it: the last commit or the cluster may be another one.
    const isCompared = this.#compared.has(id) && changes.length === 0 && files.length > 0;
    if (this.#base !== 'save' && problem === undefined && !isCompared) this.#ask(id);
  }

  /** One after the other, so that twenty environments do not start twenty kubectl at once. */
  #ask(id: string): void {
    const own = new AbortController();
    this.#asked.get(id)?.abort();
    this.#asked.set(id, own);
    this.#last = this.#last.then(async () => this.#compare(id, this.#base, own));
  }

  async #compare(id: string, base: CompareBase, own: AbortController): Promise<void> {
    if (own.signal.aborted) return;
    try {
      const comparison = await this.#session.compare(id, base, own.signal);
      if (own.signal.aborted) return;
      const { label, changes } = comparison;
      this.#compared.set(id, { label, changes });
      this.#refusals.clear();
      this.#print([comparisonText(id, comparison, this.#look())]);
    } catch (error) {
      if (own.signal.aborted) return;
      this.#compared.delete(id);
      const message = error instanceof Error ? error.message : String(error);
      if (!this.#refusals.has(message)) this.#note(noticeOf(error, id));
      this.#refusals.add(message);
    }
    this.#asked.delete(id);
    this.#onCompared();
  }

  /** An empty line stands between blocks. */
  #print(lines: readonly string[]): void {
    this.#terminal.print(`${lines.join('\n')}\n\n`);
  }

  #look({ all = false } = {}): PreviewLook {
    const style = this.#terminal.look('stdout');
    return { root: this.#session.root, style, ...(this.#hasKeys && !all ? { allKey: 'a' } : {}) };
  }

  #note({ message, hint }: Notice): void {
    this.#terminal.note(harmlessLines(message));
    if (hint !== undefined) this.#terminal.note(harmlessLines(hint));
    // As after blocks, where both are on one screen.
    if (this.#hasKeys) this.#terminal.note('');
  }
}

/** What could not be compared; the preview goes on whatever it was. */
function noticeOf(error: unknown, id: string): Notice {
  const { message, hint } = failureOf(error);
  return {
    severity: 'error',
    message: message.includes(id) ? message : `${id}: ${message}`,
    ...(hint === undefined ? {} : { hint }),
  };
}
