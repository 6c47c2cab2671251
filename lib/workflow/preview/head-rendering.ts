import { existsSync } from 'node:fs';
import { mkdtemp, realpath, rm, unlink } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { type Config, loadConfig } from '../../config/load-config.ts';
import { Failure } from '../../finding/failure.ts';
import type { Finding } from '../../finding/finding.ts';
import { parseManifests } from '../../manifest/parse-manifests.ts';
import { libraryDirectory, readLibraryKey } from '../../output/library-folder.ts';
import type { Rendering } from '../../preview/preview-session.ts';
import type { TankaArguments } from '../../tanka/arguments.ts';
import { findEnvironment } from '../../tanka/find-environment.ts';
import { listEnvironments } from '../../tanka/list-environments.ts';
import { isUnknownName } from '../../tanka/usage-problem.ts';
import type { Project } from '../project.ts';
import { ensureLibraries } from '../restore.ts';
import { render } from '../show.ts';
import { copyCommit, type CommitCopy } from './copy-commit.ts';
import { headCommit, openRepository, type Repository } from './git.ts';

/** An environment as the last commit has it. */
export interface HeadRendering {
  /** `HEAD (12fc616)`, of a commit that was asked for `12fc616`; for an environment that it does not have, `HEAD (12fc616), which does not have it`. */
  readonly label: string;
  /** Empty when the commit does not have the environment. */
  readonly rendering: Rendering;
}

/** Which environment is rendered. */
export interface HeadEnvironment {
  /** Path relative to the project root. */
  readonly path: string;
  /** Of an inline environment. */
  readonly name?: string;
}

/** What is the same for all environments. */
export interface HeadOptions {
  readonly args?: TankaArguments;
  /** Rendered in place of the last commit: its whole hash. */
  readonly commit?: string;
  /** Told what takes long, one line at a time without a newline. */
  readonly onProgress?: (line: string) => void;
}

/** A commit that was copied, and who uses the copy. */
interface Copied {
  readonly commit: string;
  readonly folder: Promise<string>;
  readonly copy: Promise<CommitCopy>;
  readonly rendered: Map<string, HeadRendering>;
  users: number;
  isCurrent: boolean;
}

const NOTHING: Rendering = { yaml: Buffer.alloc(0), manifests: [] };

/**
 * Renders environments as the last commit of the project's repository has them, or another one. Nothing is written to the repository or the
 * work tree: the commit is copied to a temporary folder (see `copyCommit`), once for as long as it is the last one.
 */
export class HeadBase {
  readonly #project: Project;
  readonly #options: HeadOptions;
  readonly #closing = new AbortController();
  readonly #running = new Set<Promise<unknown>>();
  #current: Copied | undefined;

  /** @param project whose root, tk and time limit are used; tankard.yaml and the libraries are those of the commit. */
  constructor(project: Project, options: HeadOptions = {}) {
    this.#project = project;
    this.#options = options;
  }

  /**
   * Renders an environment. HEAD is looked up each time; what was rendered of the same commit before is given again.
   *
   * @throws Failure `usage` without git, a repository or a commit, and when the commit does not render: its message has the
   *   first finding; as `copyCommit`, `ensureLibraries` and `showEnvironment`; `interrupted` on abort, or after `close`.
   */
  async render(environment: HeadEnvironment, signal?: AbortSignal): Promise<HeadRendering> {
    return this.#onCopy(signal, async (copied, either) => {
      const key = JSON.stringify([environment.path, environment.name]);
      const known = copied.rendered.get(key);
      if (known !== undefined) return known;
      const rendering = await this.#render(copied, environment, either);
      copied.rendered.set(key, rendering);
      return rendering;
    });
  }

  /**
   * The environments that the commit has in a folder; none where it cannot be evaluated, which rendering them says.
   *
   * @param folder of a main.jsonnet, relative to the project root.
   * @throws Failure as `copyCommit` and `ensureLibraries`; `interrupted` on abort, or after `close`.
   */
  async environmentsIn(folder: string, signal?: AbortSignal): Promise<HeadEnvironment[]> {
    return this.#onCopy(signal, async (copied, either) => {
      const copy = await copied.copy;
      if (!(await hasEnvironment(copy.root, folder))) return [];
      const config = await loadConfig(copy.root);
      await this.#ensureLibraries(copy, config, either);
      const { tk } = this.#project;
      const { args = {} } = this.#options;
      const entries = await listEnvironments({
        tk,
        root: copy.root,
        under: folder,
        args,
        signal: either,
      });
      return entries
        .filter((entry) => entry.path === folder)
        .map(({ name, inline }) =>
          inline && name !== folder ? { path: folder, name } : { path: folder },
        );
    });
  }

  async #onCopy<T>(
    signal: AbortSignal | undefined,
    use: (copied: Copied, signal: AbortSignal) => Promise<T>,
  ): Promise<T> {
    const either = AbortSignal.any([
      this.#closing.signal,
      ...(signal === undefined ? [] : [signal]),
    ]);
    const work = this.#useCopy(either, use);
    this.#running.add(work);
    return work.finally(() => this.#running.delete(work));
  }

  /** Ends what is being rendered, and removes the copy. */
  async close(): Promise<void> {
    this.#closing.abort();
    const last = this.#retire();
    await Promise.allSettled(this.#running);
    if (last !== undefined) await removeUnused(last);
  }

  async #useCopy<T>(
    signal: AbortSignal,
    use: (copied: Copied, signal: AbortSignal) => Promise<T>,
  ): Promise<T> {
    const repository = await openRepository(this.#project.root, signal);
    const commit = this.#options.commit ?? (await headCommit(repository, signal));
    const copied = this.#use(repository, commit);
    try {
      return await use(copied, signal);
    } finally {
      copied.users -= 1;
      await removeUnused(copied);
    }
  }

  async #render(
    copied: Copied,
    { path: environment, name }: HeadEnvironment,
    signal: AbortSignal,
  ): Promise<HeadRendering> {
    const short = copied.commit.slice(0, 7);
    const label = this.#options.commit === undefined ? `HEAD (${short})` : short;
    const absent = { label: `${label}, which does not have it`, rendering: NOTHING };
    const args = { ...this.#options.args, ...(name === undefined ? {} : { name }) };
    try {
      const copy = await copied.copy;
      if (!(await hasEnvironment(copy.root, environment))) return absent;
      const config = await loadConfig(copy.root);
      await this.#ensureLibraries(copy, config, signal);
      const project = { ...this.#project, root: copy.root, config };
      const { yaml, findings } = await render(project, environment, { args, signal });
      const error = findings.find(({ severity }) => severity === 'error');
      if (error !== undefined && yaml.length === 0) throw evaluationFailure(error, copy.root);
      return { label, rendering: { yaml, manifests: parseManifests(yaml.toString('utf8')) } };
    } catch (error) {
      const isFailure = error instanceof Failure;
      if (isFailure && isUnknownName(error.message, name)) return absent;
      if (isFailure && error.kind === 'interrupted') throw error;
      // What was missing may be there the next time, to be linked into another copy.
      if (this.#current === copied) this.#retire();
      if (!isFailure) throw error;
      throw await this.#explain(label, error, copied);
    }
  }

  /** In messages the copy is the project: nobody knows of the copy, or can mend anything there. */
  async #explain(
    label: string,
    { kind, message, hint }: Failure,
    copied: Copied,
  ): Promise<Failure> {
    const root = (await copied.copy.catch(() => undefined))?.root;
    const ownPaths = (text: string): string =>
      root === undefined ? text : text.replaceAll(root, this.#project.root);
    return new Failure(
      kind,
      `${label} does not render: ${ownPaths(message)}`,
      hint === undefined ? {} : { hint: ownPaths(hint) },
    );
  }

  async #ensureLibraries(
    { root, libraries }: CommitCopy,
    config: Config,
    signal: AbortSignal,
  ): Promise<void> {
    for (const [name, key] of libraries)
      // An import may have replaced the one that the link leads to; then the commit's is made anew.
      if (readLibraryKey(root, name) !== key)
        await unlink(libraryDirectory(root, name)).catch(() => undefined);
    const { onProgress } = this.#options;
    await ensureLibraries({
      root,
      config,
      signal,
      ...(onProgress === undefined ? {} : { onProgress }),
    });
  }

  /** The copy of a commit, made when it is another one than before; whoever gets it gives it back. */
  #use(repository: Repository, commit: string): Copied {
    if (this.#current?.commit !== commit) {
      const old = this.#retire();
      if (old !== undefined) void removeUnused(old);
      this.#current = this.#copy(repository, commit);
    }
    this.#current.users += 1;
    return this.#current;
  }

  #retire(): Copied | undefined {
    const old = this.#current;
    this.#current = undefined;
    if (old !== undefined) old.isCurrent = false;
    return old;
  }

  #copy(repository: Repository, commit: string): Copied {
    const folder = mkdtemp(path.join(os.tmpdir(), 'tankard-head-')).then((made) => realpath(made));
    const { signal } = this.#closing;
    const copy = folder.then((made) => copyCommit(repository, { commit, folder: made, signal }));
    // Those who render await it; nobody may when the preview is closed.
    copy.catch(() => undefined);
    return { commit, folder, copy, rendered: new Map(), users: 0, isCurrent: true };
  }
}

/** By tk's rules: a folder below the one with main.jsonnet stands for it too. */
async function hasEnvironment(root: string, environment: string): Promise<boolean> {
  if (!existsSync(root)) return false;
  return findEnvironment(root, environment).then(
    () => true,
    (error: unknown) => {
      if (error instanceof Failure) return false;
      throw error;
    },
  );
}

async function removeUnused({ users, isCurrent, folder, copy }: Copied): Promise<void> {
  if (users > 0 || isCurrent) return;
  await copy.catch(() => undefined);
  const made = await folder.catch(() => undefined);
  // What cannot be removed is left to the system, as all temporary folders are.
  if (made !== undefined)
    await rm(made, { recursive: true, force: true, maxRetries: 3 }).catch(() => undefined);
}

function evaluationFailure({ message, location }: Finding, root: string): Failure {
  const place =
    location === undefined
      ? ''
      : ` (${path.relative(root, location.file)}:${location.line}:${location.column})`;
  return new Failure('usage', `${message}${place}`, {
    hint: 'Compare with the last save instead, until a commit renders.',
  });
}
