import { setImmediate as turnOfTheLoop } from 'node:timers/promises';
import { compareManifests } from '../../compare/compare-manifests.ts';
import { compareFindings, findingsByKey } from '../../finding/finding-changes.ts';
import type { Finding } from '../../finding/finding.ts';
import { shownPath } from '../../finding/shown-path.ts';
import { isLocatable } from '../../locate/locate-findings.ts';
import { learnSecretTexts } from '../../manifest/secret-texts.ts';
import type {
  PreviewEnvironment,
  PreviewUpdate,
  Problem,
  Rendering,
  Snapshot,
} from '../../preview/preview-session.ts';
import type { Save } from '../../watch/file-watcher.ts';
import { acceptByComments } from '../accept-by-comments.ts';
import { checkRendering, type Checked } from '../check-rendering.ts';
import type { ChosenEnvironment } from '../chosen-environments.ts';
import type { Rendered } from '../show.ts';
import type { Later } from './render-queue.ts';
import { failureOf, RenderRun, type Checks } from './render-run.ts';

/** So many manifests take few milliseconds: a save that comes meanwhile does not wait longer. */
const LEARNT_AT_ONCE = 100;

/** Whom an environment tells what happened to it. */
export interface EnvironmentListener {
  onUpdate(update: PreviewUpdate): void;
  onChange(id: string): void;
  /** Asked before a failure is told: settles when it is known which environments there are. */
  listed(): Promise<void>;
}

/** One environment of a preview: its last good state, and what a save does to it. */
export class EnvironmentPreview {
  readonly chosen: ChosenEnvironment;
  readonly #listener: EnvironmentListener;
  #state: PreviewEnvironment;
  #beforeSave: Rendering | undefined;
  #isBroken = false;
  /** Findings of the last good state with their places, those that comments accept among them. */
  #placed: ReadonlyMap<string, Finding> = new Map();

  constructor(chosen: ChosenEnvironment, listener: EnvironmentListener) {
    this.chosen = chosen;
    this.#listener = listener;
    this.#state = { ...chosen, id: environmentId(chosen), status: 'waiting', revision: 0 };
  }

  /** As it is now. */
  get state(): PreviewEnvironment {
    return this.#state;
  }

  /** What it rendered before the last save that could be rendered; absent before the first render. */
  get beforeSave(): Rendering | undefined {
    return this.#beforeSave ?? this.#state.snapshot;
  }

  /** Says that it is to be rendered: what is shown of it may be out of date. One that waits for its first render does so. */
  expectRender(): void {
    if (['current', 'broken'].includes(this.#state.status)) this.#change({ status: 'rendering' });
  }

  /**
   * Renders and validates it, and tells the listener.
   *
   * @param save what asks for it; undefined for the first render.
   * @param signal aborted when the result is no longer wanted: then nothing is told.
   * @returns what can wait until saves pause.
   */
  async render(
    save: Save | undefined,
    checks: Checks,
    signal: AbortSignal,
  ): Promise<Later | undefined> {
    const run = new RenderRun(this.chosen, save, checks, signal);
    if (this.#state.status !== 'rendering') this.#change({ status: 'rendering' });
    return this.#orProblem(run, async () => {
      const rendered = await run.render();
      if (!isRefused(rendered)) return this.#check(rendered, run);
      await this.#showRefused(rendered, run);
      return undefined;
    });
  }

  async #orProblem<Value>(run: RenderRun, work: () => Promise<Value>): Promise<Value | undefined> {
    try {
      return await work();
    } catch (error) {
      // One that was deleted is not broken but gone; that cancels its render.
      await this.#listener.listed();
      if (!run.isCancelled) this.#showProblem({ failure: failureOf(error) }, run);
      return undefined;
    }
  }

  /** tk evaluated nothing: the findings say why. */
  async #showRefused(rendered: Rendered, run: RenderRun): Promise<void> {
    const { environment } = rendered.place;
    const findings = rendered.findings.map((one) => ({ ...one, environment }));
    const { soon, late } = await run.place({ manifests: [], findings }, rendered);
    this.#showProblem({ findings: soon ?? findings }, run);
    if (soon !== undefined) return;
    const placed = await late;
    if (!run.isCancelled) this.#change({ problem: { findings: placed } });
  }

  #showProblem(problem: Problem, run: RenderRun): void {
    const nothing = { changes: [], found: [], gone: [] };
    const update = { ...this.#updateOf(run), ...nothing, problem, isMended: false };
    this.#isBroken = true;
    this.#change({ status: 'broken', problem, update });
    this.#listener.onUpdate(update);
  }

  /**
   * Findings that were there before keep their places until saves pause and the locator has run again, so that a save
   * which brings none is shown at once.
   */
  async #check(rendered: Rendered, run: RenderRun): Promise<Later> {
    const earlier = this.#state.snapshot;
    const checked = await checkRendering(rendered, run.checks.project, {
      ...run.checks,
      ...(earlier === undefined ? {} : { earlier }),
    });
    run.throwIfCancelled();
    const known = withPlaces(checked.findings, this.#placed);
    if (known.isComplete) await this.#show(checked, known.findings, rendered, run);
    else {
      const { soon, late } = await run.place(checked, rendered);
      await this.#show(checked, soon ?? known.findings, rendered, run);
      if (soon === undefined) await this.#replace(checked, await late, rendered, run);
    }
    const mayHaveMoved = known.isComplete && checked.findings.some(isLocatable);
    return async (signal) => {
      const later = run.again(signal);
      await this.#orProblem(later, async () => {
        await learn(checked, later);
        if (mayHaveMoved)
          await this.#replace(checked, await later.placeAll(checked, rendered), rendered, later);
      });
    };
  }

  async #show(
    checked: Checked,
    placed: readonly Finding[],
    rendered: Rendered,
    run: RenderRun,
  ): Promise<void> {
    const judged = await accept(checked, placed, rendered, run);
    const before = this.#state.snapshot;
    const snapshot = { yaml: rendered.yaml, manifests: checked.manifests, ...judged };
    const update: PreviewUpdate = {
      ...this.#updateOf(run),
      changes: before === undefined ? [] : compareManifests(before.manifests, snapshot.manifests),
      ...compareFindings(before?.findings ?? [], snapshot.findings),
    };
    this.#isBroken = false;
    this.#beforeSave = before;
    this.#placed = findingsByKey(placed);
    const { problem: _, ...state } = this.#state;
    this.#state = state;
    this.#change({ status: 'current', snapshot, update });
    this.#listener.onUpdate(update);
  }

  async #replace(
    checked: Checked,
    placed: readonly Finding[],
    rendered: Rendered,
    run: RenderRun,
  ): Promise<void> {
    const judged = await accept(checked, placed, rendered, run);
    const { snapshot } = this.#state;
    if (snapshot === undefined) return;
    this.#placed = findingsByKey(placed);
    this.#change({ snapshot: { ...snapshot, ...judged } });
  }

  #updateOf({ save, startedAt, checks: { project } }: RenderRun) {
    return {
      environment: this.#state.id,
      isFirst: this.#state.snapshot === undefined && !this.#isBroken,
      files: (save?.files ?? []).map((file) => shownPath(file, project.root)),
      durationMs: performance.now() - startedAt,
      isMended: this.#isBroken,
    };
  }

  #change(change: Partial<PreviewEnvironment>): void {
    this.#state = { ...this.#state, ...change, revision: this.#state.revision + 1 };
    this.#listener.onChange(this.#state.id);
  }
}

/** What an environment is called in a preview. */
export function environmentId({ path: environment, name }: ChosenEnvironment): string {
  return name === undefined ? environment : `${environment}#${name}`;
}

function isRefused({ yaml, findings }: Rendered): boolean {
  return yaml.length === 0 && findings.some(({ code }) => code !== 'environment/empty');
}

function withPlaces(
  findings: readonly Finding[],
  placed: ReadonlyMap<string, Finding>,
): { readonly findings: readonly Finding[]; readonly isComplete: boolean } {
  const byKey = [...findingsByKey(findings)];
  return {
    findings: byKey.map(([key, finding]) => placed.get(key) ?? finding),
    isComplete: byKey.every(([key, finding]) => placed.has(key) || !isLocatable(finding)),
  };
}

/** The next comparison needs the texts of Secrets. */
async function learn({ manifests }: Checked, run: RenderRun): Promise<void> {
  for (const { index, value } of manifests) {
    learnSecretTexts(value);
    if (index % LEARNT_AT_ONCE === 0) await turnOfTheLoop();
    run.throwIfCancelled();
  }
}

/** Leaves out what comments in the Jsonnet accept; which those are only findings with their places tell. */
async function accept(
  checked: Checked,
  placed: readonly Finding[],
  { place }: Rendered,
  run: RenderRun,
): Promise<Pick<Snapshot, 'findings' | 'accepted'>> {
  const { project, args } = run.checks;
  const manifests = checked.manifests.length;
  const result = { ...checked, path: place.environment, manifests, findings: placed };
  const [judged = result] = await acceptByComments([result], {
    root: project.root,
    isAll: false,
    isWhole: (args.targets ?? []).length === 0,
  });
  run.throwIfCancelled();
  return { findings: judged.findings, accepted: judged.accepted.length };
}
