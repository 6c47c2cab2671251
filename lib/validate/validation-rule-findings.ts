import { FINDING_CODES } from '../finding/codes.ts';
import type { UncheckedRule } from '../finding/environment-result.ts';
import type { Finding, Path } from '../finding/finding.ts';
import type { Manifest } from '../manifest/parse-manifests.ts';
import { valueAt } from '../manifest/secret-fields.ts';
import { isSecretPath } from '../manifest/secret-paths.ts';
import type { Upstream, UpstreamKind } from '../sources/upstream.ts';
import type { RuleResult, RuleSet } from './cel/evaluate-rules.ts';
import { loadUpstreamRules } from './upstream-validator.ts';

const CODE = 'schema/validation-rule';
/** So much of a rule is shown in a hint. */
const SHOWN_RULE = 160;

/** Rules that could not be evaluated: each once, however many objects it was to be evaluated for. */
export class UncheckedRules {
  readonly #rules = new Map<string, UncheckedRule>();

  add(rule: UncheckedRule): void {
    const key = JSON.stringify([rule.apiVersion, rule.kind, rule.rule]);
    if (!this.#rules.has(key)) this.#rules.set(key, rule);
  }

  /** In the order in which they were met. */
  list(): UncheckedRule[] {
    return [...this.#rules.values()];
  }
}

/** What rules of custom resources are evaluated with. */
export interface RuleContext {
  readonly upstream: Upstream;
  /** What the schema has against the object: rules do not run on what is invalid already. */
  readonly schemaFindings: readonly Finding[];
  /** Told of rules that cannot be evaluated. */
  readonly unchecked: UncheckedRules;
}

const ready = new Map<string, RuleSet>();

/**
 * Holds an object to the rules of its CRD (`x-kubernetes-validations`), as the API server does when it is created. Kinds without
 * rules cost nothing.
 *
 * @throws Failure when the schema cannot be had.
 */
export async function validationRuleFindings(
  manifest: Manifest,
  kind: UpstreamKind,
  { upstream, schemaFindings, unchecked }: RuleContext,
): Promise<Finding[]> {
  const text = kind.dialect === 'crd' ? await loadUpstreamRules(kind, upstream) : undefined;
  if (text === undefined) return [];
  const { evaluateRules, readRules } = await import('./cel/evaluate-rules.ts');
  const rules = ready.get(text) ?? readRules(text);
  ready.set(text, rules);
  const results = await evaluateRules(rules, manifest.value, blockedBy(schemaFindings));
  return results.flatMap((result) => {
    const { apiVersion, kind: name } = manifest.resource;
    if (result.outcome.verdict !== 'unsupported') return [toFinding(manifest, result)];
    const { path, rule, outcome } = result;
    unchecked.add({ apiVersion, kind: name, path, rule: rule.rule, reason: outcome.reason });
    return [];
  });
}

/** A value is not to be read by rules when the mistake is it, or is in it. */
function blockedBy(findings: readonly Finding[]): (path: Path) => boolean {
  const paths = findings.map(({ path }) => path ?? []);
  return (path) => paths.some((wrong) => path.every((step, index) => wrong[index] === step));
}

function toFinding(manifest: Manifest, result: RuleResult): Finding {
  const path = existing(manifest.value, [...result.path, ...(result.rule.about ?? [])]);
  const value = valueAt(manifest.value, path);
  const isSecret = isSecretPath(manifest.value, path) || isSecretPath(manifest.value, result.path);
  const isShown = !isSecret && value !== undefined && typeof value !== 'object';
  const shown = shortened(result.rule.rule);
  return {
    code: CODE,
    severity: FINDING_CODES[CODE].severity,
    message: messageOf(result, isSecret),
    resource: manifest.resource,
    path,
    fault: value === undefined ? 'missing' : 'value',
    ...(isShown && { value }),
    ...(result.rule.message !== undefined && { hint: `The rule of its CRD: ${shown}` }),
  };
}

/** The path, up to and with the first member that is not there. */
function existing(value: unknown, path: Path): Path {
  const length = path.findIndex(
    (_, index) => valueAt(value, path.slice(0, index + 1)) === undefined,
  );
  return length === -1 ? path : path.slice(0, length + 1);
}

/** What an expression makes of a secret is not repeated. */
function messageOf({ rule, outcome }: RuleResult, isSecret: boolean): string {
  const own = rule.message?.trim() ?? `failed rule: ${shortened(rule.rule)}`;
  if (isSecret) return own;
  if (outcome.verdict === 'error') return `${own} (${outcome.text})`;
  return outcome.verdict === 'fail' ? (outcome.message ?? own) : own;
}

function shortened(rule: string): string {
  const line = rule.trim().replaceAll(/\s+/g, ' ');
  return line.length <= SHOWN_RULE ? line : `${line.slice(0, SHOWN_RULE)}…`;
}
