import type { JSX } from 'preact';
import type { ValueChange } from '../../lib/compare/resource-change.ts';
import { count, pathText, valueText } from '../text.ts';
import { ChangeMark } from './counts.tsx';
import { PathText } from './path-text.tsx';

/** More of them are read as a diff. */
const SHOWN = 50;
/** Characters of one value. */
const LENGTH = 160;

/** What differs in a resource, one line a path. */
export function ValueChanges({ values }: { readonly values: readonly ValueChange[] }): JSX.Element {
  return (
    <>
      <ul class="values">
        {values.slice(0, SHOWN).map((value) => (
          <li key={pathText(value.path)}>
            <ChangeMark kind={value.kind} />
            <div>
              <PathText path={value.path} />
              <Values value={value} />
            </div>
          </li>
        ))}
      </ul>
      {values.length > SHOWN && (
        <p class="quiet-text">and {count(values.length - SHOWN, 'more value')}</p>
      )}
    </>
  );
}

function Values({ value }: { readonly value: ValueChange }): JSX.Element {
  if (value.secret) return <span class="quiet-text">secret</span>;
  return (
    <span class="change">
      {value.kind !== 'added' && <Value is="del" value={value.before} />}
      {value.kind === 'changed' && (
        <span class="arrow" aria-label="became">
          →
        </span>
      )}
      {value.kind !== 'removed' && <Value is="ins" value={value.after} />}
    </span>
  );
}

function Value({
  is: Tag,
  value,
}: {
  readonly is: 'del' | 'ins';
  readonly value: unknown;
}): JSX.Element {
  const text = valueText(value);
  const cut = text.length > LENGTH;
  return (
    <Tag>
      <code title={cut ? text.slice(0, 4000) : undefined}>
        {cut ? `${text.slice(0, LENGTH)}…` : text}
      </code>
    </Tag>
  );
}
