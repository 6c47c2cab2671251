import type { JSX } from 'preact';
import type { PageFinding } from '../../lib/preview/page/page-data.ts';
import { environment, isRendered } from '../state/environment.ts';
import { openFinding } from '../state/panels.ts';
import { count, resourceText } from '../text.ts';
import { FindingNote } from './finding-note.tsx';
import { NotRendered } from './not-rendered.tsx';
import { PathText } from './path-text.tsx';
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
      {now.findings.length === 0 && isRendered.value && <p class="empty good">Nothing is wrong.</p>}
      {!isRendered.value && <NotRendered />}
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
            {isGone ? <s>{finding.message}</s> : <FindingNote finding={finding} />}
            <FindingPlace finding={finding} />
            {finding.source !== undefined && !isGone && <SourceExcerpt {...finding.source} />}
          </li>
        ))}
      </ul>
    </section>
  );
}

function FindingPlace({ finding }: { readonly finding: PageFinding }): JSX.Element {
  const { resource, resourceKey, path } = finding;
  return (
    <div class="place">
      {resource !== undefined && (
        <>
          {resourceKey === undefined ? (
            resourceText(resource)
          ) : (
            <button type="button" class="link" onClick={() => openFinding(resourceKey, finding)}>
              {resourceText(resource)}
            </button>
          )}
          {path !== undefined && path.length > 0 && <PathText path={path} />}
        </>
      )}
    </div>
  );
}

/** A line of the Jsonnet, with a mark below the place in it. */
export function SourceExcerpt(props: {
  readonly text: string;
  readonly column: number;
}): JSX.Element {
  const indent = Math.min(props.text.search(/\S|$/), props.column - 1);
  // Tabs stay, so that the mark stands below the same column whatever their width.
  const before = props.text.slice(indent, props.column - 1).replaceAll(/[^\t]/g, ' ');
  return (
    <pre class="source">
      <code>{props.text.slice(indent)}</code>
      <span aria-hidden="true">{`\n${before}^`}</span>
    </pre>
  );
}
