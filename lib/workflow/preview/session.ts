import { existsSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { setImmediate as turnOfTheLoop } from 'node:timers/promises';
import { CONFIG_FILE } from '../../config/load-config.ts';
import { Failure } from '../../finding/failure.ts';
import type {
  CompareBase,
  Comparison,
  Notice,
  PreviewEnvironment,
  PreviewEvent,
  PreviewSession,
} from '../../preview/preview-session.ts';
import { PROJECT_LOCK } from '../../sources/pinned-stores.ts';
import { findEnvironment } from '../../tanka/find-environment.ts';
import { MAIN_FILE } from '../../tanka/find-main-directories.ts';
import { ROOT_FILES } from '../../tanka/project.ts';
import { DependencyScanner } from '../../watch/dependencies.ts';
import { createFileWatcher, type FileWatcher, type Save } from '../../watch/file-watcher.ts';
import { openChecks } from '../check-rendering.ts';
import { chosenEnvironments, type ChosenEnvironment } from '../chosen-environments.ts';
import { generate } from '../generate.ts';
import { openProject } from '../project.ts';
import { Comparer } from './comparer.ts';
import { Dependents } from './dependents.ts';
import { environmentId, EnvironmentPreview } from './environment-preview.ts';
import type { PreviewOptions } from './preview-options.ts';
import { RenderQueue } from './render-queue.ts';
import { failureOf, type Checks } from './render-run.ts';

/** What a notice is about: a newer one takes the place of an older one. */
type Topic = 'project' | 'declarations' | 'environments' | 'watcher';

/** Joins the watching of files, the rendering of environments, and those who show them. */
export class Session implements PreviewSession {
  readonly #options: PreviewOptions;
  #checks: Checks;
  readonly #environments = new Map<string, EnvironmentPreview>();
  readonly #dependents = new Dependents();
  readonly #scanner = new DependencyScanner();
  readonly #watcher: FileWatcher;
  readonly #queue: RenderQueue;
  readonly #comparer: Comparer;
  readonly #listeners = new Set<(event: PreviewEvent) => void>();
  readonly #notices = new Map<Topic, Notice>();
  /** Ends what is done for the project as a whole. */
  readonly #ending = new AbortController();
  /** What is done for the project as a whole, one after the other. */
  #work: Promise<void> = Promise.resolve();
  #isListWaiting = false;
  /** Watching follows what the environments depend on, at most once a turn of the event loop. */
  #rewatching: Promise<void> | undefined;
  #closing: Promise<void> | undefined;
  /** The newest scan of each environment: an older one may end after it. */
  readonly #scans = new Map<string, symbol>();

  constructor(checks: Checks, options: PreviewOptions) {
    this.#checks = checks;
    this.#options = options;
    this.#comparer = new Comparer(checks, options.onProgress);
    this.#watcher = createFileWatcher({
      root: checks.project.root,
      poll: options.poll ?? false,
      onNotice: (notice) => this.#notify('watcher', { severity: 'information', ...notice }),
    });
    this.#queue = new RenderQueue(
      async (id, save, signal) => this.#environments.get(id)?.render(save, this.#checks, signal),
      os.availableParallelism(),
    );
  }

  get root(): string {
    return this.#checks.project.root;
  }

  get kubernetes(): string {
    return this.#checks.upstream.kubernetes;
  }

  /** Starts to watch, and asks for the first renders. It ends with the signal of the options, or by `close`. */
  async start(chosen: readonly ChosenEnvironment[]): Promise<void> {
    const end = (): void => void this.close();
    this.#options.signal?.addEventListener('abort', end, { signal: this.#ending.signal });
    this.#watcher.onSave((save) => this.#onSave(save));
    await Promise.all(chosen.map(async (one) => this.#add(one)));
    await this.#rewatch();
    for (const id of this.#environments.keys()) this.#queue.add(id);
  }

  environments(): readonly PreviewEnvironment[] {
    return [...this.#environments.values()].map(({ state }) => state);
  }

  notices(): readonly Notice[] {
    return [...this.#notices.values()];
  }

  subscribe(listener: (event: PreviewEvent) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  async compare(id: string, base: CompareBase, signal?: AbortSignal): Promise<Comparison> {
    const environment = this.#environments.get(id);
    if (environment === undefined)
      throw new Failure('usage', `the environment ${id} is not in the preview`, {
        hint: `It shows ${[...this.#environments.keys()].join(', ')}.`,
      });
    return this.#comparer.compare(environment, base, this.#checks, signal);
  }

  refresh(): void {
    this.#renderAgain(this.#environments.keys(), { files: [], startedAt: performance.now() });
  }

  async close(): Promise<void> {
    this.#closing ??= this.#close();
    return this.#closing;
  }

  async #close(): Promise<void> {
    this.#listeners.clear();
    this.#ending.abort(new Failure('interrupted', 'the preview was closed'));
    this.#watcher.close();
    await Promise.all([this.#queue.close(), this.#comparer.close(), this.#work, this.#rewatching]);
  }

  #onSave(save: Save): void {
    const others = save.files.filter((file) => !this.#isOfProject(file));
    if (others.length < save.files.length) this.#inTurn(async () => this.#reload(save, others));
    else this.#take(others, save);
  }

  /** What the project itself is made of did not change: those that depend on the files are rendered. */
  #take(files: readonly string[], save: Save): void {
    if (files.some((file) => this.#isDeclaration(file))) this.#inTurn(async () => this.#generate());
    const dependents = this.#dependents.of(files);
    if (files.some((file) => this.#isListed(file)) || dependents.some((id) => this.#isInline(id)))
      this.#listSoon();
    this.#renderAgain(dependents, save);
  }

  #renderAgain(ids: Iterable<string>, save: Save): void {
    for (const id of ids) {
      this.#environments.get(id)?.expectRender();
      this.#queue.add(id, save);
      // What it depends on is known long before tk has rendered it.
      void this.#scan(id);
    }
  }

  /** tankard.yaml, tankard.lock and what marks the root of the project: all environments depend on them. */
  #isOfProject(file: string): boolean {
    const names = [CONFIG_FILE, PROJECT_LOCK, ...ROOT_FILES];
    return path.dirname(file) === this.root && names.includes(path.basename(file));
  }

  #isDeclaration(file: string): boolean {
    const folder = this.#declarations();
    return folder !== undefined && file.startsWith(folder + path.sep);
  }

  #declarations(): string | undefined {
    const { generate: wanted } = this.#checks.project.config;
    return wanted && path.join(this.root, wanted.declarations);
  }

  /** Whether a save may have made or removed environments, where all of the project are shown. */
  #isListed(file: string): boolean {
    if (this.#isChosenByName() || !['spec.json', MAIN_FILE].includes(path.basename(file)))
      return false;
    const folder = path.relative(this.root, path.dirname(file)).split(path.sep).join('/');
    const isKnown = [...this.#environments.values()].some(({ chosen }) => chosen.path === folder);
    // With a spec.json there is one environment, whatever main.jsonnet says; else its names are part of what it evaluates to.
    const isStatic = [MAIN_FILE, 'spec.json'].every((name) =>
      existsSync(path.join(this.root, folder, name)),
    );
    return !isKnown || !isStatic || this.#notices.has('environments');
  }

  /** Which environments such a file has is part of what it evaluates to. */
  #isInline(id: string): boolean {
    const folder = this.#environments.get(id)?.chosen.path;
    return folder !== undefined && !existsSync(path.join(this.root, folder, 'spec.json'));
  }

  #isChosenByName(): boolean {
    return (this.#options.environments ?? []).length > 0;
  }

  #inTurn(step: () => Promise<void>): void {
    this.#work = this.#after(this.#work, step);
  }

  /** A list that waits for its turn is one for all saves until then. */
  #listSoon(): void {
    if (this.#isListWaiting) return;
    this.#isListWaiting = true;
    this.#inTurn(async () => {
      this.#isListWaiting = false;
      await this.#list();
    });
  }

  async #after(work: Promise<void>, step: () => Promise<void>): Promise<void> {
    await work;
    if (!this.#ending.signal.aborted) await step();
  }

  /** @param others what was saved at once with the files of the project, as `git checkout` does. */
  async #reload(save: Save, others: readonly string[]): Promise<void> {
    const options = { ...this.#options, signal: this.#ending.signal };
    try {
      const project = await openProject({ ...options, cwd: this.root });
      const upstream = await openChecks(project, options);
      this.#checks = { ...this.#checks, project, upstream };
      this.#notify('project', undefined);
    } catch (error) {
      this.#fail('project', error);
      // What was read before holds.
      this.#take(others, save);
      return;
    }
    // It may name other folders of environments and declarations.
    await this.#rewatch();
    if (others.some((file) => this.#isDeclaration(file))) await this.#generate();
    await this.#list();
    this.#renderAgain(this.#environments.keys(), save);
  }

  /** Writes what tankard.yaml has generated; whatever changes in it is a save of its own. */
  async #generate(): Promise<void> {
    try {
      await generate({ root: this.root, signal: this.#ending.signal });
      this.#notify('declarations', undefined);
    } catch (error) {
      this.#fail('declarations', error);
    }
  }

  /** Looks which environments there are now. */
  async #list(): Promise<void> {
    if (this.#isChosenByName()) return;
    try {
      const { args, signal } = { ...this.#checks, signal: this.#ending.signal };
      const listed = await chosenEnvironments(this.#checks.project, { args, signal });
      this.#notify('environments', undefined);
      await this.#keep(listed);
    } catch (error) {
      this.#fail('environments', error);
    }
  }

  async #keep(listed: readonly ChosenEnvironment[]): Promise<void> {
    const wanted = new Set(listed.map(environmentId));
    // A file that is broken has no inline environments by name: those that it had are shown as broken.
    const broken = new Set(listed.filter(({ name }) => name === undefined).map((one) => one.path));
    const gone = [...this.#environments.values()].filter(
      ({ chosen, state }) =>
        !wanted.has(state.id) && !(chosen.name !== undefined && broken.has(chosen.path)),
    );
    for (const { state } of gone) this.#remove(state.id);
    const kept = new Set([...this.#environments.values()].map(({ chosen }) => chosen.path));
    const fresh = listed.filter(
      (one) =>
        !this.#environments.has(environmentId(one)) &&
        !(one.name === undefined && kept.has(one.path)),
    );
    await Promise.all(fresh.map(async (one) => this.#add(one)));
    for (const one of fresh) this.#queue.add(environmentId(one));
    if (gone.length > 0 || fresh.length > 0) this.#tell({ type: 'environments' });
  }

  #remove(id: string): void {
    this.#environments.delete(id);
    this.#dependents.delete(id);
    this.#scans.delete(id);
    this.#queue.drop(id);
  }

  async #add(chosen: ChosenEnvironment): Promise<void> {
    const environment = new EnvironmentPreview(chosen, {
      onUpdate: (update) => this.#tell({ type: 'update', update }),
      onChange: (id) => this.#tell({ type: 'environment', id }),
      listed: async () => this.#work,
    });
    this.#environments.set(environment.state.id, environment);
    await this.#scan(environment.state.id);
  }

  /** Looks what an environment depends on. One that is gone keeps what it depended on: it may come back. */
  async #scan(id: string): Promise<void> {
    const chosen = this.#environments.get(id)?.chosen;
    if (chosen === undefined) return;
    const own = Symbol(id);
    this.#scans.set(id, own);
    try {
      const { base, main } = await findEnvironment(this.root, chosen.path);
      const files = argumentFiles(this.#checks.args, this.root);
      const dependencies = await this.#scanner.scan({ root: this.root, base, main, files });
      if (this.#scans.get(id) !== own) return;
      if (this.#dependents.set(id, dependencies)) await this.#rewatch();
    } catch (error) {
      // Rendering says what is wrong with an environment that is not there.
      if (!(error instanceof Failure)) this.#fail('watcher', error);
    }
  }

  async #rewatch(): Promise<void> {
    this.#rewatching ??= this.#watchSoon();
    return this.#rewatching;
  }

  async #watchSoon(): Promise<void> {
    await turnOfTheLoop();
    this.#rewatching = undefined;
    if (!this.#ending.signal.aborted) await this.#watcher.update(this.#watched());
  }

  #watched(): { readonly files: Set<string>; readonly folders: Set<string> } {
    const { files, folders } = this.#dependents.all();
    const { config } = this.#checks.project;
    const ofProject = [CONFIG_FILE, PROJECT_LOCK, ...ROOT_FILES];
    const declarations = this.#declarations();
    const environments = path.join(this.root, config.environments ?? 'environments');
    return {
      files: new Set([...files, ...ofProject.map((name) => path.join(this.root, name))]),
      folders: new Set([
        ...folders,
        ...(declarations === undefined ? [] : [declarations]),
        // New environments come there.
        ...(this.#isChosenByName() ? [] : [environments]),
      ]),
    };
  }

  #fail(topic: Topic, error: unknown): void {
    if (this.#ending.signal.aborted) return;
    const { message, hint } = failureOf(error);
    this.#notify(topic, { severity: 'error', message, ...(hint === undefined ? {} : { hint }) });
  }

  /** @param notice undefined when what was said before holds no longer. */
  #notify(topic: Topic, notice: Notice | undefined): void {
    if (notice === undefined) {
      if (this.#notices.delete(topic)) this.#tell({ type: 'environments' });
      return;
    }
    this.#notices.set(topic, notice);
    this.#tell({ type: 'notice', notice });
  }

  #tell(event: PreviewEvent): void {
    for (const listener of this.#listeners) listener(event);
  }
}

/** The files that arguments of tk name, absolute. */
function argumentFiles(args: Checks['args'], root: string): string[] {
  const { extStrFile = [], extCodeFile = [], tlaStrFile = [], tlaCodeFile = [] } = args;
  return [...extStrFile, ...extCodeFile, ...tlaStrFile, ...tlaCodeFile].map((argument) =>
    path.resolve(root, argument.slice(argument.indexOf('=') + 1)),
  );
}
