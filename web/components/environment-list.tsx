import type { JSX } from 'preact';
import { useRef } from 'preact/hooks';
import type { PageEnvironmentSummary } from '../../lib/preview/page/page-data.ts';
import { selected, state } from '../state/connection.ts';
import { navigate } from '../state/route.ts';
import { count, durationText } from '../text.ts';
import { FindingCounts } from './counts.tsx';

/** The environments that are watched, each with its state. */
export function EnvironmentList(): JSX.Element {
  const environments = state.value?.environments ?? [];
  // The list may be longer than what is seen of it.
  const broken = environments.filter(({ status }) => status === 'broken').length;
  return (
    <nav class="environments" aria-labelledby="environments-heading">
      <h2 id="environments-heading">
        Environments <span class="number">{environments.length}</span>
        {broken > 0 && <span class="broken-count">{broken} broken</span>}
      </h2>
      {environments.length === 0 && state.value !== undefined && (
        <p class="empty">There is no environment. Make one with `tankard env add`.</p>
      )}
      <ul>
        {environments.map((one) => (
          <li key={one.id}>
            <EnvironmentLine environment={one} isSelected={one.id === selected.value?.id} />
          </li>
        ))}
      </ul>
    </nav>
  );
}

function EnvironmentLine(line: {
  readonly environment: PageEnvironmentSummary;
  readonly isSelected: boolean;
}): JSX.Element {
  const { id, status, errors, warnings, changes, durationMs, isSaved, resources } =
    line.environment;
  const firstMs = useRef(durationMs);
  // A new element each time starts the highlight anew.
  const fresh = durationMs === firstMs.current ? '' : 'fresh-0';
  const open = (): void => navigate({ environment: id, view: undefined, resource: undefined });
  return (
    <button
      type="button"
      class="line environment"
      aria-current={line.isSelected}
      title={`${id}: ${count(resources, 'resource')}${durationMs === undefined ? '' : `, ${isSaved ? 'the last save' : 'the first render'} took ${durationText(durationMs)}`}`}
      onClick={open}
    >
      <span class={`status ${status}`}>
        <span class="dot" aria-hidden="true" />
      </span>
      <span class="label">{shortId(id)}</span>
      <FindingCounts errors={errors} warnings={warnings} />
      {changes > 0 && (
        <span
          key={durationMs}
          class={`count changed ${fresh}`}
          title={`The last save changed ${count(changes, 'resource')}`}
        >
          ~{changes}
          <span class="unseen"> changed</span>
        </span>
      )}
      <span class={`word ${status}`}>
        {status === 'current' && durationMs !== undefined ? (
          <>
            <span class="unseen">current, </span>
            {durationText(durationMs)}
          </>
        ) : (
          status
        )}
      </span>
    </button>
  );
}

/** Tanka's projects keep environments in one folder, which says nothing; the whole id is in the title. */
function shortId(id: string): string {
  return id.replace(/^environments\/(?=.)/, '');
}
