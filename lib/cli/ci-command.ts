import { appendFile } from 'node:fs/promises';
import path from 'node:path';
import { Command, Option } from '@commander-js/extra-typings';
import { writeWhole } from '../disk/write-whole.ts';
import { EXIT_FINDINGS, Failure } from '../finding/failure.ts';
import { jsonFailure, jsonFinding, jsonReport } from '../finding/report/json.ts';
import { findingsText, textReport, type TextStyle } from '../finding/report/text.ts';
import type { CiResult } from '../workflow/ci/ci-result.ts';
import { stepResult, stepTable } from '../workflow/ci/step-result.ts';
import {
  baselineOption,
  collect,
  kubernetesOption,
  projectOptions,
  tankaArguments,
  withEvaluationOptions,
  type Context,
} from './context.ts';
import { columns } from './columns.ts';
import { formatReport, REPORT_FORMATS, type ReportFormat } from './format-report.ts';
import { repositoryRoot } from './repository-root.ts';

/** A report that is written beside what is printed. */
interface ReportFile {
  readonly format: ReportFormat;
  /** Absolute path. */
  readonly file: string;
}

/** `tankard ci` */
export function ciCommand(context: Context) {
  return withEvaluationOptions(new Command('ci'))
    .description(
      'check all that a change is held to: generated files, imports, format and lint of Jsonnet, environments, their export',
    )
    .option(
      '--range <range>',
      'check what these commits changed, such as origin/main...HEAD (default: everything)',
    )
    .option(
      '--export <out>',
      'the folder of the export to check (default: export.output of tankard.yaml)',
    )
    .addOption(kubernetesOption())
    .addOption(baselineOption())
    .addOption(
      new Option('--format <format>', 'what to print; github: annotations, and the step summary')
        .choices(REPORT_FORMATS)
        .default('text' as const),
    )
    .option('--report <format=file>', 'write a report into a file too (repeatable)', collect)
    .option('--markdown <file>', 'write what the range does to the manifests, as a comment')
    .action(async (options) => {
      const reports = (options.report ?? []).map(parseReport);
      const { ci } = await import('../workflow/ci/ci.ts');
      const result = await ci({
        ...projectOptions(context),
        args: tankaArguments(options),
        ...(options.range === undefined ? {} : { range: options.range }),
        ...(options.export === undefined ? {} : { export: options.export }),
        ...(options.kubernetes === undefined ? {} : { kubernetes: options.kubernetes }),
        ...(options.baseline === undefined ? {} : { baseline: options.baseline }),
        diffs: options.markdown !== undefined,
        onStep: (name) => context.terminal.progress(name),
        onEnvironment: (done, total) =>
          context.terminal.progress(`validate: ${done} of ${total} environments`),
      });
      context.terminal.progress('');
      setExit(context, result);
      await print(context, result, options.format);
      // Last: what was found is told, also when a file cannot be written.
      for (const { format, file } of reports) await writeWhole(file, await report(format, result));
      if (options.markdown !== undefined) await writeComment(options.markdown, result);
    });
}

function parseReport(text: string): ReportFile {
  const [, name = '', file = ''] = /^([^=]*)=(.*)$/s.exec(text) ?? [];
  const format = REPORT_FORMATS.find((one) => one === name);
  if (format === undefined || file === '')
    throw new Failure('usage', `--report ${text} is not FORMAT=FILE`, {
      hint: `Formats are ${REPORT_FORMATS.join(', ')}; such as --report sarif=tankard.sarif.`,
    });
  return { format, file: path.resolve(file) };
}

function setExit(context: Context, { steps, failures }: CiResult): void {
  for (const { errors, failure } of steps) {
    if (errors > 0) context.exit(EXIT_FINDINGS);
    if (failure !== undefined) context.exit(failure.exitCode);
  }
  for (const { failure } of failures) context.exit(failure.exitCode);
}

async function print(context: Context, result: CiResult, format: ReportFormat): Promise<void> {
  const { terminal } = context;
  if (format === 'text') terminal.print(textOf(result, terminal.look('stdout')));
  else terminal.print(await report(format, result));
  if (format === 'github') {
    terminal.print(`\n${summaryTable(result)}`);
    await writeStepSummary(terminal, result);
  }
  // A format that is read by programs stands alone on stdout.
  if (!['text', 'github'].includes(format)) terminal.note(summaryTable(result).trimEnd());
  for (const { failure } of result.problems) noteFailure(context, failure);
  for (const { path: environment, failure } of result.failures)
    noteFailure(context, failure, `${environment}: `);
}

function noteFailure({ terminal }: Context, { message, hint }: Failure, before = ''): void {
  terminal.note(`${before}${message}`);
  if (hint !== undefined) terminal.note(hint);
}

async function report(format: ReportFormat, result: CiResult): Promise<string> {
  if (format === 'json') return `${JSON.stringify(ciJson(result), null, 2)}\n`;
  return format === 'text' ? textOf(result) : formatReport(format, result);
}

function textOf(result: CiResult, style: TextStyle = {}): string {
  const { files, root, environments } = result;
  const heading = style.paint?.('heading', 'Jsonnet') ?? 'Jsonnet';
  const own = files.length === 0 ? '' : `${heading}\n${findingsText(files, root, style)}\n\n`;
  return `${own}${textReport(environments, root, style)}\n\n${summaryTable(result)}`;
}

function ciJson(result: CiResult): object {
  const { steps, files, root, base } = result;
  return {
    ...jsonReport(result),
    ...(base === undefined ? {} : { base }),
    files: files.map((finding) => jsonFinding(finding, root)),
    steps: steps.map(({ failure, durationMs, ...step }) => ({
      ...step,
      durationMs: Math.round(durationMs),
      ...(failure === undefined ? {} : { error: jsonFailure(failure) }),
    })),
  };
}

/** One row a step: how it ended, how long it took, and what was checked. */
function summaryTable({ steps }: CiResult): string {
  const rows = steps.map((step) => [
    step.name,
    stepResult(step),
    `${(step.durationMs / 1000).toFixed(1)} s`,
    step.detail,
  ]);
  return columns([['step', 'result', 'time', 'what'], ...rows]);
}

/** A summary that cannot be written is no reason to fail a job whose project is right. */
async function writeStepSummary(terminal: Context['terminal'], result: CiResult): Promise<void> {
  const file = process.env['GITHUB_STEP_SUMMARY'];
  if (file === undefined || file === '') return;
  const { githubSummary } = await import('../finding/report/github.ts');
  const findings = githubSummary(result, { repository: repositoryRoot(result.root) });
  try {
    await appendFile(file, `${findings}\n${stepTable(result).join('\n')}\n`);
  } catch (error) {
    terminal.note(`the step summary could not be written: ${(error as Error).message}`);
  }
}

async function writeComment(file: string, result: CiResult): Promise<void> {
  const { changeComment } = await import('../workflow/ci/change-comment.ts');
  await writeWhole(path.resolve(file), changeComment(result));
}
