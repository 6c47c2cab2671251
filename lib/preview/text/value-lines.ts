import { dump } from 'js-yaml';
import { changePathText } from '../../compare/change-path-text.ts';
import { listGaps } from '../../compare/list-gaps.ts';
import type { ChangeStep, ValueChange } from '../../compare/resource-change.ts';
import { harmless } from '../../finding/harmless.ts';
import { cutLine } from '../../finding/report/source-excerpt.ts';
import { count } from '../../finding/report/text.ts';
import { columnsOf, paintOf, type PreviewLook } from './preview-look.ts';

/** Columns before the path of a value, where its sign stands. */
const INDENT = '    ';
/** Lines of one value that are shown. */
const MOST_LINES = 8;
/** What is the same before the first difference of two long texts is shown so far. */
const BEFORE_DIFFERENCE = 12;
/** Longer texts inside an object are cut before it is written as YAML, in UTF-16 code units. */
const LONGEST_INSIDE = 1000;

/** A line without its colour, and how it is painted. */
interface Line {
  readonly text: string;
  readonly kind?: 'added' | 'removed' | 'changed';
}

/** Lines of a text, and whether there would be more. */
export interface Block {
  readonly lines: readonly string[];
  readonly isCut: boolean;
}

/**
 * The lines of one changed value: its path with what it was and is. Of texts of several lines those that differ are
 * shown, of an object the first lines of its YAML.
 */
export function valueLines(change: ValueChange, look: PreviewLook): Block {
  const paint = paintOf(look);
  const width = columnsOf(look);
  const lines = linesOf(change, width);
  // A line that says that one more is left out takes as much room as that one.
  const isCut = look.allKey !== undefined && lines.length > MOST_LINES + 1;
  const shown = (isCut ? lines.slice(0, MOST_LINES) : lines).map(({ text, kind }) => {
    const line = cutLine(`${INDENT}${harmless(text)}`, width);
    return kind === undefined ? line : paint(kind, line);
  });
  const rest = count(lines.length - MOST_LINES, 'more line');
  return {
    lines: isCut ? [...shown, `${INDENT}  ${paint('faint', `... ${rest}`)}`] : shown,
    isCut,
  };
}

function linesOf(change: ValueChange, width: number): Line[] {
  const { kind, path, before, after, secret } = change;
  const name = changePathText(path);
  const sign = { added: '+ ', removed: '- ', changed: '' }[kind];
  if (secret && kind === 'changed') return [{ text: `${name}: changed (not shown)` }];
  if (secret) return [{ text: `${sign}${name}: (not shown)`, kind }];
  if (change.isOrder)
    return [{ text: `${name}: order ${orderText(before)} -> ${orderText(after)}` }];
  if (kind === 'changed') return changedLines(name, before, after, width);
  const [first = '', ...more] = wholeLines(kind === 'added' ? after : before);
  return [
    { text: `${sign}${name}:${first}`, kind },
    ...more.map((line): Line => ({ text: `${sign}  ${line}`, kind })),
  ];
}

function orderText(steps: unknown): string {
  return (steps as readonly ChangeStep[])
    .map((step) =>
      typeof step === 'object' ? Object.values(step.keys).join('/') : changePathText([step]),
    )
    .join(', ');
}

/** What stands behind the colon of a value, and the lines below it. */
function wholeLines(value: unknown): string[] {
  if (isText(value)) return [' |', ...value.replace(/\n$/, '').split('\n')];
  if (typeof value !== 'object' || value === null || Object.keys(value).length === 0)
    return [` ${JSON.stringify(value)}`];
  return ['', ...yamlOf(value)];
}

function yamlOf(value: object): string[] {
  // Anchors would stand for what is written once and used twice.
  return dump(shortened(value), { noRefs: true, lineWidth: -1 }).trimEnd().split('\n');
}

function shortened(value: unknown): unknown {
  if (typeof value === 'string')
    return value.length > LONGEST_INSIDE ? `${value.slice(0, LONGEST_INSIDE)}…` : value;
  if (Array.isArray(value)) return value.map(shortened);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([name, member]) => [name, shortened(member)]),
  );
}

function isText(value: unknown): value is string {
  return typeof value === 'string' && value.trimEnd().includes('\n');
}

function changedLines(name: string, before: unknown, after: unknown, width: number): Line[] {
  if (typeof before === 'string' && typeof after === 'string' && (isText(before) || isText(after)))
    return [{ text: `${name}:` }, ...differentLines(before, after)];
  const one = inlineOf(before);
  const other = inlineOf(after);
  const line = `${name}: ${one} -> ${other}`;
  if (INDENT.length + line.length <= width) return [{ text: line }];
  // On lines of their own. The end of a long text is often all that differs.
  const room = width - INDENT.length - '  - …'.length;
  const tooLong = Math.max(one.length, other.length) - room;
  const start = Math.max(Math.min(differenceOf(one, other) - BEFORE_DIFFERENCE, tooLong), 0);
  const shown = (text: string): string => (start === 0 ? text : `…${text.slice(start)}`);
  return [
    { text: `${name}:` },
    { text: `  - ${shown(one)}`, kind: 'removed' },
    { text: `  + ${shown(other)}`, kind: 'added' },
  ];
}

function inlineOf(value: unknown): string {
  return JSON.stringify(value);
}

function differenceOf(one: string, other: string): number {
  let at = 0;
  while (at < one.length && one[at] === other[at]) at += 1;
  return at;
}

function differentLines(before: string, after: string): Line[] {
  const earlier = before.split('\n');
  const later = after.split('\n');
  return listGaps(earlier, later).flatMap(({ removed, added }) => [
    ...removed.map((index): Line => ({ text: `  - ${earlier[index]}`, kind: 'removed' })),
    ...added.map((index): Line => ({ text: `  + ${later[index]}`, kind: 'added' })),
  ]);
}
