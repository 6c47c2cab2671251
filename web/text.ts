import type { ChangeKind, ChangeStep } from '../lib/compare/resource-change.ts';
import type { Path, ResourceId } from '../lib/finding/finding.ts';

const NUMBERS = new Intl.NumberFormat('en');

/** `2,000`. */
export function numberText(n: number): string {
  return NUMBERS.format(n);
}

/** `1 error`, `2,000 errors`. */
export function count(n: number, noun: string): string {
  return `${numberText(n)} ${noun}${n === 1 ? '' : 's'}`;
}

/** `Deployment web`, and the namespace where it has one: `Deployment shop/web`. */
export function resourceText({ kind, namespace, name }: ResourceId): string {
  return `${kind} ${namespace === undefined ? '' : `${namespace}/`}${name}`;
}

/** A path as people write it: `spec.containers[name=web].ports[0]`, `metadata.labels["a/b"]`. */
export function pathText(path: Path | readonly ChangeStep[]): string {
  return path.map(stepText).join('').replace(/^\./, '');
}

function stepText(step: ChangeStep): string {
  if (typeof step === 'number') return `[${step}]`;
  if (typeof step === 'string')
    return /^[\w-]+$/.test(step) ? `.${step}` : `[${JSON.stringify(step)}]`;
  const keys = Object.entries(step.keys).map(([name, value]) => `${name}=${value}`);
  return `[${keys.join(',')}]`;
}

/** A value in one line: a text as it is where it cannot be mistaken for something else, all other values as JSON. */
export function valueText(value: unknown): string {
  if (typeof value !== 'string') return JSON.stringify(value) ?? '';
  const isOther = /^(?:true|false|null|[-+.\d][\d.eE+-]*)?$/.test(value);
  return isOther || /^\s|\s$|[\n\t]/.test(value) ? JSON.stringify(value) : value;
}

/** `840 ms`, `1.2 s`. */
export function durationText(ms: number): string {
  return ms < 1000 ? `${Math.round(ms)} ms` : `${(ms / 1000).toFixed(1)} s`;
}

/** The sign of a change; beside it stands a word for those who do not see it. */
export const CHANGE_SIGNS: Readonly<Record<ChangeKind, string>> = {
  added: '+',
  changed: '~',
  removed: '−',
};
