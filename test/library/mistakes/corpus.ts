import { APPS } from './families/apps.ts';
import { APPS_VALUES } from './families/apps-values.ts';
import { BATCH } from './families/batch.ts';
import { CERT_MANAGER } from './families/cert-manager.ts';
import { CHECKED_VALUES } from './families/checked-values.ts';
import { CORE } from './families/core.ts';
import { ISTIO } from './families/istio.ts';
import { NETWORKING } from './families/networking.ts';
import { OWN_LIBRARY } from './families/own-library.ts';
import { POLICY } from './families/policy.ts';
import { WHOLE_OBJECTS } from './families/whole-objects.ts';
import type { Kind, Mistake, Variant } from './variant.ts';

/** All programs of the corpus. */
export const CORPUS: readonly Variant[] = [
  ...APPS,
  ...APPS_VALUES,
  ...CORE,
  ...BATCH,
  ...NETWORKING,
  ...POLICY,
  ...ISTIO,
  ...CERT_MANAGER,
  ...OWN_LIBRARY,
  ...WHOLE_OBJECTS,
  ...CHECKED_VALUES,
];

/** A mistake with the program that it breaks, and its name for the reader of the run. */
export interface CorpusMistake {
  readonly variant: Variant;
  readonly kind: Kind;
  readonly mistake: Mistake;
  readonly title: string;
}

/** Every mistake of the corpus. */
export const MISTAKES: readonly CorpusMistake[] = CORPUS.flatMap((variant) =>
  Object.entries(variant.mistakes).flatMap(([kind, mistakes]) =>
    mistakes.map((mistake) => ({
      variant,
      kind: kind as Kind,
      mistake,
      title: `${variant.name}: ${kind}: ${oneLine(mistake.from)} -> ${oneLine(mistake.to)}`,
    })),
  ),
);

function oneLine(text: string): string {
  return text.trim().replaceAll(/\s+/g, ' ') || 'nothing';
}
