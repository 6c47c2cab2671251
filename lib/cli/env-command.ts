import { Command } from '@commander-js/extra-typings';
import { JSON_VERSION } from '../finding/report/json.ts';
import { columns } from './columns.ts';
import { formatOption, printJson, projectOptions, type Context } from './context.ts';

/** `tankard env list` */
export function envCommand(context: Context) {
  return new Command('env').description('work with environments').addCommand(
    new Command('list')
      .description('list the environments of the project')
      .addOption(formatOption())
      .action(async (options) => {
        const { listProjectEnvironments } = await import('../workflow/env-list.ts');
        const environments = await listProjectEnvironments(projectOptions(context));
        if (options.format === 'json') {
          printJson(context, { version: JSON_VERSION, environments });
          return;
        }
        const rows = environments.map((one) => [
          one.name,
          one.namespace ?? '',
          one.apiServer ?? one.contextNames?.join(',') ?? '',
        ]);
        context.terminal.print(columns([['NAME', 'NAMESPACE', 'CLUSTER'], ...rows]));
      }),
  );
}
