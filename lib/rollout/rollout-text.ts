import { harmlessLines } from '../finding/harmless.ts';
import type { ResourceId } from '../finding/finding.ts';
import { type Paint, showResource, type TextStyle, unpainted } from '../finding/report/text.ts';
import type { RolloutState, RolloutStatus } from './rollout-status.ts';

/** Of how many objects a report of a failure says all; the rest is named. */
const MOST_REPORTED = 20;

const WORDS: Readonly<Record<RolloutState, string>> = {
  ready: 'ready',
  progressing: 'waiting',
  failed: 'failed',
};

/** Of the longest word. */
const WORD_WIDTH = 7;

const STYLES = { ready: 'added', progressing: 'changed', failed: 'error' } as const;

/**
 * One line that says how far it is: `3 of 5 objects are ready, 12 s; waiting for Deployment default/web: 1 of 3 replicas are
 * available (and 1 more)`.
 *
 * @param elapsedMs since the waiting began.
 */
export function rolloutProgress(statuses: readonly RolloutStatus[], elapsedMs: number): string {
  const waiting = statuses.filter(({ state }) => state === 'progressing');
  const bad = statuses.filter(({ state }) => state === 'failed').length;
  const up = statuses.length - waiting.length - bad;
  const head = `${up} of ${objects(statuses.length)} ready`;
  const [first] = waiting;
  const more = waiting.length > 1 ? ` (and ${waiting.length - 1} more)` : '';
  return [
    `${head}${bad === 0 ? '' : `, ${bad} failed`}, ${shownTime(elapsedMs)}`,
    ...(first === undefined ? [] : [`waiting for ${statusText(first)}${more}`]),
  ].join('; ');
}

/**
 * A line for each object that has another state than before: `ready    Deployment default/web: 3 replicas are available`. Of
 * objects that are told for the first time, those that are ready are left out: nobody waited for them.
 *
 * @param before what was told before; nothing at first.
 * @param after what is so now, of the same objects in the same order.
 */
export function rolloutChanges(
  before: readonly RolloutStatus[],
  after: readonly RolloutStatus[],
  style: TextStyle = {},
): readonly string[] {
  const paint = style.paint ?? unpainted;
  return after
    .filter(({ state }, index) => state !== (before[index]?.state ?? 'ready'))
    .map((status) => `${word(status.state, paint)}  ${statusText(status)}`);
}

/**
 * The report at the end: what is not up with its causes, then one line that sums up. One line when everything is up.
 *
 * @param options.elapsedMs how long was waited.
 * @returns text that ends with a line break.
 */
export function rolloutReport(
  statuses: readonly RolloutStatus[],
  { elapsedMs, style = {} }: { readonly elapsedMs: number; readonly style?: TextStyle },
): string {
  const paint = style.paint ?? unpainted;
  const down = statuses.filter(({ state }) => state !== 'ready');
  const blocks = down.slice(0, MOST_REPORTED).map((status) => statusBlock(status, paint));
  const rest = down.slice(MOST_REPORTED).map(({ resource }) => showResource(resource));
  const others = rest.length === 0 ? [] : [`and ${objects(rest.length)} more: ${rest.join(', ')}`];
  return `${[...blocks, ...others, summary(statuses, elapsedMs)].join('\n')}\n`;
}

function statusBlock(status: RolloutStatus, paint: Paint): string {
  const causes = status.causes
    // Such as the condition that the message is from.
    .filter((cause) => !cause.endsWith(status.message))
    .flatMap((cause) => harmlessLines(cause).split('\n'))
    .map(
      (line) =>
        `${' '.repeat(WORD_WIDTH + 2)}${line.startsWith('  | ') ? paint('faint', line) : line}`,
    );
  return [`${word(status.state, paint)}  ${statusText(status)}`, ...causes].join('\n');
}

function summary(statuses: readonly RolloutStatus[], elapsedMs: number): string {
  const bad = statuses.filter(({ state }) => state === 'failed').length;
  const late = statuses.filter(({ state }) => state === 'progressing').length;
  const time = shownTime(elapsedMs);
  if (bad + late === 0)
    return `${statuses.length === 1 ? 'the object is' : `all ${statuses.length} objects are`} up after ${time}`;
  const parts = [
    ...(bad === 0 ? [] : [`${bad} failed`]),
    ...(late === 0 ? [] : [`${late} not ready yet`]),
  ];
  return `${statuses.length - bad - late} of ${objects(statuses.length)} up after ${time}: ${parts.join(', ')}`;
}

function statusText({ resource, message }: Pick<RolloutStatus, 'resource' | 'message'>): string {
  return harmlessLines(`${showResource(resource satisfies ResourceId)}: ${message}`);
}

function word(state: RolloutState, paint: Paint): string {
  const text = WORDS[state];
  return paint(STYLES[state], text) + ' '.repeat(WORD_WIDTH - text.length);
}

function objects(count: number): string {
  return `${count} ${count === 1 ? 'object' : 'objects'}`;
}

/** `12 s`, `3 min 5 s`. */
function shownTime(milliseconds: number): string {
  const seconds = Math.round(milliseconds / 1_000);
  const minutes = Math.floor(seconds / 60);
  return minutes === 0 ? `${seconds} s` : `${minutes} min ${seconds % 60} s`;
}
