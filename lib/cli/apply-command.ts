import { Command, Option } from '@commander-js/extra-typings';
import { EXIT_FINDINGS } from '../finding/failure.ts';
import { jsonReport } from '../finding/report/json.ts';
import { textReport } from '../finding/report/text.ts';
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

/** `tankard apply ENV` */
export function applyCommand(context: Context) {
  return withTankaOptions(new Command('apply'))
    .description(
      'validate an environment; without errors, run tk apply, which shows the difference and asks',
    )
    .argument('<environment>', 'path of the environment')
    .addOption(
      new Option('--auto-approve <when>', "tk's own: apply without a question").choices([
        'always',
        'never',
        'if-no-changes',
      ] as const),
    )
    .addOption(
      new Option('--dry-run <where>', "tk's own: change nothing").choices([
        'server',
        'client',
      ] as const),
    )
    .addOption(kubernetesOption())
    .addOption(baselineOption())
    .addOption(formatOption())
    .action(async (environment, options) => {
      const { apply } = await import('../workflow/apply.ts');
      const { stopped } = await apply({
        ...projectOptions(context),
        environment,
        args: tankaArguments(options),
        ...(options.kubernetes === undefined ? {} : { kubernetes: options.kubernetes }),
        ...(options.baseline === undefined ? {} : { baseline: options.baseline }),
        ...(options.autoApprove === undefined ? {} : { autoApprove: options.autoApprove }),
        ...(options.dryRun === undefined ? {} : { dryRun: options.dryRun }),
        outputToStderr: options.format === 'json',
        onValidated: (result) => {
          if (options.format === 'json') printJson(context, jsonReport(result));
          else
            context.terminal.note(
              textReport(result.environments, result.root, context.terminal.look('stderr')),
            );
        },
      });
      if (!stopped) return;
      context.terminal.note('not applied: mend the errors first');
      context.exit(EXIT_FINDINGS);
    });
}
