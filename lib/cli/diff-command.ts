import { Command } from '@commander-js/extra-typings';
import { EXIT_DIFFERENT } from '../finding/failure.ts';
import { harmless } from '../finding/harmless.ts';
import { comparisonText } from '../preview/text/comparison-text.ts';
import type { EnvironmentDiff } from '../workflow/deploy/diff.ts';
import { type Context, printJson } from './context.ts';
import {
  deployJson,
  deployOptions,
  environmentJson,
  noteFailure,
  noteStopped,
  targetText,
  withDeployOptions,
} from './deploy-context.ts';

/** `tankard diff ENV...` */
export function diffCommand(context: Context) {
  return withDeployOptions(new Command('diff'))
    .description(
      'validate environments, and show what tk apply would change in their clusters; 16 when something differs',
    )
    .argument('<environments...>', 'paths of environments')
    .option('-p, --with-prune', 'also what tankard prune would delete')
    .option('--unified', 'as tk diff prints it: the changed lines of the YAML')
    .action(async (environments, options) => {
      const { diff } = await import('../workflow/deploy/diff.ts');
      const isText = options.format === 'text';
      const result = await diff({
        ...deployOptions(context, environments, options),
        withPrune: options.withPrune ?? false,
        unified: options.unified ?? false,
        onDiff: (one) => {
          if (isText) printDiff(context, one);
          if (one.failure !== undefined) noteFailure(context, one.id, one.failure);
          else if ((one.changes ?? []).length > 0) context.exit(EXIT_DIFFERENT);
        },
      });
      if (!isText)
        printJson(
          context,
          deployJson(
            result,
            result.diffs.map((one) => ({
              ...environmentJson(one),
              ...(one.changes === undefined ? {} : { changes: one.changes }),
              ...(one.unified === undefined ? {} : { unified: one.unified }),
            })),
          ),
        );
      if (result.stopped) noteStopped(context, 'not compared');
    });
}

function printDiff({ terminal }: Context, { id, target, changes, unified }: EnvironmentDiff): void {
  if (unified !== undefined) terminal.print(unified);
  else if (changes !== undefined) {
    const look = { root: '', style: terminal.look('stdout') };
    terminal.print(
      `${comparisonText(harmless(id), { label: targetText(target), changes }, look)}\n`,
    );
  }
}
