import { signal } from '@preact/signals';
import type { PageEnvironment } from '../../lib/preview/page/page-data.ts';
import { count, resourceText } from '../text.ts';

/** One sentence about what just happened, for those who hear the page. */
export const announcement = signal('');

/** Says why an environment does not render. */
export function announceBroken({ problem }: PageEnvironment): void {
  const message = problem?.findings[0]?.message ?? problem?.message ?? 'the reason is not known';
  announcement.value = `The environment does not render: ${message}`;
}

/**
 * Says what a save did to the environment that is shown.
 *
 * @param isMended it did not render before.
 */
export function announceSave(now: PageEnvironment, isMended: boolean): void {
  const { changes, findings, gone } = now;
  const found = findings.filter(({ isNew }) => isNew);
  const parts = isMended ? ['it renders again'] : [];
  const [only] = changes;
  if (only === undefined) parts.push('nothing changed');
  else if (changes.length === 1) parts.push(`${resourceText(only.resource)} ${only.kind}`);
  else parts.push(`${count(changes.length, 'resource')} changed`);
  const errors = found.filter(({ severity }) => severity === 'error').length;
  if (errors > 0) parts.push(count(errors, 'new error'));
  if (found.length > errors) parts.push(count(found.length - errors, 'new warning'));
  if (gone.length > 0) parts.push(`${count(gone.length, 'finding')} gone`);
  announcement.value = `Saved: ${parts.join(', ')}.`;
}
