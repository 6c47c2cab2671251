import { diff } from '@codemirror/merge';
import type { ChangeSpec, Text } from '@codemirror/state';

/** A text without the line break at its end, which an editor would show as one more line. */
export function shownText(text: string | undefined): string {
  return text?.replace(/\n$/, '') ?? '';
}

/** The changes that make one text of another: what stays the same keeps its place, its folds and the scrolling. */
export function changesBetween(before: Text, after: string): ChangeSpec[] {
  return diff(before.toString(), after, { scanLimit: 500, timeout: 100 }).map((change) => ({
    from: change.fromA,
    to: change.toA,
    insert: after.slice(change.fromB, change.toB),
  }));
}
