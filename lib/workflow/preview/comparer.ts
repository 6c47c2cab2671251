import { compareManifests } from '../../compare/compare-manifests.ts';
import { Failure } from '../../finding/failure.ts';
import type { CompareBase, Comparison } from '../../preview/preview-session.ts';
import { compareWithCluster } from './cluster-comparison.ts';
import type { EnvironmentPreview } from './environment-preview.ts';
import { HeadBase } from './head-rendering.ts';
import type { Checks } from './render-run.ts';

/** An environment beside a base, before their differences are known. */
type Sides = Pick<Comparison, 'label' | 'before' | 'after'>;

/** Compares environments with their bases. */
export class Comparer {
  readonly #head: HeadBase;
  readonly #closing = new AbortController();
  readonly #running = new Set<Promise<Sides>>();

  constructor({ project, args }: Checks, onProgress?: (line: string) => void) {
    this.#head = new HeadBase(project, {
      args,
      ...(onProgress === undefined ? {} : { onProgress }),
    });
  }

  /** @throws Failure as `PreviewSession.compare`. */
  async compare(
    environment: EnvironmentPreview,
    base: CompareBase,
    checks: Checks,
    signal?: AbortSignal,
  ): Promise<Comparison> {
    const closing = this.#closing.signal;
    const either = signal === undefined ? closing : AbortSignal.any([signal, closing]);
    const running = this.#sides(environment, base, checks, either);
    this.#running.add(running);
    try {
      const sides = await running;
      const changes = compareManifests(sides.before.manifests, sides.after.manifests);
      return { base, ...sides, changes };
    } finally {
      this.#running.delete(running);
    }
  }

  /** Ends what runs, and removes what comparing left on disk. */
  async close(): Promise<void> {
    this.#closing.abort(new Failure('interrupted', 'the preview was closed'));
    await Promise.allSettled(this.#running);
    await this.#head.close();
  }

  async #sides(
    { chosen, state, beforeSave }: EnvironmentPreview,
    base: CompareBase,
    { project, args }: Checks,
    signal: AbortSignal,
  ): Promise<Sides> {
    const { id, snapshot } = state;
    // The cluster is compared with what tk renders then.
    if (base === 'cluster') return compareWithCluster(project, { ...chosen, args, signal });
    if (snapshot === undefined)
      throw new Failure('usage', `${id} could not be rendered yet: there is nothing to compare`, {
        hint: 'Mend it, and save.',
      });
    if (base === 'head') {
      const { label, rendering } = await this.#head.render(chosen, signal);
      return { label, before: rendering, after: snapshot };
    }
    return { label: 'before the last save', before: beforeSave ?? snapshot, after: snapshot };
  }
}
