import { Command } from '@commander-js/extra-typings';
import { EXIT_FINDINGS } from '../finding/failure.ts';
import { jsonReport } from '../finding/report/json.ts';
import { summarize, textReport } from '../finding/report/text.ts';
import {
  baselineOption,
  formatOption,
  kubernetesOption,
  printJson,
  projectOptions,
  tankaArguments,
  withTankaOptions,
  type Context,
} from './context.ts';

/** `tankard validate [ENV...]` */
export function validateCommand(context: Context) {
  return withTankaOptions(new Command('validate'))
    .description(
      'render environments with tk and validate what came out; all of them when none is named',
    )
    .argument('[environments...]', 'paths of environments')
    .addOption(kubernetesOption())
    .addOption(baselineOption())
    .option('--update-baseline', 'write the findings of now into the file of --baseline')
    .addOption(formatOption())
    .action(async (environments, options) => {
      const { validate } = await import('../workflow/validate.ts');
      const result = await validate({
        ...projectOptions(context),
        environments,
        args: tankaArguments(options),
        ...(options.kubernetes === undefined ? {} : { kubernetes: options.kubernetes }),
        ...(options.baseline === undefined ? {} : { baseline: options.baseline }),
        updateBaseline: options.updateBaseline ?? false,
        onEnvironment: (done, total) =>
          context.terminal.progress(`validated ${done} of ${total} environments`),
      });
      context.terminal.progress('');
      if (options.format === 'json') printJson(context, jsonReport(result));
      else context.terminal.print(`${textReport(result.environments, result.root)}\n`);
      if (summarize(result.environments).errors > 0) context.exit(EXIT_FINDINGS);
      noteGone(context, result.gone ?? 0);
      for (const { path, failure } of result.failures) {
        context.terminal.note(`${path}: ${failure.message}`);
        if (failure.hint !== undefined) context.terminal.note(failure.hint);
        context.exit(failure.exitCode);
      }
    });
}

function noteGone(context: Context, gone: number): void {
  if (gone > 0)
    context.terminal.note(
      `${gone} of the findings in the baseline are gone: --update-baseline takes them out of it`,
    );
}
