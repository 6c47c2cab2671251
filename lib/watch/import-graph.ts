import { createHash } from 'node:crypto';
import { closeSync, constants, fstatSync, openSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { jsonnetFacts, type JsonnetFacts } from './jsonnet-facts.ts';
import { jsonnetStrings } from './jsonnet-imports.ts';
import { PlaceFinder } from './places.ts';
import { realPathOf } from './real-path.ts';

/** Where the imports of an environment begin. */
export interface GraphStart {
  /** Folder of the environment, absolute. */
  readonly base: string;
  /** The entrypoint, absolute. */
  readonly main: string;
  /** Jsonnet that tk evaluates besides, such as the code of `--tla-code`: what it imports is relative to the root. */
  readonly code: readonly string[];
}

/** What one environment imports, directly or not. */
export interface Reach {
  /** Of the paths and contents of all that is imported, and of where links on the way lead: the same in every process. */
  readonly digest: string;
  /** Differs also when something was written and is as before. Of use only within one process. */
  readonly stamp: string;
  /** Whether all could be read: else what tk makes of it is not known. */
  readonly isReadable: boolean;
  /** The files that ask for anything besides imports. */
  readonly facts: readonly FileFacts[];
  /** The Jsonnet among what is imported, absolute. */
  sources(): readonly string[];
  /**
   * Whether what is imported may change when something is made, changed or removed.
   *
   * @param changed absolute paths without links, of files or links.
   */
  dependsOn(changed: ReadonlySet<string>): boolean;
}

/** A Jsonnet file, and what it asks for besides imports. */
export interface FileFacts extends JsonnetFacts {
  /** Absolute. */
  readonly file: string;
}

interface Content {
  /** sha256 of the bytes in hex; in words why there are none; undefined where nothing is. */
  readonly hash: string | undefined;
  readonly stamp: string;
  readonly isReadable: boolean;
  /** Until the file is scanned. */
  bytes: Buffer;
}

/** What is reached from a file while no environment puts something of its own before it. */
interface Part extends Reach {
  /** By first segment, the imports that are not found beside the importing file: an environment's folder comes before lib. */
  readonly loose: ReadonlyMap<string, readonly string[]>;
}

const NO_BYTES = Buffer.alloc(0);
const ABSENT: Content = { hash: undefined, stamp: '', isReadable: true, bytes: NO_BYTES };
/** Opening a pipe would wait for its writer. Windows has no such flag. */
const READ = constants.O_RDONLY | ((constants.O_NONBLOCK as number | undefined) ?? 0);

/**
 * The imports of all environments of a project, as they are on disk when they are first asked for. Each file is read, hashed
 * and scanned once, and what the environments share is followed once: they differ in what their own folders hold, and that
 * is looked up. It finds what `DependencyScanner` finds, for many environments and without watching.
 */
export class ImportGraph {
  readonly #root: string;
  readonly #contents = new Map<string, Content>();
  readonly #facts = new Map<string, FileFacts & ReturnType<typeof jsonnetStrings>>();
  readonly #names = new Map<string, ReadonlySet<string> | undefined>();
  readonly #folders = new Map<string, string>();
  readonly #parts = new Map<string, Part>();
  readonly #finder: PlaceFinder;

  /** @param root project root, absolute. */
  constructor(root: string) {
    this.#root = root;
    this.#finder = new PlaceFinder(realPathOf(root));
  }

  /** Follows the imports of an environment. What cannot be read is followed no further. */
  reach({ base, main, code }: GraphStart): Reach {
    const walk = new Walk(this, this.#root, base);
    for (const text of code) walk.addImports(this.#root, jsonnetStrings(text).imports);
    walk.follow(main);
    return walk.end();
  }

  /** The content of a file, as it was when it was first asked for. */
  content(file: string): Content {
    const known = this.#contents.get(file);
    if (known !== undefined) return known;
    const content = this.#mayBeThere(file) ? readContent(file) : ABSENT;
    this.#contents.set(file, content);
    return content;
  }

  /** What a Jsonnet file imports and asks for. */
  facts(file: string): FileFacts & ReturnType<typeof jsonnetStrings> {
    const known = this.#facts.get(file);
    if (known !== undefined) return known;
    const content = this.content(file);
    const text = content.bytes.toString('utf8');
    content.bytes = NO_BYTES;
    const facts = { file, ...jsonnetFacts(text), ...jsonnetStrings(text) };
    this.#facts.set(file, facts);
    return facts;
  }

  /** Where a folder is, when a link leads there; else ''. */
  link(folder: string): string {
    const known = this.#folders.get(folder);
    if (known !== undefined) return known;
    const real = realPathOf(folder);
    const link = real === folder ? '' : real;
    this.#folders.set(folder, link);
    return link;
  }

  /** Whether a path, or a link on the way to where it is, is among those changed. */
  leadsOver(file: string, changed: ReadonlySet<string>): boolean {
    const { ends, ways } = this.#finder.find(file);
    return [...ends, ...ways].some(({ folder, name }) => changed.has(path.join(folder, name)));
  }

  /** What is reached from a file that no environment has for its own. */
  part(file: string): Part {
    const known = this.#parts.get(file);
    if (known !== undefined) return known;
    const walk = new Walk(this, this.#root, undefined);
    walk.follow(file);
    const part = { ...walk.end(), loose: walk.loose };
    this.#parts.set(file, part);
    return part;
  }

  /** Whether an environment puts a file before one that a part takes from lib or vendor. */
  isOverridden({ loose }: Part, base: string): boolean {
    const names = this.names(base);
    const isVendoring = names?.has('vendor') ?? true;
    for (const [first, imports] of loose) {
      const isNear = first.startsWith('.') || (names?.has(first) ?? true);
      if (!isNear && !isVendoring) continue;
      for (const one of imports) {
        if (isNear && this.content(path.join(base, one)).hash !== undefined) return true;
        if (isVendoring && this.content(path.join(base, 'vendor', one)).hash !== undefined)
          return true;
      }
    }
    return false;
  }

  /** In lower case, since some file systems take `Lib` for `lib`. @returns undefined when they cannot be listed. */
  names(folder: string): ReadonlySet<string> | undefined {
    if (this.#names.has(folder)) return this.#names.get(folder);
    const names = namesIn(folder);
    this.#names.set(folder, names);
    return names;
  }

  #mayBeThere(file: string): boolean {
    return this.names(path.dirname(file))?.has(path.basename(file).toLowerCase()) ?? true;
  }
}

/** One way through the graph: from an environment, or from a file as all environments see it. */
class Walk {
  readonly loose = new Map<string, string[]>();
  readonly #graph: ImportGraph;
  readonly #root: string;
  readonly #base: string | undefined;
  /** Where an import is looked for after the folder of the importing file. Source: tk v0.38, pkg/jsonnet/jpath. */
  readonly #jpath: readonly string[];
  readonly #places = new Set<string>();
  readonly #lines = new Set<string>();
  readonly #stamps: string[] = [];
  readonly #facts: FileFacts[] = [];
  readonly #parts = new Set<Part>();
  readonly #followed = new Set<string>();
  readonly #waiting: string[] = [];
  #isReadable = true;
  /** The last answer: a part is asked once for each environment. */
  #asked: { readonly changed: ReadonlySet<string>; readonly isReached: boolean } | undefined;

  constructor(graph: ImportGraph, root: string, base: string | undefined) {
    this.#graph = graph;
    this.#root = root;
    this.#base = base;
    const [lib, vendor] = [path.join(root, 'lib'), path.join(root, 'vendor')];
    this.#jpath =
      base === undefined ? [lib, vendor] : [base, lib, path.join(base, 'vendor'), vendor];
  }

  /** Follows all imports from a file on. */
  follow(start: string): void {
    this.#places.add(start);
    this.#take(start);
    this.#waiting.push(start);
    for (let file = this.#waiting.pop(); file !== undefined; file = this.#waiting.pop()) {
      if (this.#followed.has(file)) continue;
      this.#followed.add(file);
      if (this.#takePart(file)) continue;
      const facts = this.#graph.facts(file);
      if (facts.natives.length + facts.mentions.length > 0) this.#facts.push(facts);
      this.addImports(path.dirname(file), facts.imports);
    }
  }

  /** Adds what a text in a folder imports. */
  addImports(folder: string, imports: ReturnType<typeof jsonnetStrings>['imports']): void {
    for (const imported of imports) {
      const found = this.#search(folder, imported.path);
      if (found === undefined) continue;
      this.#take(found);
      if (imported.kind === 'import') this.#waiting.push(found);
    }
  }

  end(): Reach {
    const lines = [...this.#lines];
    for (const { digest } of this.#parts) lines.push(`part ${digest}`);
    const stamps = [...this.#stamps, ...[...this.#parts].map(({ stamp }) => stamp)];
    const parts = [...this.#parts];
    return {
      digest: sha256(lines.sort().join('\n')),
      stamp: sha256(stamps.sort().join('\n')),
      isReadable: this.#isReadable && parts.every((part) => part.isReadable),
      facts: [...this.#facts, ...parts.flatMap(({ facts }) => facts)],
      sources: () => [...this.#followed, ...parts.flatMap((part) => part.sources())],
      dependsOn: (changed) =>
        this.#isReached(changed) ||
        [...changed].some((file) => this.#isOverride(file)) ||
        parts.some((part) => part.dependsOn(changed)),
    };
  }

  #isReached(changed: ReadonlySet<string>): boolean {
    if (this.#asked?.changed === changed) return this.#asked.isReached;
    const isReached = [...this.#places].some((file) => this.#graph.leadsOver(file, changed));
    this.#asked = { changed, isReached };
    return isReached;
  }

  /** Something new in the folder of the environment may come before what its libraries take from elsewhere. */
  #isOverride(file: string): boolean {
    if (this.#base === undefined) return false;
    const base = realPathOf(this.#base);
    return [base, path.join(base, 'vendor')].some((folder) => {
      const relative = path.relative(folder, file);
      const first = relative.split(path.sep, 1)[0]?.toLowerCase() ?? '';
      return [...this.#parts].some(({ loose }) => loose.get(first)?.includes(relative) === true);
    });
  }

  /** @returns whether all that the file reaches is taken as one. */
  #takePart(file: string): boolean {
    const base = this.#base;
    if (base === undefined || file.startsWith(base + path.sep)) return false;
    const part = this.#graph.part(file);
    if (this.#graph.isOverridden(part, base)) return false;
    this.#parts.add(part);
    return true;
  }

  /** Where tk finds an import: it looks on until there is something, be it of no use. */
  #search(folder: string, imported: string): string | undefined {
    // As in Go, `..` is resolved in the text and not on the disk.
    if (path.isAbsolute(imported)) return this.#isThere(path.normalize(imported));
    const beside = this.#isThere(path.join(folder, imported));
    if (beside !== undefined) return beside;
    this.#addLoose(path.normalize(imported));
    for (const place of this.#jpath) {
      const found = this.#isThere(path.join(place, imported));
      if (found !== undefined) return found;
    }
    return undefined;
  }

  #isThere(file: string): string | undefined {
    this.#places.add(file);
    return this.#graph.content(file).hash === undefined ? undefined : file;
  }

  #addLoose(imported: string): void {
    const [first = ''] = imported.split(path.sep, 1);
    const known = this.loose.get(first.toLowerCase());
    if (known === undefined) this.loose.set(first.toLowerCase(), [imported]);
    else if (!known.includes(imported)) known.push(imported);
  }

  #take(file: string): void {
    const { hash = 'missing', stamp, isReadable } = this.#graph.content(file);
    this.#isReadable &&= isReadable;
    const folder = path.dirname(file);
    const link = this.#graph.link(folder);
    const line = `file ${JSON.stringify(path.relative(this.#root, file))} ${hash}`;
    if (this.#lines.has(line)) return;
    this.#lines.add(line);
    this.#stamps.push(`${file} ${stamp}`);
    if (link !== '')
      this.#lines.add(`link ${JSON.stringify([path.relative(this.#root, folder), link])}`);
  }
}

/** Reads a file and when it was last written, of the same opening. */
function readContent(file: string): Content {
  let descriptor: number | undefined;
  try {
    descriptor = openSync(file, READ);
    const stats = fstatSync(descriptor, { bigint: true });
    if (!stats.isFile()) return { ...ABSENT, hash: 'special', isReadable: false };
    const bytes = readFileSync(descriptor);
    const stamp = `${stats.ino} ${stats.size} ${stats.mtimeNs} ${stats.ctimeNs}`;
    return { hash: sha256(bytes), stamp, isReadable: true, bytes };
  } catch (error) {
    const { code = 'unreadable' } = error as NodeJS.ErrnoException;
    return code === 'ENOENT' ? ABSENT : { ...ABSENT, hash: code, isReadable: false };
  } finally {
    if (descriptor !== undefined) closeSync(descriptor);
  }
}

function namesIn(folder: string): ReadonlySet<string> | undefined {
  try {
    return new Set(readdirSync(folder).map((name) => name.toLowerCase()));
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'ENOENT' ? new Set() : undefined;
  }
}

function sha256(content: string | Uint8Array): string {
  return createHash('sha256').update(content).digest('hex');
}
