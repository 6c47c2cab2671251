import type { JSX } from 'preact';
import type { PageFinding } from '../../lib/preview/page/page-data.ts';
import { environment } from '../state/environment.ts';
import { openResource } from '../state/route.ts';
import { count, pathText, resourceText } from '../text.ts';
import { FindingNote } from './finding-note.tsx';
import { STOP, useStops } from './stepping.ts';

/** All that is wrong in the environment: errors, warnings, and what the last save mended. */
export function FindingsView(): JSX.Element {
  useStops();
  const now = environment.value;
  if (now === undefined) return <p class="empty">Loading</p>;
  const errors = now.findings.filter(({ severity }) => severity === 'error');
  const warnings = now.findings.filter(({ severity }) => severity === 'warning');
  return (
    <div class="page">
      <div class="heading">
        <h2>Findings</h2>
        {now.accepted > 0 && (
          <span class="quiet-text">{count(now.accepted, 'more finding')} accepted</span>
        )}
      </div>
      {now.findings.length === 0 && <p class="empty good">Nothing is wrong.</p>}
      <Group title={count(errors.length, 'error')} findings={errors} />
      <Group title={count(warnings.length, 'warning')} findings={warnings} />
      <Group title="Gone with the last save" findings={now.gone} isGone />
    </div>
  );
}

function Group(props: {
  readonly title: string;
  readonly findings: readonly PageFinding[];
  readonly isGone?: boolean;
}): JSX.Element | null {
  const { title, findings, isGone = false } = props;
  if (findings.length === 0) return null;
  return (
    <section class={`group ${isGone ? 'is-gone' : ''}`}>
      <h3>{title}</h3>
      <ul>
        {findings.map((finding, index) => (
          <li key={`${finding.code} ${finding.resourceKey ?? ''} ${index}`} class="card" {...STOP}>
            {isGone ? (
              <s>
                <FindingNote finding={finding} />
              </s>
            ) : (
              <FindingNote finding={finding} />
            )}
            <FindingPlace finding={finding} isGone={isGone} />
          </li>
        ))}
      </ul>
    </section>
  );
}

function FindingPlace(props: {
  readonly finding: PageFinding;
  readonly isGone: boolean;
}): JSX.Element {
  const { resource, resourceKey, path, source } = props.finding;
  return (
    <div class="place">
      {resource !== undefined && (
        <p>
          {resourceKey === undefined ? (
            resourceText(resource)
          ) : (
            <button type="button" class="link" onClick={() => openResource(resourceKey, 'yaml')}>
              {resourceText(resource)}
            </button>
          )}
          {path !== undefined && path.length > 0 && <code class="path">{pathText(path)}</code>}
        </p>
      )}
      {source !== undefined && !props.isGone && (
        <SourceExcerpt text={source.text} column={source.column} />
      )}
    </div>
  );
}

/** A line of the Jsonnet, with a mark below the place in it. */
export function SourceExcerpt(props: {
  readonly text: string;
  readonly column: number;
}): JSX.Element {
  // Tabs stay, so that the mark stands below the same column whatever their width.
  const before = props.text.slice(0, props.column - 1).replaceAll(/[^\t]/g, ' ');
  return (
    <pre class="source">
      <code>{props.text}</code>
      <span aria-hidden="true">{`\n${before}^`}</span>
    </pre>
  );
}
