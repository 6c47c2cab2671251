import { statSync } from 'node:fs';

/** Between two looks at everything, in milliseconds: what people still take for an answer to their save. */
const INTERVAL_MS = 500;

/** A look at everything takes at most this part of the time, so that thousands of files do not keep a core busy. */
const SHARE = 0.02;

/** Finds changes without help of the system: it asks about every path again and again. */
export class Poller {
  readonly #signatures = new Map<string, string>();
  readonly #onChange: (file: string) => void;
  #timer: NodeJS.Timeout | undefined;

  /** @param onChange receives paths that may have changed. */
  constructor(onChange: (file: string) => void) {
    this.#onChange = onChange;
    this.#wait(0);
  }

  /** Sets what is asked about: absolute paths, which need not exist. */
  update(files: ReadonlySet<string>): void {
    for (const file of this.#signatures.keys()) if (!files.has(file)) this.#signatures.delete(file);
    for (const file of files)
      if (!this.#signatures.has(file)) this.#signatures.set(file, signatureOf(file));
  }

  close(): void {
    clearTimeout(this.#timer);
  }

  #wait(tookMs: number): void {
    this.#timer = setTimeout(() => this.#look(), Math.max(INTERVAL_MS, tookMs / SHARE));
  }

  #look(): void {
    const start = performance.now();
    for (const [file, before] of this.#signatures) {
      const now = signatureOf(file);
      if (now === before) continue;
      this.#signatures.set(file, now);
      this.#onChange(file);
    }
    this.#wait(performance.now() - start);
  }
}

function signatureOf(file: string): string {
  try {
    const stats = statSync(file, { throwIfNoEntry: false });
    if (stats === undefined) return 'missing';
    return `${stats.dev} ${stats.ino} ${stats.size} ${stats.mtimeMs} ${stats.ctimeMs}`;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code ?? 'unreadable';
  }
}
