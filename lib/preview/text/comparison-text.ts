import { harmless } from '../../finding/harmless.ts';
import type { Comparison } from '../preview-session.ts';
import { changeLines, countChanges } from './change-lines.ts';
import { paintOf, type PreviewLook } from './preview-look.ts';

/**
 * What differs between an environment and what it is compared with, as a block of lines.
 *
 * @param environment id of the environment.
 * @returns without a line break at the end.
 */
export function comparisonText(
  environment: string,
  { label, changes }: Pick<Comparison, 'label' | 'changes'>,
  look: PreviewLook,
): string {
  const name = paintOf(look)('heading', harmless(environment));
  const counts = changes.length === 0 ? ['no difference'] : countChanges(changes);
  return [
    `${name}  compared with ${harmless(label)}: ${counts.join(', ')}`,
    ...changeLines(changes, look),
  ].join('\n');
}
