import { Command } from '@commander-js/extra-typings';
import { JSON_VERSION } from '../finding/report/json.ts';
import { formatOption, printJson, projectOptions, type Context } from './context.ts';

/** `tankard docs` */
export function docsCommand(context: Context) {
  return new Command('docs')
    .description('write a searchable HTML reference of the imported libraries')
    .option('--output <folder>', 'where to write it (default: .tankard/docs in the project)')
    .addOption(formatOption())
    .action(async ({ output, format }) => {
      const { docs } = await import('../workflow/docs.ts');
      const where = output === undefined ? {} : { output };
      const result = await docs({ ...projectOptions(context), ...where });
      if (format === 'json') printJson(context, { version: JSON_VERSION, ...result });
      else context.terminal.print(`${result.index}\n`);
    });
}
