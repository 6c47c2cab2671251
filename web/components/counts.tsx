import type { JSX } from 'preact';
import type { ChangeKind } from '../../lib/compare/resource-change.ts';
import type { Severity } from '../../lib/finding/finding.ts';
import { CHANGE_SIGNS, count } from '../text.ts';
import { Icon } from './icons.tsx';

/** How many errors and warnings there are; nothing when there are none. */
export function FindingCounts(counts: {
  readonly errors: number;
  readonly warnings: number;
}): JSX.Element {
  return (
    <>
      <FindingCount severity="error" n={counts.errors} />
      <FindingCount severity="warning" n={counts.warnings} />
    </>
  );
}

function FindingCount(of: { readonly severity: Severity; readonly n: number }): JSX.Element | null {
  if (of.n === 0) return null;
  return (
    <span class={`count ${of.severity}`} title={count(of.n, of.severity)}>
      <Icon name={of.severity} />
      {of.n}
      <span class="unseen"> {of.n === 1 ? of.severity : `${of.severity}s`}</span>
    </span>
  );
}

/** The sign of a change, with its word. */
export function ChangeMark({ kind }: { readonly kind: ChangeKind }): JSX.Element {
  return (
    <span class={`mark ${kind}`} title={kind}>
      <span aria-hidden="true">{CHANGE_SIGNS[kind]}</span>
      <span class="unseen">{kind}</span>
    </span>
  );
}
