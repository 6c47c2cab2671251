import { Command } from '@commander-js/extra-typings';
import { Failure } from '../finding/failure.ts';
import { JSON_VERSION } from '../finding/report/json.ts';
import { findProjectRoot } from '../tanka/project.ts';
import { formatOption, printJson, projectOptions, type Context } from './context.ts';

/** `tankard generate` */
export function generateCommand(context: Context) {
  return new Command('generate')
    .description('generate mixins, types, validators and reference pages from the declarations')
    .option('--check', 'write nothing; exit 16 when a generated file is stale')
    .addOption(formatOption())
    .action(async (options) => {
      const { generate } = await import('../workflow/generate.ts');
      const check = options.check === true;
      const root = findProjectRoot(process.cwd());
      const { files, changes } = await generate({ root, check, ...projectOptions(context) });
      if (options.format === 'json') printJson(context, { version: JSON_VERSION, files: changes });
      else
        for (const { change, path } of changes)
          context.terminal.print(`${change.padEnd(8)} ${path}\n`);
      if (changes.length === 0) context.terminal.note(`${files} generated files, all up to date`);
      else if (check)
        throw new Failure('stale', `${changes.length} of ${files} generated files are stale`, {
          hint: 'Run tankard generate.',
        });
      else context.terminal.note(`${files} generated files, ${changes.length} written`);
    });
}
