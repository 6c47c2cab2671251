import type { JSX } from 'preact';
import { useState } from 'preact/hooks';

/** For how long the button says that it has copied, in milliseconds. */
const SAID_MS = 1500;

/** Copies a text to the clipboard. */
export function CopyButton({
  text,
  label,
}: {
  readonly text: string;
  readonly label: string;
}): JSX.Element {
  const [said, setSaid] = useState<string | undefined>(undefined);
  const say = (word: string): void => {
    setSaid(word);
    setTimeout(() => setSaid(undefined), SAID_MS);
  };
  const copy = (): void => {
    navigator.clipboard.writeText(text).then(
      () => say('Copied'),
      () => say('Not copied'),
    );
  };
  return (
    <button type="button" class="small" onClick={copy}>
      <span role="status">{said ?? label}</span>
    </button>
  );
}
