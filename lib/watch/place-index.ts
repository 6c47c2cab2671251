import type { Place, Places } from './places.ts';

/** The watched paths that have something at a name of a folder. */
interface Entry {
  readonly ends: Set<string>;
  readonly ways: Set<string>;
}

/** Finds the watched paths that an event in a folder is about. */
export class PlaceIndex {
  readonly #places = new Map<string, Places>();
  readonly #folders = new Map<string, Map<string, Entry>>();

  /** Adds a path, or gives it new places. */
  set(file: string, places: Places): void {
    this.delete(file);
    this.#places.set(file, places);
    for (const end of places.ends) this.#entry(end).ends.add(file);
    for (const way of places.ways) this.#entry(way).ways.add(file);
  }

  delete(file: string): void {
    const places = this.#places.get(file);
    if (places === undefined) return;
    this.#places.delete(file);
    for (const place of [...places.ends, ...places.ways]) this.#remove(place, file);
  }

  has(file: string): boolean {
    return this.#places.has(file);
  }

  /** All watched paths. */
  files(): string[] {
    return [...this.#places.keys()];
  }

  /** The folders with places. */
  folders(): string[] {
    return [...this.#folders.keys()];
  }

  /** What ends at a name. */
  ends(folder: string, name: string): readonly string[] {
    return [...(this.#folders.get(folder)?.get(name)?.ends ?? [])];
  }

  /** What leads over a name. */
  ways(folder: string, name: string): readonly string[] {
    return [...(this.#folders.get(folder)?.get(name)?.ways ?? [])];
  }

  /** What has a place in a folder. */
  in(folder: string): string[] {
    const entries = [...(this.#folders.get(folder)?.values() ?? [])];
    return [...new Set(entries.flatMap(({ ends, ways }) => [...ends, ...ways]))];
  }

  #entry({ folder, name }: Place): Entry {
    let names = this.#folders.get(folder);
    if (names === undefined) this.#folders.set(folder, (names = new Map<string, Entry>()));
    let entry = names.get(name);
    if (entry === undefined) names.set(name, (entry = { ends: new Set(), ways: new Set() }));
    return entry;
  }

  #remove({ folder, name }: Place, file: string): void {
    const names = this.#folders.get(folder);
    const entry = names?.get(name);
    if (names === undefined || entry === undefined) return;
    entry.ends.delete(file);
    entry.ways.delete(file);
    if (entry.ends.size + entry.ways.size === 0) names.delete(name);
    if (names.size === 0) this.#folders.delete(folder);
  }
}
