import { signal } from '@preact/signals';
import type { PageEnvironment } from '../../lib/preview/page/page-data.ts';
import { count, resourceText } from '../text.ts';

/** One sentence about what just happened, for those who hear the page. */
export const announcement = signal('');

/**
 * Says what an update did to the environment that is shown.
 *
 * @param isSave a save came between the two.
 */
export function announceUpdate(
  last: PageEnvironment,
  next: PageEnvironment,
  isSave: boolean,
): void {
  if (next.status === 'broken') {
    if (last.status !== 'broken' || isSave) announcement.value = brokenSentence(next);
  } else if (isSave && next.status === 'current') announcement.value = saveSentence(next);
}

function brokenSentence({ problem }: PageEnvironment): string {
  const message = problem?.findings[0]?.message ?? problem?.message ?? 'it does not render';
  return `The last save broke the environment: ${message}`;
}

function saveSentence({ changes, findings, gone }: PageEnvironment): string {
  const found = findings.filter(({ isNew }) => isNew);
  const parts: string[] = [];
  const [only] = changes;
  if (only === undefined) parts.push('nothing changed');
  else if (changes.length === 1) parts.push(`${resourceText(only.resource)} ${only.kind}`);
  else parts.push(`${count(changes.length, 'resource')} changed`);
  const errors = found.filter(({ severity }) => severity === 'error').length;
  if (errors > 0) parts.push(count(errors, 'new error'));
  if (found.length > errors) parts.push(count(found.length - errors, 'new warning'));
  if (gone.length > 0) parts.push(`${count(gone.length, 'finding')} gone`);
  return `Saved: ${parts.join(', ')}.`;
}
