import {
  environmentPlace,
  findingPlace,
  findingText,
  PROBLEM_FILE,
  type CodeHost,
  type HostPlace,
} from './code-host.ts';
import { allResults, problemText, type ReportInput } from './report-input.ts';
import { groupSame } from './same-findings.ts';
import { showEnvironment, showMore, summaryLine } from './text.ts';

/** What becomes an annotation, or a row of the step summary. */
interface Annotation {
  readonly level: 'error' | 'warning';
  readonly title: string;
  readonly text: string;
  readonly environment: string;
  readonly place: HostPlace;
}

/** Rows of a step summary at most. GitHub drops a summary of more than 1 MiB; a row has hardly more than 1 KiB. */
const MOST_ROWS = 500;
/** Characters of one row's text at most, for the same reason. */
const LONGEST_TEXT = 1500;

/**
 * Workflow commands that become annotations on GitHub, one a line, and a last line that sums up. What has one cause is
 * one annotation: GitHub shows ten errors and ten warnings of a step.
 *
 * Source: GitHub documentation, "Workflow commands for GitHub Actions"; the escapes are those of `@actions/core`.
 *
 * @param options.repository absolute; GitHub knows files by their paths below it.
 */
export function githubReport(
  result: ReportInput,
  { repository }: { readonly repository: string },
): string {
  const commands = annotationsOf(result, { repository, root: result.root }).map(commandOf);
  return [...commands, summaryLine(result.environments)].join('\n');
}

/**
 * The same as Markdown, for the summary of a job.
 *
 * @returns a heading, a line that sums up and a table; it ends in a line break.
 */
export function githubSummary(
  result: ReportInput,
  { repository }: { readonly repository: string },
): string {
  const annotations = annotationsOf(result, { repository, root: result.root });
  const rows = annotations.slice(0, MOST_ROWS).map(({ level, title, text, place }) => {
    const where = `${place.file}:${place.line}`;
    return `| ${level} | ${markdown(where)} | ${markdown(cut(text))} | ${markdown(title)} |`;
  });
  const left = annotations.length - rows.length;
  return [
    '### Tankard',
    '',
    `${summaryLine(result.environments)} (Kubernetes ${result.kubernetes})`,
    '',
    ...(rows.length === 0 ? [] : ['| | Where | What | Code |', '|---|---|---|---|', ...rows, '']),
    ...(left === 0 ? [] : [`${left} more are in the log.`, '']),
  ].join('\n');
}

function annotationsOf(result: ReportInput, host: CodeHost): Annotation[] {
  const { failures, problems = [] } = result;
  const found = allResults(result).flatMap((environment) =>
    groupSame(environment.findings).map((same) => ({
      level: same.first.severity,
      title: same.first.code,
      text: [findingText(same.first), ...(same.more.length > 0 ? [showMore(same)] : [])].join('\n'),
      environment: showEnvironment(environment),
      place: findingPlace(same.first, environment, host),
    })),
  );
  const notValidated = failures.map(({ failure, ...environment }) => ({
    level: 'error' as const,
    title: 'not validated',
    text: problemText(failure),
    environment: showEnvironment(environment),
    place: environmentPlace(environment.path, host),
  }));
  const notDone = problems.map(({ step, failure }) => ({
    level: 'error' as const,
    title: step,
    text: problemText(failure),
    environment: 'tankard ci',
    place: environmentPlace(PROBLEM_FILE, host),
  }));
  return [...notDone, ...notValidated, ...found];
}

function commandOf({ level, title, text, environment, place }: Annotation): string {
  const properties = {
    file: place.file,
    line: place.line,
    ...(place.column === undefined ? {} : { col: place.column }),
    title: `${title} in ${environment}`,
  };
  const shown = Object.entries(properties).map(([key, value]) => `${key}=${escapeProperty(value)}`);
  return `::${level} ${shown.join(',')}::${escapeData(text)}`;
}

function escapeData(text: string): string {
  return text.replaceAll('%', '%25').replaceAll('\r', '%0D').replaceAll('\n', '%0A');
}

function escapeProperty(value: string | number): string {
  return escapeData(String(value)).replaceAll(':', '%3A').replaceAll(',', '%2C');
}

function cut(text: string): string {
  return text.length > LONGEST_TEXT ? `${text.slice(0, LONGEST_TEXT)}…` : text;
}

/** Text that Markdown shows as it is, in the cell of a table. */
function markdown(text: string): string {
  return text
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll(/[\\`*_{}[\]()#+!|~@]/g, String.raw`\$&`)
    .replaceAll(/\r?\n/g, '<br>');
}
