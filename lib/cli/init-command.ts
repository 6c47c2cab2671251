import path from 'node:path';
import { Command } from '@commander-js/extra-typings';
import { JSON_VERSION } from '../finding/report/json.ts';
import { DEFAULT_KUBERNETES } from '../sources/pinned-modules.ts';
import { formatOption, printJson, projectOptions, type Context } from './context.ts';

/** `tankard init [FOLDER]` */
export function initCommand(context: Context) {
  return new Command('init')
    .description('make a Tanka project with typed libraries and an environment as an example')
    .argument('[folder]', 'where; made when it does not exist', '.')
    .option(
      '--import <sources...>',
      `libraries beside the mixins: k8s@MINOR (default: k8s@${DEFAULT_KUBERNETES}), controllers by name, and what ` +
        'else `tankard import` takes',
    )
    .addOption(formatOption())
    .action(async (folder, flags) => {
      const { init } = await import('../workflow/init/init.ts');
      const imports = flags.import ?? [];
      const result = await init({ ...projectOptions(context), folder, imports });
      const { root, created, libraries, notes } = result;
      if (flags.format === 'json') {
        const imported = libraries.map(({ name, source }) => ({ name, source }));
        printJson(context, { version: JSON_VERSION, root, created, libraries: imported, notes });
        return;
      }
      for (const file of created) context.terminal.print(`created  ${file}\n`);
      for (const note of notes) context.terminal.note(note);
      for (const line of nextSteps(root)) context.terminal.note(line);
    });
}

function nextSteps(root: string): string[] {
  // npm says so to what `npx` runs; then `tankard` itself is not on PATH.
  const tankard = process.env['npm_command'] === 'exec' ? 'npx tankard' : 'tankard';
  const folder = path.relative(process.cwd(), root);
  return [
    'Next:',
    ...(folder === '' ? [] : [`  cd ${folder}`]),
    `  ${tankard} validate    # renders environments/default and checks it`,
    `  ${tankard} preview     # the same at each save`,
    'For a cluster, put the context of your kubeconfig into "contextNames" of environments/default/spec.json.',
  ];
}
