import { showStep } from '../finding/report/text.ts';
import type { ChangeStep, ItemKey } from './resource-change.ts';

/**
 * A path for people, as findings show theirs, with the keys of list maps:
 * `spec.template.spec.containers[name=web].image`, `metadata.annotations["a/b"]`, `spec.ports[port=53,protocol=UDP]`.
 */
export function changePathText(path: readonly ChangeStep[]): string {
  return path
    .map((step, index) =>
      typeof step === 'object' ? `[${keysText(step)}]` : showStep(step, index === 0),
    )
    .join('');
}

function keysText({ keys }: ItemKey): string {
  return Object.entries(keys)
    .map(([name, value]) => `${name}=${isPlain(value) ? value : JSON.stringify(value)}`)
    .join(',');
}

/** Whether a value reads well without quotes. */
function isPlain(value: string | number | boolean): boolean {
  return typeof value !== 'string' || /^[\w./:@*-]+$/.test(value);
}
