import type { JSX } from 'preact';
import type { PageFinding, PageLocation } from '../../lib/preview/page/page-data.ts';
import { Icon } from './icons.tsx';

/** What is wrong, what would be right, and the link to the Jsonnet. */
export function FindingNote({ finding }: { readonly finding: PageFinding }): JSX.Element {
  const { severity, message, expected, hint, code, location, isNew } = finding;
  return (
    <div class={`note ${severity}`}>
      <p class="message">
        <Icon name={severity} />
        <span class="unseen">{severity}: </span>
        <span>
          {message}
          {isNew && <span class="badge">new</span>}
        </span>
      </p>
      {expected !== undefined && (
        <p class="more">
          <span class="word">expected</span> {expected}
        </p>
      )}
      {hint !== undefined && <p class="more hint">{hint}</p>}
      <p class="more">
        {location !== undefined && <LocationLink location={location} />}
        <code class="code">{code}</code>
      </p>
    </div>
  );
}

/** A place in the Jsonnet; the link opens the editor there. */
export function LocationLink({ location }: { readonly location: PageLocation }): JSX.Element {
  const { file, line, column, certainty, link } = location;
  return (
    <a class="location" href={link} title="Open in the editor">
      {certainty === 'near' && 'near '}
      {`${file}:${line}:${column}`}
      <Icon name="open" />
    </a>
  );
}
