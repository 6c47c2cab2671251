import { Command } from '@commander-js/extra-typings';
import { JSON_VERSION } from '../finding/report/json.ts';
import { formatOption, printJson, type Context } from './context.ts';

/** `tankard rules [RULE]` */
export function rulesCommand(context: Context) {
  return new Command('rules')
    .description('list what validate finds, or explain one rule with a wrong and a right example')
    .argument('[rule]', 'code of a rule, such as identity/service-account-missing')
    .addOption(formatOption())
    .action(async (code, { format }) => {
      const { listRules, readRule } = await import('../workflow/rules.ts');
      if (code === undefined) {
        const rules = listRules();
        if (format === 'json') printJson(context, { version: JSON_VERSION, rules });
        else context.terminal.print(table(rules));
        return;
      }
      const rule = await readRule(code);
      if (format === 'json') printJson(context, { version: JSON_VERSION, rules: [rule] });
      else context.terminal.print(rule.page);
    });
}

function table(
  rules: readonly { readonly id: string; readonly severity: string; readonly title: string }[],
): string {
  const width = Math.max(...rules.map(({ id }) => id.length));
  const lines = rules.map(
    ({ id, severity, title }) =>
      `${id.padEnd(width)}  ${severity.padEnd('warning'.length)}  ${title}\n`,
  );
  return lines.join('');
}
