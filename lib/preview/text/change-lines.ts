import type { ChangeKind, ResourceChange } from '../../compare/resource-change.ts';
import { harmless } from '../../finding/harmless.ts';
import { count, showResource } from '../../finding/report/text.ts';
import { paintOf, type PreviewLook } from './preview-look.ts';
import { valueLines, type Block } from './value-lines.ts';

/** Resources of which one update tells. */
const MOST_RESOURCES = 12;
/** Values of one resource. */
const MOST_VALUES = 8;

const SIGNS: Record<ChangeKind, string> = { added: '+', changed: '~', removed: '-' };

/** The lines of what changed: each resource with a sign, and its values below. */
export function changeLines(changes: readonly ResourceChange[], look: PreviewLook): string[] {
  const shown = firstOf(changes, MOST_RESOURCES, look);
  const blocks = shown.map((change) => resourceLines(change, look));
  const rest = restLine(changes.length - shown.length, 'more resource', look);
  const isCut = rest.length > 0 || blocks.some((block) => block.isCut);
  return [
    ...blocks.flatMap(({ lines }) => lines),
    ...rest.map((line) => `  ${line}`),
    ...(isCut ? [`  ${paintOf(look)('faint', `(${look.allKey} shows all)`)}`] : []),
  ];
}

function resourceLines({ kind, resource, values }: ResourceChange, look: PreviewLook): Block {
  const shown = firstOf(values, MOST_VALUES, look);
  const blocks = shown.map((value) => valueLines(value, look));
  const rest = restLine(values.length - shown.length, 'more value', look);
  const title = `${SIGNS[kind]} ${harmless(showResource(resource))}`;
  return {
    lines: [
      paintOf(look)(kind, title),
      ...blocks.flatMap(({ lines }) => lines),
      ...rest.map((line) => `    ${line}`),
    ],
    isCut: rest.length > 0 || blocks.some((block) => block.isCut),
  };
}

function firstOf<Item>(items: readonly Item[], most: number, { allKey }: PreviewLook): Item[] {
  return items.slice(0, allKey === undefined ? items.length : most);
}

function restLine(rest: number, noun: string, look: PreviewLook): string[] {
  return rest === 0 ? [] : [paintOf(look)('faint', `... ${count(rest, noun)}`)];
}

/** How many resources changed: `1 added, 2 changed`; empty for none. */
export function countChanges(changes: readonly ResourceChange[]): string[] {
  return (['changed', 'added', 'removed'] as const).flatMap((kind) => {
    const number = changes.filter((change) => change.kind === kind).length;
    return number === 0 ? [] : [`${number} ${kind}`];
  });
}
