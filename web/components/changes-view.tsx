import type { JSX } from 'preact';
import type { PageChange, PageEnvironment } from '../../lib/preview/page/page-data.ts';
import { selected } from '../state/connection.ts';
import { base, environment, freshClass, isRendered } from '../state/environment.ts';
import { navigate, openResource } from '../state/route.ts';
import { count, durationText } from '../text.ts';
import { ChangeMark } from './counts.tsx';
import { STOP, useStops } from './stepping.ts';
import { NotRendered } from './not-rendered.tsx';
import { ValueChanges } from './value-changes.tsx';

/** More resources are found in the tree. */
const SHOWN = 200;

/** What the last save changed, or what differs from what the environment is compared with. */
export function ChangesView(): JSX.Element {
  useStops();
  const now = environment.value;
  if (now === undefined) return <p class="empty">Loading</p>;
  return (
    <div class="page">
      <div class="heading">
        <h2>Changes</h2>
        <span class="quiet-text">
          {base.value === 'save' ? lastSave(now) : `since ${now.baseLabel}`}
        </span>
        <span class="space" />
        <Result environment={now} />
      </div>
      {now.changes.length === 0 && isRendered.value && <Empty environment={now} />}
      {!isRendered.value && <NotRendered />}
      <ul class="changes">
        {now.changes.slice(0, SHOWN).map((change) => (
          <ResourceChangeCard key={change.key} change={change} />
        ))}
      </ul>
      {now.changes.length > SHOWN && (
        <p class="quiet-text">and {count(now.changes.length - SHOWN, 'more resource')}</p>
      )}
    </div>
  );
}

function lastSave({ status }: PageEnvironment): string {
  if (selected.value?.isSaved !== true) return 'since the preview began';
  return status === 'broken' ? 'by the last save that rendered' : 'by the last save';
}

/** What the last save did to the findings, and how long it took. */
function Result({ environment: now }: { readonly environment: PageEnvironment }): JSX.Element {
  const found = now.findings.filter(({ isNew }) => isNew).length;
  const durationMs = selected.value?.durationMs;
  return (
    <p class="result">
      {found > 0 && (
        <button type="button" class="link error-text" onClick={openFindings}>
          {count(found, 'new finding')}
        </button>
      )}
      {now.gone.length > 0 && (
        <button type="button" class="link good-text" onClick={openFindings}>
          {count(now.gone.length, 'finding')} gone
        </button>
      )}
      {durationMs !== undefined && (
        <span class="quiet-text" title="From the save until its result was known">
          {durationText(durationMs)}
        </span>
      )}
    </p>
  );
}

function Empty({ environment: now }: { readonly environment: PageEnvironment }): JSX.Element {
  const namespaces = new Set(now.resources.map(({ resource }) => resource.namespace));
  namespaces.delete(undefined);
  return (
    <div class="overview">
      <p>
        {base.value === 'save' ? 'Nothing changed.' : `Nothing differs from ${now.baseLabel}.`}{' '}
        {count(now.resources.length, 'resource')} in {count(namespaces.size, 'namespace')},{' '}
        {now.findings.length === 0 ? (
          <span class="good-text">nothing is wrong.</span>
        ) : (
          <button type="button" class="link" onClick={openFindings}>
            {count(now.findings.length, 'finding')}
          </button>
        )}
      </p>
      <p class="quiet-text">Save a Jsonnet file: what it changes is shown here at once.</p>
      <p class="quiet-text not-narrow">
        <kbd>/</kbd> searches, <kbd>j</kbd> and <kbd>k</kbd> go through findings and changes,{' '}
        <kbd>g</kbd> shows the graph, <kbd>?</kbd> all keys.
      </p>
    </div>
  );
}

function openFindings(): void {
  navigate({ view: 'findings', resource: undefined });
}

function ResourceChangeCard({ change }: { readonly change: PageChange }): JSX.Element {
  const { key, kind, resource, values } = change;
  return (
    <li class={`card ${freshClass(key)}`} {...STOP}>
      <h3>
        <ChangeMark kind={kind} />
        <button type="button" class="link" onClick={() => openResource(key, 'diff')}>
          <span class="kind">{resource.kind}</span> {resource.name}
        </button>
        {resource.namespace !== undefined && (
          <span class="quiet-text">in {resource.namespace}</span>
        )}
        <span class="space" />
        {kind !== 'changed' && <span class={`word not-narrow ${kind}`}>{kind}</span>}
      </h3>
      {values.length > 0 && <ValueChanges values={values} />}
    </li>
  );
}
