import { resourceKeys } from '../../compare/resource-key.ts';
import type { ResourceId } from '../../finding/finding.ts';
import type { Manifest } from '../../manifest/parse-manifests.ts';
import type { RelationGraph } from '../../relations/relation-graph.ts';
import type {
  Comparison,
  CompareBase,
  PreviewEnvironment,
  PreviewSession,
  Problem,
  Snapshot,
} from '../preview-session.ts';
import { pageFindings, type FindingContext } from './finding-data.ts';
import type { PageChange, PageEnvironment, PageFinding, PageResource } from './page-data.ts';
import { RenderedResources } from './rendered-resources.ts';
import { cutTexts, yamlLines } from './resource-data.ts';
import { countOf } from './state-data.ts';

/** Finds how the resources of one environment depend on each other. */
export type FindRelations = (manifests: readonly Manifest[]) => RelationGraph;

/** What the answers are made of. */
export interface AnswerOptions {
  readonly session: PreviewSession;
  /** As `editorTemplate` gives it. */
  readonly editor: string;
  readonly relations: FindRelations;
}

/** What is asked about an environment. */
export interface EnvironmentQuestion {
  readonly id: string;
  readonly base: CompareBase;
  /** Ends the comparing when nobody waits for it any more. */
  readonly signal?: AbortSignal;
}

/** Environments and resources as the page shows them. */
export class PageAnswers {
  readonly #options: AnswerOptions;
  readonly #relations = new WeakMap<readonly Manifest[], RelationGraph>();
  /** The last comparison of each state with the cluster, which is not asked again for each of the resources. */
  readonly #clusters = new WeakMap<Buffer, Comparison>();

  constructor(options: AnswerOptions) {
    this.#options = options;
  }

  /**
   * One environment, compared with a base. One without a good state is compared with nothing.
   *
   * @returns undefined when there is none of this id.
   * @throws Failure as the session's `compare`.
   */
  async environment(question: EnvironmentQuestion): Promise<PageEnvironment | undefined> {
    // As it is before the comparing: what changes meanwhile has a later revision, and is asked for again.
    const environment = this.#find(question.id);
    if (environment === undefined) return undefined;
    const { id, revision, status, snapshot, problem, update } = environment;
    const comparison = snapshot && (await this.#compare(question, snapshot));
    const changes = pageChanges(comparison);
    const context = this.#contextOf(environment);
    const findings = pageFindings(snapshot?.findings ?? [], context);
    return {
      id,
      revision,
      status,
      ...(problem === undefined ? {} : { problem: pageProblem(problem, context) }),
      resources: snapshot === undefined ? [] : summaries(snapshot, findings, changes),
      findings,
      accepted: snapshot?.accepted ?? 0,
      relations: this.#relationsOf(snapshot),
      baseLabel: comparison?.label ?? '',
      changes,
      gone: pageFindings(update?.gone ?? [], context),
    };
  }

  /**
   * One resource as it is, and as it is in the base. Beside what the cluster has it is what the cluster would have, unless
   * the cluster gives it another identity.
   *
   * @returns undefined when neither has it, or there is no such environment.
   * @throws Failure as the session's `compare`.
   */
  async resource(
    question: EnvironmentQuestion & { readonly key: string },
  ): Promise<PageResource | undefined> {
    const { id, key } = question;
    const environment = this.#find(id);
    if (environment?.snapshot === undefined) return undefined;
    const { snapshot } = environment;
    const known = question.base === 'cluster' ? this.#clusters.get(snapshot.yaml) : undefined;
    const comparison = known ?? (await this.#compare(question, snapshot));
    const compared = RenderedResources.of(comparison.after);
    const now = compared.manifest(key) ? compared : RenderedResources.of(snapshot);
    const earlier = RenderedResources.of(comparison.before);
    const resource = (now.manifest(key) ?? earlier.manifest(key))?.resource;
    if (resource === undefined) return undefined;
    const yaml = await now.yaml(key);
    const before = earlier === now ? yaml : await earlier.yaml(key);
    const change = pageChanges(comparison).find((one) => one.key === key);
    return {
      key,
      resource,
      ...cutTexts({
        ...(yaml === undefined ? {} : { yaml }),
        ...(before === undefined ? {} : { before }),
      }),
      ...(change === undefined ? {} : { change }),
      findings: this.#resourceFindings(environment, key, yaml ?? ''),
    };
  }

  #find(id: string): PreviewEnvironment | undefined {
    return this.#options.session.environments().find((environment) => environment.id === id);
  }

  async #compare(
    { id, base, signal }: EnvironmentQuestion,
    { yaml }: Snapshot,
  ): Promise<Comparison> {
    const comparison = await this.#options.session.compare(id, base, signal);
    if (base === 'cluster') this.#clusters.set(yaml, comparison);
    return comparison;
  }

  #contextOf({ snapshot, update }: PreviewEnvironment): FindingContext {
    const { session, editor } = this.#options;
    const resources = snapshot && RenderedResources.of(snapshot);
    const keyOf = (resource: ResourceId): string | undefined => resources?.keyOf(resource);
    return { root: session.root, editor, keyOf, update };
  }

  #relationsOf(snapshot: Snapshot | undefined): RelationGraph {
    if (snapshot === undefined) return { nodes: [], edges: [] };
    const { manifests } = snapshot;
    const relations = this.#relations.get(manifests) ?? this.#options.relations(manifests);
    this.#relations.set(manifests, relations);
    return relations;
  }

  #resourceFindings(
    environment: PreviewEnvironment,
    key: string,
    yaml: string,
  ): PageResource['findings'] {
    const context = this.#contextOf(environment);
    const own = (environment.snapshot?.findings ?? []).filter(
      ({ resource }) => resource !== undefined && context.keyOf(resource) === key,
    );
    const lines = yamlLines(yaml, own);
    return pageFindings(own, context).map((finding, index) => {
      const yamlLine = lines[index];
      return yamlLine === undefined ? finding : { ...finding, yamlLine };
    });
  }
}

function pageChanges(comparison: Comparison | undefined): PageChange[] {
  const changes = comparison?.changes ?? [];
  const keys = resourceKeys(changes.map(({ resource }) => resource));
  return changes.map((change, index) => ({ ...change, key: keys[index] ?? '' }));
}

function pageProblem(
  problem: Problem,
  context: FindingContext,
): NonNullable<PageEnvironment['problem']> {
  if ('findings' in problem) return { findings: pageFindings(problem.findings, context) };
  const { message, hint } = problem.failure;
  return { message, ...(hint === undefined ? {} : { hint }), findings: [] };
}

function summaries(
  snapshot: Snapshot,
  findings: readonly PageFinding[],
  changes: readonly PageChange[],
): PageEnvironment['resources'] {
  const byKey = new Map<string | undefined, PageFinding[]>();
  for (const finding of findings) {
    const own = byKey.get(finding.resourceKey);
    if (own === undefined) byKey.set(finding.resourceKey, [finding]);
    else own.push(finding);
  }
  const kinds = new Map(changes.map(({ key, kind }) => [key, kind]));
  const { keys } = RenderedResources.of(snapshot);
  return snapshot.manifests.map(({ resource }, index) => {
    const key = keys[index] ?? '';
    const own = byKey.get(key) ?? [];
    const change = kinds.get(key);
    return {
      key,
      resource,
      errors: countOf('error', own),
      warnings: countOf('warning', own),
      ...(change === undefined ? {} : { change }),
    };
  });
}
