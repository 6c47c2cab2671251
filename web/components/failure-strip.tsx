import type { JSX } from 'preact';
import type { RequestError } from '../state/request.ts';
import { Icon } from './icons.tsx';
import { MessageText } from './message-text.tsx';

/** Why something could not be had, and a button to ask again. */
export function FailureStrip(props: {
  readonly failure: RequestError;
  /** What is shown instead. */
  readonly note?: string | undefined;
  readonly onRetry?: () => void;
}): JSX.Element {
  const { failure, note, onRetry } = props;
  return (
    <div class="strip error" role="alert">
      <Icon name="error" />
      <p>
        <MessageText message={failure.message} />
        {failure.hint !== undefined && <span class="hint"> {failure.hint}</span>}
        {note !== undefined && <span> {note}</span>}
      </p>
      {onRetry !== undefined && (
        <button type="button" class="small" onClick={onRetry}>
          Try again
        </button>
      )}
    </div>
  );
}
