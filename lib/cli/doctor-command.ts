import { Command } from '@commander-js/extra-typings';
import { JSON_VERSION } from '../finding/report/json.ts';
import { formatOption, printJson, type Context } from './context.ts';
import { columns } from './columns.ts';

/** `tankard doctor` */
export function doctorCommand(context: Context) {
  return new Command('doctor')
    .description('show every tool that tankard runs: where it is, its version, and how to get it')
    .addOption(formatOption())
    .action(async (options) => {
      const { doctor } = await import('../workflow/doctor.ts');
      const tools = await doctor();
      if (options.format === 'json') printJson(context, { version: JSON_VERSION, tools });
      else {
        const rows = tools.map((tool) => [
          tool.ok ? 'ok' : 'missing',
          tool.name,
          tool.version ?? '',
          tool.wanted,
          tool.path ?? '',
          tool.origin ?? '',
        ]);
        context.terminal.print(
          columns([['', 'TOOL', 'VERSION', 'WANTED', 'PATH', 'FROM'], ...rows]),
        );
        for (const tool of tools)
          if (tool.howToGet !== undefined)
            context.terminal.print(`${tool.name}: ${tool.howToGet}\n`);
      }
      if (tools.some((tool) => !tool.ok && tool.neededFor === undefined)) context.exit(3);
    });
}
