import { appendFile } from 'node:fs/promises';
import path from 'node:path';
import { Command, Option } from '@commander-js/extra-typings';
import { writeWhole } from '../disk/write-whole.ts';
import { EXIT_FINDINGS, Failure } from '../finding/failure.ts';
import type { ReportInput } from '../finding/report/report-input.ts';
import { summarize, textReport } from '../finding/report/text.ts';
import type { TankaArguments } from '../tanka/arguments.ts';
import type { ValidateFilesOptions } from '../workflow/validate-files.ts';
import type { ValidateOptions, ValidateResult } from '../workflow/validate.ts';
import { formatReport, REPORT_FORMATS, type ReportFormat } from './format-report.ts';
import {
  baselineOption,
  kubernetesOption,
  projectOptions,
  tankaArguments,
  withTankaOptions,
  type Context,
} from './context.ts';
import { repositoryRoot } from './repository-root.ts';

/** `tankard validate [ENV...]` */
export function validateCommand(context: Context) {
  return withTankaOptions(new Command('validate'))
    .description(
      'render environments with tk and validate what came out; all of them when none is named',
    )
    .argument('[environments...]', 'paths of environments')
    .addOption(kubernetesOption())
    .option(
      '--manifests <path>',
      'validate this file, the YAML and JSON files of this folder, or - for stdin, instead of environments',
    )
    .addOption(baselineOption())
    .option('--update-baseline', 'write the findings of now into the file of --baseline')
    .addOption(
      new Option('--format <format>', 'what to print; github: annotations, and the step summary')
        .choices(REPORT_FORMATS)
        .default('text' as const),
    )
    .option('--output <file>', 'write the report there, and print the text report')
    .action(async (environments, options) => {
      const common = {
        ...projectOptions(context),
        ...(options.kubernetes === undefined ? {} : { kubernetes: options.kubernetes }),
        ...(options.baseline === undefined ? {} : { baseline: options.baseline }),
        updateBaseline: options.updateBaseline ?? false,
      };
      const args = tankaArguments(options);
      const result =
        options.manifests === undefined
          ? await validateEnvironments(context, { ...common, environments, args })
          : await validateFiles(
              { ...common, manifests: options.manifests },
              { environments, args },
            );
      context.terminal.progress('');
      if (summarize(result.environments).errors > 0) context.exit(EXIT_FINDINGS);
      noteGone(context, result.gone ?? 0);
      for (const { path: environment, failure } of result.failures) {
        context.terminal.note(`${environment}: ${failure.message}`);
        if (failure.hint !== undefined) context.terminal.note(failure.hint);
        context.exit(failure.exitCode);
      }
      await report(context, result, options);
    });
}

async function validateEnvironments(
  { terminal }: Context,
  options: ValidateOptions,
): Promise<ValidateResult> {
  const { validate } = await import('../workflow/validate.ts');
  return validate({
    ...options,
    onEnvironment: (done, total) => terminal.progress(`validated ${done} of ${total} environments`),
  });
}

async function validateFiles(
  options: ValidateFilesOptions,
  others: { readonly environments: readonly string[]; readonly args: TankaArguments },
): Promise<ValidateResult> {
  if (others.environments.length > 0 || Object.keys(others.args).length > 0)
    throw new Failure('usage', '--manifests takes no environments and no options of tk', {
      hint: 'It validates files as they are, without rendering.',
    });
  const files = await import('../workflow/validate-files.ts');
  return files.validateFiles(options);
}

function noteGone(context: Context, gone: number): void {
  if (gone > 0)
    context.terminal.note(
      `${gone} of the findings in the baseline are gone: --update-baseline takes them out of it`,
    );
}

async function report(
  { terminal }: Context,
  result: ReportInput,
  { format, output }: { readonly format: ReportFormat; readonly output?: string | undefined },
): Promise<void> {
  const isText = format === 'text' || output !== undefined;
  terminal.print(
    isText
      ? `${textReport(result.environments, result.root, terminal.look('stdout'))}\n`
      : await formatReport(format, result),
  );
  if (output !== undefined)
    await writeWhole(path.resolve(output), await formatReport(format, result));
  if (format === 'github') await writeStepSummary(terminal, result);
}

/** A summary that cannot be written is no reason to fail a job whose manifests are right. */
async function writeStepSummary(terminal: Context['terminal'], result: ReportInput): Promise<void> {
  const file = process.env['GITHUB_STEP_SUMMARY'];
  if (file === undefined || file === '') return;
  const { githubSummary } = await import('../finding/report/github.ts');
  try {
    await appendFile(file, githubSummary(result, { repository: repositoryRoot(result.root) }));
  } catch (error) {
    terminal.note(`the step summary could not be written: ${(error as Error).message}`);
  }
}
