import type { EnvironmentResult } from '../environment-result.ts';
import { harmless, harmlessLines } from '../harmless.ts';
import type { Finding, Location, Path, ResourceId } from '../finding.ts';
import { shownPath } from '../shown-path.ts';
import { groupSame, type SameFindings } from './same-findings.ts';
import { sourceExcerpt } from './source-excerpt.ts';

/** Gives a text a meaning for the eye, such as a colour; the text itself stays. */
export type Paint = (
  style: 'error' | 'warning' | 'heading' | 'faint' | 'added' | 'changed' | 'removed',
  text: string,
) => string;

/** How the text report looks. */
export interface TextStyle {
  /** Default: nothing is painted. */
  readonly paint?: Paint;
  /** Columns of the terminal, to which long source lines are cut. @default 113 */
  readonly columns?: number;
}

/** How many objects are named that have the same finding. */
const NAMED_OBJECTS = 5;

/**
 * The text report: findings by environment and resource, then one line that sums up. What has one cause in the source
 * is said once, with the objects that it reaches.
 *
 * @param root project root, absolute; positions below it are shown relative to it.
 */
export function textReport(
  environments: readonly EnvironmentResult[],
  root: string,
  style: TextStyle = {},
): string {
  const paint = style.paint ?? unpainted;
  const blocks = environments
    .filter((environment) => environment.findings.length > 0)
    .map((environment) => {
      const heading = paint('heading', showEnvironment(environment));
      return `${heading}\n${findingsText(environment.findings, root, style)}\n`;
    });
  return [...blocks, summaryLine(environments)].join('\n');
}

/** The Paint of a text that has no colours. */
export const unpainted: Paint = (_style, text) => text;

interface Look {
  readonly root: string;
  readonly paint: Paint;
  readonly columns: number | undefined;
}

/**
 * Findings of one environment by resource, as in the text report; without a line break at the end.
 *
 * @param root project root, absolute; positions below it are shown relative to it.
 */
export function findingsText(
  findings: readonly Finding[],
  root: string,
  style: TextStyle = {},
): string {
  const look: Look = { root, paint: style.paint ?? unpainted, columns: style.columns };
  // What is said of the environment itself comes first: below a resource it would read as if it were of that.
  const groups = new Map<string, SameFindings[]>([['', []]]);
  for (const same of groupSame(findings)) {
    const { resource } = same.first;
    const title = resource === undefined ? '' : showResource(resource);
    groups.set(title, [...(groups.get(title) ?? []), same]);
  }
  return [...groups]
    .flatMap(([title, group]) => [
      ...(title === '' ? [] : [`  ${look.paint('heading', harmless(title))}`]),
      ...group.map((same) => findingLines(same, look)),
    ])
    .join('\n');
}

/** The path of an environment, with the name of an inline one as it is given on the command line. */
export function showEnvironment({
  path: folder,
  name,
}: {
  readonly path: string;
  readonly name?: string;
}): string {
  return `${folder}${name === undefined ? '' : ` --name ${name}`}`;
}

/** `Kind namespace/name`, or `Kind name` for an object without a namespace. */
export function showResource(resource: ResourceId): string {
  const { kind, namespace, name } = resource;
  return `${kind} ${namespace === undefined ? '' : `${namespace}/`}${name}`;
}

/** Spaces before each line of a finding, and before what belongs to it. */
const INDENT = 4;
/** What stands before a quoted line: the indentation twice over, a line number of up to 4 digits and the gutter. */
const MARGIN = INDENT + 2 + 7;

function findingLines(same: SameFindings, { root, paint, columns }: Look): string {
  const { first, more } = same;
  const { severity, code, location, hint } = first;
  const message = harmlessLines(`${showPlace(first)}${first.message}`);
  const words = `${message}  ${paint('faint', `[${code}]`)}`;
  const lines = [`${paint(severity, severity)}  ${words}`];
  if (location !== undefined) lines.push(`  ${harmless(showLocation(location, root))}`);
  const [quoted, caret] = sourceExcerpt(
    first,
    columns ? Math.max(columns - MARGIN, 20) : undefined,
  );
  if (quoted !== undefined) lines.push(`  ${quoted}`, `  ${paint(severity, caret ?? '')}`);
  if (more.length > 0) lines.push(`  ${harmless(showMore(same))}`);
  if (hint !== undefined) lines.push(`  ${harmlessLines(hint)}`);
  return lines
    .join('\n')
    .split('\n')
    .map((line) => `${' '.repeat(INDENT)}${line}`)
    .join('\n');
}

/** What else has the same finding: other objects, or other places of the same one. */
export function showMore({ first, more }: SameFindings): string {
  const own = first.resource === undefined ? '' : showResource(first.resource);
  const titles = more.map(({ resource }) => (resource === undefined ? '' : showResource(resource)));
  const others = [...new Set(titles.filter((title) => title !== own))];
  const places = titles.filter((title) => title === own).length;
  const named = others.slice(0, NAMED_OBJECTS).join(', ');
  const rest = others.length > NAMED_OBJECTS ? ', ...' : '';
  return [
    ...(places === 0 ? [] : [`and at ${count(places, 'more place')}${own && ' of this object'}`]),
    ...(others.length === 0
      ? []
      : [`and in ${count(others.length, 'more object')}: ${named}${rest}`]),
  ].join('; ');
}

/** The path in front of the message, unless the message names it itself. */
export function showPlace({ path: segments = [], message }: Finding): string {
  const shown = showPath(segments);
  // A path of one name may stand in a sentence by chance.
  const isNamed = segments.length > 1 && message.split(/[\s;,]+/).includes(shown);
  return shown === '' || isNamed ? '' : `${shown}: `;
}

function showLocation(location: Location, root: string): string {
  const show = (one: { file: string; line: number; column: number }): string =>
    `${shownPath(one.file, root)}:${one.line}:${one.column}`;
  const word = location.certainty === 'near' ? 'near' : 'at';
  const related = (location.related ?? []).map((one) => show(one)).join(', ');
  return `${word} ${show(location)}` + (related === '' ? '' : ` (see also ${related})`);
}

/** A path as a Jsonnet expression would write it: `metadata.annotations["a/b"]`, `spec.ports[0]`. */
export function showPath(segments: Path): string {
  return segments.map((segment, index) => showStep(segment, index === 0)).join('');
}

/** One step of a path, as it follows what stands before it. */
export function showStep(step: string | number, isFirst: boolean): string {
  if (typeof step === 'number') return `[${step}]`;
  if (!/^[A-Za-z_$][\w$]*$/.test(step)) return `[${JSON.stringify(step)}]`;
  return isFirst ? step : `.${step}`;
}

/** What was looked at and found, in one line. */
export function summaryLine(environments: readonly EnvironmentResult[]): string {
  const { manifests, errors, warnings, accepted, unknownKinds } = summarize(environments);
  const left = accepted === 0 ? '' : `, ${accepted} accepted`;
  const unknown = unknownKinds === 0 ? '' : `, ${count(unknownKinds, 'manifest')} of unknown kind`;
  return (
    `${count(environments.length, 'environment')}, ${count(manifests, 'manifest')}: ` +
    `${count(errors, 'error')}, ${count(warnings, 'warning')}${left}${unknown}${uncheckedLine(environments)}`
  );
}

/** Kinds and rules count once, however many environments have them. */
function uncheckedLine(environments: readonly EnvironmentResult[]): string {
  const unchecked = environments.flatMap(({ uncheckedRules }) => uncheckedRules);
  if (unchecked.length === 0) return '';
  const kinds = new Map(unchecked.map((one) => [`${one.apiVersion} ${one.kind}`, one.kind]));
  const rules = new Map(unchecked.map((one) => [`${one.apiVersion} ${one.kind} ${one.rule}`, one]));
  const [first] = rules.values();
  const why = rules.size === 1 && first !== undefined ? `: ${first.reason}` : '';
  return `\n${count(rules.size, 'rule')} of ${count(kinds.size, 'kind')} (${[...kinds.values()].join(', ')}) could not be evaluated${why}`;
}

/** A number with its noun: `1 error`, `2 errors`. */
export function count(number: number, noun: string): string {
  return `${number} ${noun}${number === 1 ? '' : 's'}`;
}

/** The numbers at the end of a report. */
export interface Summary {
  readonly environments: number;
  readonly manifests: number;
  readonly errors: number;
  readonly warnings: number;
  /** Findings that are not reported because somebody said that they may stay. */
  readonly accepted: number;
  /** Manifests whose kind has no schema: neither valid nor invalid. */
  readonly unknownKinds: number;
  /** Rules of CRDs that could not be evaluated, counted in each environment. */
  readonly uncheckedRules: number;
}

/** Counts what a report sums up. */
export function summarize(environments: readonly EnvironmentResult[]): Summary {
  const findings = environments.flatMap((environment) => environment.findings);
  const unknown = environments.flatMap((environment) => environment.unknownKinds);
  return {
    environments: environments.length,
    manifests: environments.reduce((sum, environment) => sum + environment.manifests, 0),
    errors: findings.filter((finding) => finding.severity === 'error').length,
    warnings: findings.filter((finding) => finding.severity === 'warning').length,
    accepted: environments.reduce((sum, environment) => sum + environment.accepted.length, 0),
    unknownKinds: unknown.reduce((sum, kind) => sum + kind.count, 0),
    uncheckedRules: environments.reduce(
      (sum, { uncheckedRules }) => sum + uncheckedRules.length,
      0,
    ),
  };
}
