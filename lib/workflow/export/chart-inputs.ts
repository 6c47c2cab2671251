import { createHash } from 'node:crypto';
import { readdirSync, readFileSync, statSync } from 'node:fs';
import path from 'node:path';
import { findExecutable } from '../../tools/find-executable.ts';
import type { FileFacts, Reach } from '../../watch/import-graph.ts';
import { jsonnetStrings } from '../../watch/jsonnet-imports.ts';
import { realPathOf } from '../../watch/real-path.ts';
import { programIdentity } from './program-identity.ts';

/** What Helm reads for an environment. */
export interface ChartState {
  readonly digest: string;
  readonly stamp: string;
}

/** The library that makes functions of tk's native ones; whoever imports it need not use them. */
const WRAPPER = `${path.sep}tanka-util${path.sep}`;
/** Folders without input of charts, at any depth. */
const FOREIGN = new Set(['.git', 'node_modules', '.tankard']);
const NONE: ChartState = { digest: '', stamp: '' };

/**
 * What the charts of environments depend on. The name of a chart, and where it is, may be computed: an environment that
 * renders any depends on every file of the project.
 */
export class ChartInputs {
  readonly #root: string;
  readonly #outputs: ReadonlySet<string>;
  readonly #signal: AbortSignal | undefined;
  readonly #outside = new Map<string, boolean>();
  #helm: Promise<ChartState | undefined> | undefined;

  /** @param root project root, absolute. */
  constructor(
    root: string,
    options: { readonly outputs?: readonly string[]; readonly signal?: AbortSignal },
  ) {
    this.#root = root;
    this.#outputs = new Set((options.outputs ?? []).map(realPathOf));
    this.#signal = options.signal;
  }

  /** @returns undefined when it cannot be known: Kustomize takes remote bases, and charts may lie outside the project. */
  async of(reach: Reach): Promise<ChartState | undefined> {
    const use = chartUse(reach);
    if (use !== 'helm') return use === 'none' ? NONE : undefined;
    if (reach.sources().some((file) => this.#leadsOutside(file))) return undefined;
    this.#helm ??= this.#readAll();
    return this.#helm;
  }

  /** Whether a file names a path outside the project: tk takes charts relative to the file that it is told. */
  #leadsOutside(file: string): boolean {
    const known = this.#outside.get(file);
    if (known !== undefined) return known;
    const folder = path.dirname(file);
    const inside = this.#root + path.sep;
    const leads =
      !file.startsWith(inside) ||
      jsonnetStrings(readFileSync(file, 'utf8')).others.some(
        (literal) =>
          /^\.\.(\/|$)/.test(literal) && !`${path.join(folder, literal)}/`.startsWith(inside),
      );
    this.#outside.set(file, leads);
    return leads;
  }

  async #readAll(): Promise<ChartState | undefined> {
    const name = process.env['TANKA_HELM_PATH'];
    const helm = findExecutable(name === undefined || name === '' ? 'helm' : name);
    if (helm === undefined) return undefined;
    const program = await programIdentity(helm, this.#signal);
    const [content, times] = [createHash('sha256').update(program), createHash('sha256')];
    try {
      for (const file of this.#below(this.#root, new Set())) {
        const { ino, size, mtimeNs, ctimeNs } = statSync(file, { bigint: true });
        const hash = createHash('sha256').update(readFileSync(file)).digest('hex');
        content.update(`${JSON.stringify(path.relative(this.#root, file))} ${hash}\n`);
        times.update(`${file} ${ino} ${size} ${mtimeNs} ${ctimeNs}\n`);
      }
    } catch {
      // What Tankard cannot read, Helm may.
      return undefined;
    }
    return { digest: content.digest('hex'), stamp: times.digest('hex') };
  }

  /** All files below a folder, in a fixed order; links are followed, each folder once. */
  #below(folder: string, seen: Set<string>): string[] {
    const real = realPathOf(folder);
    if (seen.has(real) || this.#outputs.has(real)) return [];
    seen.add(real);
    const names = readdirSync(folder).sort();
    return names.flatMap((name) => {
      const file = path.join(folder, name);
      const stats = statSync(file, { throwIfNoEntry: false });
      if (stats?.isDirectory() === true) return FOREIGN.has(name) ? [] : this.#below(file, seen);
      return stats?.isFile() === true ? [file] : [];
    });
  }
}

/** What an environment renders by another program. */
export function chartUse({ facts }: Pick<Reach, 'facts'>): 'none' | 'helm' | 'kustomize' {
  if (uses(facts, 'kustomizeBuild', 'kustomize')) return 'kustomize';
  return uses(facts, 'helmTemplate', 'helm') ? 'helm' : 'none';
}

/** Whether a native function is called, other than by the wrapper that is imported for something else. */
function uses(facts: readonly FileFacts[], native: string, word: string): boolean {
  const callers = facts.filter(({ natives }) => natives.includes(native) || natives.includes('*'));
  const isOwn = ({ file }: FileFacts): boolean => !file.includes(WRAPPER);
  if (callers.some(isOwn)) return true;
  return callers.length > 0 && facts.some((one) => isOwn(one) && one.mentions.includes(word));
}
