import type { UncheckedRule, UnknownKind } from '../finding/environment-result.ts';
import type { Finding } from '../finding/finding.ts';
import type { Manifest } from '../manifest/parse-manifests.ts';
import type { Upstream, UpstreamKind } from '../sources/upstream.ts';
import { withCrds } from '../sources/with-crds.ts';
import { annotationFindings, mayConcernControllers } from './annotation-findings.ts';
import { deprecationFindings } from './api-lifecycle-findings.ts';
import { capFindings } from './cap-findings.ts';
import { duplicateFindings } from './duplicate-findings.ts';
import { withoutFollowOns } from './follow-ons.ts';
import { metadataFindings } from './metadata/metadata-findings.ts';
import { namespaceFindings } from './namespace-findings.ts';
import { RenderedObjects, type RuleSettings } from './rendered/rendered-objects.ts';
import { ruleFindings } from './rules/index.ts';
import { unknownKindFinding } from './unknown-kind-finding.ts';
import {
  loadUpstreamRules,
  loadUpstreamValidator,
  type Validate,
  validatorsKept,
} from './upstream-validator.ts';
import { validateManifest } from './validate-manifest.ts';
import {
  type RuleContext,
  UncheckedRules,
  validationRuleFindings,
} from './validation-rule-findings.ts';

/** What manifests are validated against. */
export interface ValidateOptions {
  readonly upstream: Upstream;
  /** Kinds without a schema that are let through, as `APIVERSION/KIND`. */
  readonly allowedUnknownKinds: ReadonlySet<string>;
  /** What rules are told beside the manifests. */
  readonly rules?: RuleSettings;
  /** Only some of what the environment renders is there, so nothing is said of what is not. */
  readonly isPartial?: boolean;
}

/** What validating manifests gives. */
export interface ValidationResult {
  /** Those of single manifests first, in their order, then those of rules. */
  readonly findings: Finding[];
  /** How many manifests were held to a schema. */
  readonly validated: number;
  /** By apiVersion and kind. */
  readonly unknownKinds: UnknownKind[];
  /** Rules of CRDs that could not be evaluated, each once. */
  readonly uncheckedRules: UncheckedRule[];
}

/**
 * Holds the manifests of one environment to the schemas of their kinds, to what controllers read, and to the rules.
 *
 * @throws Failure when a schema cannot be had.
 */
export async function validateManifests(
  manifests: readonly Manifest[],
  given: ValidateOptions,
): Promise<ValidationResult> {
  const options = { ...given, upstream: withRenderedCrds(given.upstream, manifests) };
  const duplicates = duplicateFindings(manifests);
  const unknown = new Map<string, UnknownKind>();
  const context = { upstream: options.upstream, unchecked: new UncheckedRules() };
  const findings: Finding[] = [];
  let validated = 0;
  const known = await loadKinds(manifests, options.upstream);
  for (const manifest of manifests) {
    const kind = kindOf(manifest, options.upstream);
    const loaded = kind && known.get(kind);
    if (loaded === undefined) findings.push(...unknownKind(manifest, options, unknown));
    else {
      const found = findingsOf(manifest, loaded, context);
      // Of ten thousand manifests few have something to wait for.
      findings.push(...(Array.isArray(found) ? found : await found));
      validated += 1;
    }
    findings.push(...(duplicates.get(manifest) ?? []));
    if (mayConcernControllers(manifest.value))
      findings.push(...(await controllerFindings(manifest, kind)));
  }
  const objects = new RenderedObjects(manifests, options.rules);
  const ofRules = await ruleFindings(objects, { isPartial: options.isPartial ?? false });
  findings.push(...capFindings(withoutFollowOns(findings, ofRules)));
  await validatorsKept();
  return {
    findings,
    validated,
    unknownKinds: sorted(unknown),
    uncheckedRules: context.unchecked.list(),
  };
}

/** What is rendered beside its CRD is held to that. */
function withRenderedCrds(upstream: Upstream, manifests: readonly Manifest[]): Upstream {
  const crds = manifests.filter(({ resource }) => resource.kind === 'CustomResourceDefinition');
  return crds.length === 0
    ? upstream
    : withCrds(
        upstream,
        crds.map(({ value }) => value),
      );
}

/** A kind with what its manifests are held to. */
interface LoadedKind {
  readonly kind: UpstreamKind;
  readonly validate: Validate;
  readonly hasRules: boolean;
}

/** Loads the validators of all kinds of the manifests. */
async function loadKinds(
  manifests: readonly Manifest[],
  upstream: Upstream,
): Promise<ReadonlyMap<UpstreamKind, LoadedKind>> {
  const loaded = new Map<UpstreamKind, LoadedKind>();
  for (const manifest of manifests) {
    const kind = kindOf(manifest, upstream);
    if (kind === undefined || loaded.has(kind)) continue;
    const validate = await loadUpstreamValidator(kind, upstream);
    const rules = kind.dialect === 'crd' ? await loadUpstreamRules(kind, upstream) : undefined;
    loaded.set(kind, { kind, validate, hasRules: rules !== undefined });
  }
  return loaded;
}

function kindOf({ resource }: Manifest, upstream: Upstream): UpstreamKind | undefined {
  return upstream.kind(resource.apiVersion, resource.kind);
}

type KindContext = Pick<RuleContext, 'upstream' | 'unchecked'>;

function findingsOf(
  manifest: Manifest,
  { kind, validate, hasRules }: LoadedKind,
  context: KindContext,
): Finding[] | Promise<Finding[]> {
  const ofSchema = validateManifest(manifest, kind, validate);
  const others = [
    ...metadataFindings(manifest, kind),
    ...namespaceFindings(manifest, kind),
    ...deprecationFindings(manifest.resource, kind, context.upstream.kubernetes),
  ];
  if (!hasRules) return [...ofSchema, ...others];
  return validationRuleFindings(manifest, kind, { ...context, schemaFindings: ofSchema }).then(
    (ofRules) => [...ofSchema, ...ofRules, ...others],
  );
}

async function controllerFindings(
  manifest: Manifest,
  kind: UpstreamKind | undefined,
): Promise<Finding[]> {
  const findings = await annotationFindings(manifest);
  // A kind without a schema may be misspelt, or hand its annotations on: where they belong cannot be said.
  return kind === undefined
    ? findings.filter(({ code }) => code !== 'annotation/misplaced')
    : findings;
}

function unknownKind(
  manifest: Manifest,
  options: ValidateOptions,
  unknown: Map<string, UnknownKind>,
): Finding[] {
  const { apiVersion, kind } = manifest.resource;
  const key = `${apiVersion}/${kind}`;
  const allowed = options.allowedUnknownKinds.has(key);
  const count = (unknown.get(key)?.count ?? 0) + 1;
  unknown.set(key, { apiVersion, kind, count, allowed });
  return allowed ? [] : [unknownKindFinding(manifest.resource, options.upstream)];
}

function sorted(unknown: ReadonlyMap<string, UnknownKind>): UnknownKind[] {
  return [...unknown.entries()]
    .sort(([left], [right]) => (left < right ? -1 : 1))
    .map(([, entry]) => entry);
}
