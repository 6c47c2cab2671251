import { EVENT_ID, getScalarValue, type Event } from 'js-yaml';
import type { Fault, Path } from '../finding/finding.ts';

/** Where a node of a YAML document stands in its text: offsets in UTF-16 code units. */
interface Place {
  /** The key that it is the value of; absent in sequences. */
  readonly key?: number;
  /** Where a value starts that stands on one line with its key or dash; absent for what has lines of its own. */
  readonly value?: number;
  readonly start: number;
}

/** A node found by its path. */
export interface FoundPlace {
  readonly offset: number;
  /** Whether the whole path was found; else it is the deepest part of it. */
  readonly isExact: boolean;
}

interface Frame {
  readonly path: Path;
  readonly isMap: boolean;
  readonly keys: Set<string>;
  index: number;
  /** The key that waits for its value. */
  key: { readonly name: string; readonly offset: number } | undefined;
}

/**
 * Where each node of one YAML document stands. What an alias or a merge key brings in has the place of the alias, or none.
 */
export class YamlIndex {
  /** Keys that stand more than once in a mapping: path and offset of each repetition. */
  readonly duplicates: { readonly path: Path; readonly offset: number }[] = [];
  readonly #places = new Map<string, Place>();
  readonly #source: string;
  readonly #frames: Frame[] = [];

  /** @param events of one document, as `parseEvents` of js-yaml gives them. */
  constructor(source: string, events: readonly Event[]) {
    this.#source = source;
    for (const event of events) this.#read(event);
  }

  /** Finds the place to show for what is wrong at a path. */
  find(path: Path, fault: Fault): FoundPlace | undefined {
    const wanted = fault === 'missing' ? path.slice(0, -1) : path;
    for (let length = wanted.length; length >= 0; length -= 1) {
      const place = this.#places.get(JSON.stringify(wanted.slice(0, length)));
      if (place === undefined) continue;
      const isExact = length === wanted.length;
      const offset = isExact && fault === 'value' ? place.value : place.key;
      return { offset: offset ?? place.key ?? place.start, isExact };
    }
    return undefined;
  }

  #read(event: Event): void {
    switch (event.type) {
      case EVENT_ID.DOCUMENT:
        return;
      case EVENT_ID.POP:
        this.#frames.pop();
        return;
      case EVENT_ID.SCALAR:
        return this.#scalar(event.valueStart, String(getScalarValue(this.#source, event)));
      case EVENT_ID.ALIAS:
        this.#value(event.anchorStart, event.anchorStart);
        return;
      case EVENT_ID.MAPPING:
        return this.#open(event.start, true);
      case EVENT_ID.SEQUENCE:
        return this.#open(event.start, false);
      default:
        return event satisfies never;
    }
  }

  #scalar(offset: number, text: string): void {
    const frame = this.#frames.at(-1);
    if (frame === undefined || !frame.isMap || frame.key !== undefined) {
      this.#value(offset, offset);
      return;
    }
    if (frame.keys.has(text)) this.duplicates.push({ path: [...frame.path, text], offset });
    frame.keys.add(text);
    frame.key = { name: text, offset };
  }

  #open(offset: number, isMap: boolean): void {
    const path = this.#value(offset, undefined);
    this.#frames.push({ path, isMap, keys: new Set(), index: 0, key: undefined });
  }

  /** Notes a value of the innermost collection. */
  #value(start: number, value: number | undefined): Path {
    const frame = this.#frames.at(-1);
    if (frame === undefined) return this.#note([], { start });
    const { key } = frame;
    frame.key = undefined;
    const own = { start, ...(value === undefined ? {} : { value }) };
    if (frame.isMap)
      return this.#note([...frame.path, key?.name ?? ''], { ...own, key: key?.offset ?? start });
    frame.index += 1;
    return this.#note([...frame.path, frame.index - 1], own);
  }

  #note(path: Path, place: Place): Path {
    this.#places.set(JSON.stringify(path), place);
    return path;
  }
}
