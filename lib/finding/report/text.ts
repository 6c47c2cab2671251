import path from 'node:path';
import type { EnvironmentResult } from '../environment-result.ts';
import type { Finding, Location, Path, ResourceId } from '../finding.ts';

/**
 * The text report: findings by environment and resource, then one line that sums up.
 *
 * @param root project root, absolute; positions below it are shown relative to it.
 */
export function textReport(environments: readonly EnvironmentResult[], root: string): string {
  const blocks = environments
    .filter((environment) => environment.findings.length > 0)
    .map((environment) => environmentBlock(environment, root));
  return [...blocks, summaryLine(environments)].join('\n');
}

function environmentBlock(environment: EnvironmentResult, root: string): string {
  // What is said of the environment itself comes first: below a resource it would read as if it were of that.
  const groups = new Map<string, Finding[]>([['', []]]);
  for (const finding of environment.findings) {
    const title = finding.resource === undefined ? '' : showResource(finding.resource);
    groups.set(title, [...(groups.get(title) ?? []), finding]);
  }
  const lines = [...groups].flatMap(([title, findings]) => [
    ...(title === '' ? [] : [`  ${title}`]),
    ...findings.map((finding) => findingLines(finding, root)),
  ]);
  const name = environment.name === undefined ? '' : ` --name ${environment.name}`;
  return `${environment.path}${name}\n${lines.join('\n')}\n`;
}

/** `Kind namespace/name`, or `Kind name` for an object without a namespace. */
export function showResource(resource: ResourceId): string {
  const { kind, namespace, name } = resource;
  return `${kind} ${namespace === undefined ? '' : `${namespace}/`}${name}`;
}

function findingLines(finding: Finding, root: string): string {
  const where = showPlace(finding);
  const lines = [`${finding.severity}  ${where}${finding.message}  [${finding.code}]`];
  if (finding.location !== undefined) lines.push(`  ${showLocation(finding.location, root)}`);
  if (finding.hint !== undefined) lines.push(`  ${finding.hint}`);
  return lines
    .join('\n')
    .split('\n')
    .map((line) => `    ${line}`)
    .join('\n');
}

/** The path in front of the message, unless the message names it itself. */
function showPlace({ path: segments = [], message }: Finding): string {
  const shown = showPath(segments);
  // A path of one name may stand in a sentence by chance.
  const isNamed = segments.length > 1 && message.split(/[\s;,]+/).includes(shown);
  return shown === '' || isNamed ? '' : `${shown}: `;
}

function showLocation(location: Location, root: string): string {
  const show = (one: { file: string; line: number; column: number }): string =>
    `${relative(one.file, root)}:${one.line}:${one.column}`;
  const word = location.certainty === 'near' ? 'near' : 'at';
  const related = (location.related ?? []).map((one) => show(one)).join(', ');
  return `${word} ${show(location)}` + (related === '' ? '' : ` (see also ${related})`);
}

function relative(file: string, root: string): string {
  const short = path.relative(root, file);
  return short.startsWith('..') ? file : short.split(path.sep).join('/');
}

/** A path as a Jsonnet expression would write it: `metadata.annotations["a/b"]`, `spec.ports[0]`. */
export function showPath(segments: Path): string {
  return segments
    .map((segment, index) => {
      if (typeof segment === 'number') return `[${segment}]`;
      if (!/^[A-Za-z_$][\w$]*$/.test(segment)) return `[${JSON.stringify(segment)}]`;
      return index === 0 ? segment : `.${segment}`;
    })
    .join('');
}

function summaryLine(environments: readonly EnvironmentResult[]): string {
  const { manifests, errors, warnings, unknownKinds } = summarize(environments);
  const unknown = unknownKinds === 0 ? '' : `, ${count(unknownKinds, 'manifest')} of unknown kind`;
  return (
    `${count(environments.length, 'environment')}, ${count(manifests, 'manifest')}: ` +
    `${count(errors, 'error')}, ${count(warnings, 'warning')}${unknown}`
  );
}

function count(number: number, noun: string): string {
  return `${number} ${noun}${number === 1 ? '' : 's'}`;
}

/** The numbers at the end of a report. */
export interface Summary {
  readonly environments: number;
  readonly manifests: number;
  readonly errors: number;
  readonly warnings: number;
  /** Manifests whose kind has no schema: neither valid nor invalid. */
  readonly unknownKinds: number;
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
    unknownKinds: unknown.reduce((sum, kind) => sum + kind.count, 0),
  };
}
