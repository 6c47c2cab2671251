import { Command, InvalidArgumentError, Option } from '@commander-js/extra-typings';
import { harmless } from '../finding/harmless.ts';
import { count, showResource } from '../finding/report/text.ts';
import {
  type ApplyResult,
  type EnvironmentOutcome,
  isDone,
  type Plan,
} from '../workflow/deploy/apply.ts';
import { rolloutChanges, rolloutProgress, rolloutReport } from '../rollout/rollout-text.ts';
import type { RolloutStatus } from '../rollout/rollout-status.ts';
import { type Context, printJson } from './context.ts';
import {
  confirmed,
  deployJson,
  deployOptions,
  environmentJson,
  noteFailure,
  noteInterrupt,
  noteStopped,
  outcomeTable,
  partText,
  showPlan,
  targetText,
  withDeployOptions,
} from './deploy-context.ts';
import type { FieldConflict } from '../ownership/field-owner.ts';
import { ownerText } from './owner-text.ts';
import { EXIT_CLUSTER, EXIT_INTERRUPTED } from '../finding/failure.ts';

/** `tankard apply ENV...` */
export function applyCommand(context: Context) {
  return withDeployOptions(new Command('apply'))
    .description(
      'validate environments, show what differs from their clusters, ask, and apply exactly that with tk apply',
    )
    .argument('<environments...>', 'paths of environments; applied in this order')
    .addOption(
      new Option('--auto-approve <when>', 'apply without a question')
        .choices(['always', 'never', 'if-no-changes'] as const)
        .default('never' as const),
    )
    .addOption(
      new Option('--dry-run <where>', "tk's own: change nothing").choices([
        'server',
        'client',
      ] as const),
    )
    .option('--force-conflicts', 'with server-side apply, take fields that others have')
    .option('--wait', 'follow what was applied until it is up, and say why what is not is not')
    .option('--wait-timeout <seconds>', 'how long to wait for one environment', seconds, 300)
    .option('--keep-going', 'go on with the next environment after one that failed or was declined')
    .action(async (environments, options) => {
      const { apply } = await import('../workflow/deploy/apply.ts');
      const isText = options.format === 'text';
      const { terminal } = context;
      const rollouts = rolloutNotes(context);
      noteInterrupt(context);
      const result = await apply({
        ...deployOptions(context, environments, options),
        autoApprove: options.autoApprove,
        keepGoing: options.keepGoing ?? false,
        forceConflicts: options.forceConflicts ?? false,
        ...(options.dryRun === undefined ? {} : { dryRun: options.dryRun }),
        onPlan: (plan) => showPlan(context, options.format, { ...plan, more: planLines(plan) }),
        confirm: (plan) => confirmed(context, `Apply this to ${targetText(plan.target)}?`),
        ...(options.wait === true ? { waitMs: options.waitTimeout * 1000 } : {}),
        onRollout: (id, statuses) => rollouts.tell(id, statuses),
        onWritten: (_id, { object, outcome }) => terminal.note(harmless(`${object} ${outcome}`)),
        onOutcome: (outcome) => {
          rollouts.end();
          noteOutcome(context, outcome);
        },
      });
      if (!isText) printJson(context, toJson(result));
      if (result.stopped) noteStopped(context, 'not applied');
      else terminal.note(summary(result));
      if (context.signal.aborted) context.exit(EXIT_INTERRUPTED);
    });
}

function planLines({ changes, isUnchanged, conflicts }: Plan): string[] {
  const isHidden = changes.length === 0 && !isUnchanged;
  const hidden =
    '  only what kubectl notes for itself would be written, such as its last-applied annotation';
  const lines = conflicts.map((conflict) => `  ! ${conflictText(conflict)}`);
  return isHidden ? [hidden, ...lines] : lines;
}

function conflictText({ resource, field, owner, live, applied }: FieldConflict): string {
  const values = live !== undefined && applied !== undefined ? `: ${live} -> ${applied}` : '';
  return `${showResource(resource)} ${field}${values}, owned by ${ownerText(owner)}`;
}

function noteOutcome(context: Context, outcome: EnvironmentOutcome): void {
  const { terminal, exit } = context;
  const { id, state, failure, written, missing, warnings, rollouts } = outcome;
  terminal.progress('');
  for (const warning of warnings) terminal.note(harmless(`warning: ${warning}`));
  if (state === 'declined') {
    terminal.note(`${harmless(id)}: not approved, nothing was applied`);
    exit(EXIT_INTERRUPTED);
  }
  if (rollouts !== undefined) {
    const look = { elapsedMs: outcome.waitedMs ?? 0, style: terminal.look('stderr') };
    const report = rolloutReport(rollouts, look).trimEnd();
    terminal.note(`${harmless(id)}:${report.includes('\n') ? '\n' : ' '}${report}`);
    if (!isDone(outcome)) exit(EXIT_CLUSTER);
  }
  if (failure === undefined) return;
  noteFailure(context, id, failure);
  if (missing.length === 0) {
    if (written.length > 0)
      terminal.note(`${harmless(id)}: all of it was applied, ${count(written.length, 'object')}`);
    return;
  }
  const part = partText(id, 'applied', { done: written.length, left: missing });
  terminal.note(`${part}. Applying again does the rest.`);
}

/** Tells of a rollout: in one line that changes on a terminal, else in a line for each change. */
function rolloutNotes({ terminal }: Context) {
  let told: { readonly id: string; readonly statuses: readonly RolloutStatus[] } | undefined;
  let since = 0;
  let clock: NodeJS.Timeout | undefined;
  const progress = (): void =>
    terminal.progress(rolloutProgress(told?.statuses ?? [], Date.now() - since));
  return {
    tell(id: string, statuses: readonly RolloutStatus[]): void {
      // The one environment has nothing to do with the next.
      const before = told?.id === id ? told.statuses : undefined;
      if (before === undefined) since = Date.now();
      const lines = rolloutChanges(before ?? [], statuses, terminal.look('stderr'));
      for (const line of lines) terminal.note(line);
      told = { id, statuses };
      progress();
      clock ??= setInterval(progress, 1000).unref();
    },
    end(): void {
      clearInterval(clock);
      clock = undefined;
      terminal.progress('');
    },
  };
}

function seconds(text: string): number {
  const value = Number(text);
  if (Number.isFinite(value) && value > 0) return value;
  throw new InvalidArgumentError('It has to be a number of seconds.');
}

function summary({ outcomes }: ApplyResult): string {
  return outcomeTable(
    outcomes.map((outcome) => {
      const { state, written, rollouts } = outcome;
      const result = isDone(outcome) || rollouts === undefined ? state : `${state}, not up`;
      return { ...outcome, result, objects: countsText(written) };
    }),
  );
}

function countsText(written: EnvironmentOutcome['written']): string {
  const counts = new Map<string, number>();
  for (const { outcome } of written) counts.set(outcome, (counts.get(outcome) ?? 0) + 1);
  return [...counts].map(([outcome, number]) => `${number} ${outcome}`).join(', ');
}

function toJson(result: ApplyResult): object {
  return deployJson(
    result,
    result.outcomes.map((outcome) => ({
      ...environmentJson(outcome),
      state: outcome.state,
      written: outcome.written,
      missing: outcome.missing,
      warnings: outcome.warnings,
      ...(outcome.rollouts === undefined ? {} : { rollouts: outcome.rollouts }),
    })),
  );
}
