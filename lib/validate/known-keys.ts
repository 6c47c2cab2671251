import { closest, distance } from 'fastest-levenshtein';

/**
 * Edits by which the letters of a key may differ from those of a known one. Our own choice: two slips of the
 * keyboard; the known keys differ from each other by more.
 */
const NEAR = 2;
/** An environment has a few dozen keys of its own, each on many objects. */
const MOST_REMEMBERED = 1000;

interface KnownKey {
  readonly key: string;
  readonly prefix: string;
  /** The letters of its name. */
  readonly name: string;
}

/** The annotation or label keys that controllers read. */
export class KnownKeys {
  readonly keys: readonly string[];
  readonly #byLetters: ReadonlyMap<string, string>;
  readonly #letters: readonly string[];
  readonly #split: readonly KnownKey[];
  readonly #remembered = new Map<string, string | undefined>();

  constructor(keys: readonly string[]) {
    this.keys = keys;
    this.#byLetters = new Map(keys.map((key) => [letters(key), key]));
    this.#letters = [...this.#byLetters.keys()];
    this.#split = keys.map((key) => {
      const { prefix, name } = split(key);
      return { key, prefix, name: letters(name) };
    });
  }

  /**
   * The known key that a key was probably meant to be: one with nearly the same letters (`role-arm`, `roleArn`, a dot
   * for the slash), or the same name under a similar prefix (`eks.amazon.com/role-arn`).
   *
   * @param key none of the known ones.
   */
  meant(key: string): string | undefined {
    if (this.#remembered.has(key)) return this.#remembered.get(key);
    if (this.#remembered.size >= MOST_REMEMBERED) this.#remembered.clear();
    const meant = this.#meant(key);
    this.#remembered.set(key, meant);
    return meant;
  }

  #meant(key: string): string | undefined {
    const own = letters(key);
    const near = this.#letters.length === 0 ? undefined : closest(own, this.#letters);
    if (near !== undefined && distance(own, near) <= NEAR) return this.#byLetters.get(near);
    const { prefix, name } = split(key);
    return this.#split.find(
      (one) => one.name === letters(name) && isSimilarPrefix(prefix.toLowerCase(), one.prefix),
    )?.key;
  }
}

function letters(text: string): string {
  return text.toLowerCase().replaceAll(/[^a-z0-9]/g, '');
}

function split(key: string): { prefix: string; name: string } {
  const slash = key.lastIndexOf('/');
  return { prefix: key.slice(0, Math.max(slash, 0)), name: key.slice(slash + 1) };
}

/** One domain above the other, or the same first label and at most a third of the letters different. */
function isSimilarPrefix(own: string, known: string): boolean {
  if (own === '') return false;
  if (known.endsWith(`.${own}`)) return true;
  const [first] = known.split('.');
  const allowed = Math.max(own.length, known.length) / 3;
  return own.split('.')[0] === first && distance(own, known) <= allowed;
}
