import { openResource } from '../state/route.ts';
import { setExpanded, type TreeRow } from '../state/tree.ts';
import { isSidebarOpen } from '../state/panels.ts';

/** Letters typed within this time, in milliseconds, are one word. */
const TYPE_AHEAD_MS = 700;

const typed = { text: '', at: 0 };

/**
 * What a key does in the tree, after the pattern of a tree in ARIA's authoring practices.
 *
 * @param index of the active row.
 * @returns the index of the row that is active then; undefined when the key is none of the tree's.
 */
export function moveInTree(
  event: KeyboardEvent,
  rows: readonly TreeRow[],
  index: number,
): number | undefined {
  const row = rows[index];
  if (row === undefined || event.ctrlKey || event.metaKey || event.altKey) return undefined;
  const next =
    event.key.length === 1 && event.key !== ' '
      ? typeAhead(event, rows, index)
      : keyed(event.key, rows, index);
  if (next === undefined) return undefined;
  event.preventDefault();
  event.stopPropagation();
  return next;
}

function keyed(key: string, rows: readonly TreeRow[], index: number): number | undefined {
  const last = rows.length - 1;
  typed.text = '';
  switch (key) {
    case 'ArrowDown':
      return Math.min(last, index + 1);
    case 'ArrowUp':
      return Math.max(0, index - 1);
    case 'Home':
      return 0;
    case 'End':
      return last;
    case 'PageDown':
      return Math.min(last, index + 15);
    case 'PageUp':
      return Math.max(0, index - 15);
    case 'ArrowRight':
      return moveIn(rows, index);
    case 'ArrowLeft':
      return moveOut(rows, index);
    case 'Enter':
    case ' ':
      return activate(rows, index);
    default:
      return undefined;
  }
}

function moveIn(rows: readonly TreeRow[], index: number): number {
  const row = rows[index];
  if (row?.group === undefined) return index;
  if (row.group.isExpanded) return index + 1;
  setExpanded(row.id, true);
  return index;
}

function moveOut(rows: readonly TreeRow[], index: number): number {
  const row = rows[index];
  if (row === undefined) return index;
  if (row.group?.isExpanded === true) {
    setExpanded(row.id, false);
    return index;
  }
  const parent = rows.findLastIndex(({ level }, at) => at < index && level < row.level);
  return parent < 0 ? index : parent;
}

function activate(rows: readonly TreeRow[], index: number): number {
  const row = rows[index];
  if (row?.group !== undefined) setExpanded(row.id, !row.group.isExpanded);
  if (row?.resource !== undefined) {
    isSidebarOpen.value = false;
    openResource(row.resource.key);
  }
  return index;
}

/** Goes to the next row that begins with what is typed. Letters are keys of the page only outside the tree, the others here, too. */
function typeAhead(
  event: KeyboardEvent,
  rows: readonly TreeRow[],
  index: number,
): number | undefined {
  const isWord = typed.text !== '' && event.timeStamp - typed.at < TYPE_AHEAD_MS;
  if (!isWord && !/^\p{L}$/u.test(event.key)) return undefined;
  typed.text = (isWord ? typed.text : '') + event.key.toLowerCase();
  typed.at = event.timeStamp;
  const from = isWord ? index : index + 1;
  const order = [...rows.slice(from), ...rows.slice(0, from)];
  const found = order.find(({ label }) => label.toLowerCase().startsWith(typed.text));
  return found === undefined ? index : rows.indexOf(found);
}
