import { Command } from '@commander-js/extra-typings';
import { JSON_VERSION } from '../finding/report/json.ts';
import { formatOption, printJson, projectOptions, type Context } from './context.ts';

/** `tankard explain PATH` */
export function explainCommand(context: Context) {
  return new Command('explain')
    .description(
      'say what a kind or a field of the imported libraries is, and which functions set it',
    )
    .argument(
      '<path>',
      'such as deployment.spec.strategy, apps/v1/deployment or istio/gateway.spec.servers',
    )
    .option('--library <name>', 'look only in this library')
    .addOption(formatOption())
    .action(async (path, { library, format }) => {
      const { explain } = await import('../workflow/explain.ts');
      const where = library === undefined ? {} : { library };
      const explained = await explain(path, { ...projectOptions(context), ...where });
      if (format === 'json') printJson(context, { version: JSON_VERSION, explanation: explained });
      else {
        const { printExplanation } = await import('../emit/explain/print-explanation.ts');
        context.terminal.print(printExplanation(explained));
      }
    });
}
