import type { JSX } from 'preact';
import { announcement } from '../state/announcement.ts';
import { connection, state } from '../state/connection.ts';
import { environment, environmentFailure, retryBase, view } from '../state/environment.ts';
import { route } from '../state/route.ts';
import { Bar } from './bar.tsx';
import { ChangesView } from './changes-view.tsx';
import { FailureStrip } from './failure-strip.tsx';
import { FindingsView } from './findings-view.tsx';
import { GraphPanel } from './graph-panel.tsx';
import { Icon } from './icons.tsx';
import { KeysDialog } from './keys-dialog.tsx';
import { MessageText } from './message-text.tsx';
import { ProblemBanner } from './problem-banner.tsx';
import { ResourceView } from './resource-view.tsx';
import { Sidebar } from './sidebar.tsx';

/** The whole page. */
export function Page(): JSX.Element {
  const now = environment.value;
  return (
    <>
      <Bar />
      <Sidebar />
      <main class={now?.problem === undefined ? '' : 'is-stale'} tabIndex={-1}>
        <Notices />
        {environmentFailure.value !== undefined && (
          <FailureStrip
            failure={environmentFailure.value}
            note={route.value.base === 'save' ? undefined : 'Shown is what the last save changed.'}
            onRetry={retryBase}
          />
        )}
        {now !== undefined && <ProblemBanner environment={now} />}
        <Middle />
      </main>
      <div class="unseen" aria-live="polite" data-announcement>
        {announcement.value}
      </div>
      <KeysDialog />
    </>
  );
}

function Middle(): JSX.Element | null {
  if (state.value?.environments.length === 0) return null;
  switch (view.value) {
    case 'changes':
      return <ChangesView />;
    case 'findings':
      return <FindingsView />;
    case 'graph':
      return <GraphPanel />;
    case 'resource':
      return <ResourceView />;
  }
}

function Notices(): JSX.Element {
  return (
    <>
      {connection.value === 'reconnecting' && (
        <div class="strip warning">
          <Icon name="warning" />
          <p>
            The preview does not answer; it may have been stopped.{' '}
            <span class="hint">
              What it said last is shown. One that is started again has another URL, which its
              terminal says.
            </span>
          </p>
        </div>
      )}
      {state.value?.notices.map(({ severity, message, hint }) => (
        <div
          key={message}
          class={`strip ${severity}`}
          role={severity === 'error' ? 'alert' : 'status'}
        >
          {severity === 'error' && <Icon name="error" />}
          <p>
            <MessageText message={message} />
            {hint !== undefined && <span class="hint"> {hint}</span>}
          </p>
        </div>
      ))}
    </>
  );
}
