import type { JSX } from 'preact';
import type { PageEnvironment } from '../../lib/preview/page/page-data.ts';
import { FindingNote } from './finding-note.tsx';
import { SourceExcerpt } from './findings-view.tsx';
import { Icon } from './icons.tsx';
import { MessageText } from './message-text.tsx';

/** Why the environment does not render as its files are now. */
export function ProblemBanner({
  environment,
}: {
  readonly environment: PageEnvironment;
}): JSX.Element | null {
  const { status, problem, resources } = environment;
  // While it is rendered again, the problem is the last that is known.
  if (status === 'current' || problem === undefined) return null;
  return (
    <section class="problem" aria-label="The environment does not render">
      <h2>
        <Icon name="error" />
        Does not render
        {resources.length > 0 && <span class="badge">below is the last good state</span>}
      </h2>
      {problem.findings.map((finding) => (
        <div key={`${finding.code} ${finding.message}`}>
          <FindingNote finding={finding} />
          {finding.source !== undefined && <SourceExcerpt {...finding.source} />}
        </div>
      ))}
      {problem.message !== undefined && (
        <p>
          <MessageText message={problem.message} />
        </p>
      )}
      {problem.hint !== undefined && <p class="hint">{problem.hint}</p>}
    </section>
  );
}
