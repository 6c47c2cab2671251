import { Command } from '@commander-js/extra-typings';
import { changePathText } from '../compare/change-path-text.ts';
import { EXIT_DIFFERENT } from '../finding/failure.ts';
import { harmless } from '../finding/harmless.ts';
import { count, showResource } from '../finding/report/text.ts';
import type { EnvironmentStatus, ObjectState, ObjectStatus } from '../workflow/deploy/status.ts';
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
import { columns } from './columns.ts';
import { ownerText } from './owner-text.ts';

/** `tankard status ENV...` */
export function statusCommand(context: Context) {
  return withDeployOptions(new Command('status'))
    .description(
      'what of environments is in their clusters: there, changed by somebody else, missing or extra; 16 when not all is as rendered',
    )
    .argument('<environments...>', 'paths of environments')
    .action(async (environments, options) => {
      const { status } = await import('../workflow/deploy/status.ts');
      const isText = options.format === 'text';
      const result = await status({
        ...deployOptions(context, environments, options),
        onStatus: (one) => {
          if (isText) context.terminal.print(statusText(one));
          if (one.failure !== undefined) noteFailure(context, one.id, one.failure);
          if (one.objects?.some(({ state }) => state !== 'current') === true)
            context.exit(EXIT_DIFFERENT);
        },
      });
      if (!isText)
        printJson(
          context,
          deployJson(
            result,
            result.statuses.map((one) => ({
              ...environmentJson(one),
              knowsExtra: one.knowsExtra,
              ...(one.objects === undefined ? {} : { objects: one.objects }),
            })),
          ),
        );
      if (result.stopped) noteStopped(context, 'not looked at');
    });
}

const STATES: readonly ObjectState[] = ['current', 'changed', 'outdated', 'missing', 'extra'];

function statusText({ id, target, objects, knowsExtra }: EnvironmentStatus): string {
  if (objects === undefined) return '';
  const counts = STATES.flatMap((state) => {
    const number = objects.filter((one) => one.state === state).length;
    return number === 0 ? [] : [`${number} ${state}`];
  });
  const rows = objects.map((one) => [
    harmless(showResource(one.resource)),
    one.state,
    one.rollout === undefined ? '' : harmless(`${one.rollout.state}: ${one.rollout.message}`),
  ]);
  const table = columns([['OBJECT', 'STATE', 'ROLLOUT'], ...rows]);
  const owned = objects.flatMap(ownedLines);
  const unknown = knowsExtra
    ? []
    : ['  what is extra is not known, without spec.injectLabels or with -t'];
  return `${harmless(id)}  in ${targetText(target)}: ${counts.join(', ') || 'no objects'}\n${table}${[
    ...owned,
    ...unknown,
  ]
    .map((line) => `${line}\n`)
    .join('')}`;
}

/** Who wrote what differs. */
function ownedLines({ resource, values }: ObjectStatus): string[] {
  if (values.length === 0) return [];
  const lines = values.map(({ path, secret, before, after, owners: [owner] }) => {
    const change = secret
      ? 'changed (not shown)'
      : `${shown(before)} in the cluster, ${shown(after)} rendered`;
    const by = owner === undefined ? '' : `, written by ${ownerText(owner)}`;
    return harmless(`    ${changePathText(path)}: ${change}${by}`);
  });
  return [`  ${harmless(showResource(resource))}: ${count(values.length, 'difference')}`, ...lines];
}

/** Longer values are cut: `tankard diff` shows them. */
const LONGEST = 60;

function shown(value: unknown): string {
  if (value === undefined) return 'nothing';
  const text = JSON.stringify(value);
  return text.length > LONGEST ? `${text.slice(0, LONGEST)}...` : text;
}
