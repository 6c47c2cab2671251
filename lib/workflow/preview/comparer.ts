import { compareManifests } from '../../compare/compare-manifests.ts';
import { Failure } from '../../finding/failure.ts';
import type { CompareBase, Comparison, Rendering } from '../../preview/preview-session.ts';
import type { EnvironmentPreview } from './environment-preview.ts';
import type { Checks } from './render-run.ts';

/** An environment beside a base, before their differences are known. */
type Sides = Pick<Comparison, 'label' | 'before' | 'after'>;

/** Compares environments with their bases. */
export class Comparer {
  /**
   * @throws Failure as `PreviewSession.compare`.
   */
  async compare(
    environment: EnvironmentPreview,
    base: CompareBase,
    checks: Checks,
    signal: AbortSignal,
  ): Promise<Comparison> {
    const { id, snapshot } = environment.state;
    if (snapshot === undefined)
      throw new Failure(
        'usage',
        `${id} has not been rendered yet, so there is nothing to compare`,
        {
          hint: 'Mend what is wrong with it first.',
        },
      );
    const sides = await this.#sides(environment, snapshot, base, checks, signal);
    return {
      base,
      ...sides,
      changes: compareManifests(sides.before.manifests, sides.after.manifests),
    };
  }

  async #sides(
    environment: EnvironmentPreview,
    snapshot: Rendering,
    base: CompareBase,
    _checks: Checks,
    _signal: AbortSignal,
  ): Promise<Sides> {
    switch (base) {
      case 'save':
        return {
          label: 'before the last save',
          before: environment.beforeSave ?? snapshot,
          after: snapshot,
        };
      case 'head':
      case 'cluster':
        throw new Failure('usage', 'not yet');
    }
  }

  /** Removes what comparing left on disk. */
  async close(): Promise<void> {}
}
