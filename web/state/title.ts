import { effect } from '@preact/signals';
import type { PageEnvironmentSummary } from '../../lib/preview/page/page-data.ts';
import { count } from '../text.ts';
import { selected, state } from './connection.ts';

/** Keeps the title of the browser's tab: what it says is seen when the page is not. */
export function followTitle(): void {
  effect(() => {
    const name = selected.value?.id ?? state.value?.project ?? 'Tankard';
    const result = selected.value === undefined ? '' : resultOf(selected.value);
    document.title = `${result}${name} – Tankard preview`;
  });
}

function resultOf({ status, errors, warnings }: PageEnvironmentSummary): string {
  if (status === 'broken') return 'broken: ';
  if (errors > 0) return `${count(errors, 'error')}: `;
  return warnings > 0 ? `${count(warnings, 'warning')}: ` : '';
}
