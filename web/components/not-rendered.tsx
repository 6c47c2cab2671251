import type { JSX } from 'preact';
import { environment } from '../state/environment.ts';

/** What is said in the place of what an environment renders until it does. */
export function NotRendered(): JSX.Element {
  return (
    <p class="empty" role="status">
      {environment.value?.status === 'broken'
        ? 'It has not rendered since the preview started.'
        : 'Rendering for the first time.'}
    </p>
  );
}
