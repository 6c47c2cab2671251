import type { JSX } from 'preact';
import { useEffect, useRef } from 'preact/hooks';
import { areKeysShown } from '../state/panels.ts';
import { Icon } from './icons.tsx';

const KEYS: readonly (readonly [keys: readonly string[], what: string])[] = [
  [['/'], 'search the resources'],
  [['t'], 'go to the tree of resources'],
  [['↑', '↓', '←', '→'], 'move in the tree; Enter opens'],
  [['c'], 'changes of the environment'],
  [['f'], 'findings of the environment'],
  [['g'], 'graph of the environment'],
  [['1', '2', '3'], 'YAML, diff, in the cluster'],
  [['j', 'k'], 'next and previous finding or change'],
  [['[', ']'], 'previous and next environment'],
  [['Ctrl F'], 'search in the YAML'],
  [['Esc'], 'close, clear, leave the tree'],
];

/** The keys of the page. */
export function KeysDialog(): JSX.Element {
  const dialog = useRef<HTMLDialogElement>(null);
  useEffect(() => {
    if (areKeysShown.value) dialog.current?.showModal();
    else dialog.current?.close();
  }, [areKeysShown.value]);
  return (
    <dialog
      ref={dialog}
      class="keys"
      aria-labelledby="keys-heading"
      onClose={() => (areKeysShown.value = false)}
    >
      <h2 id="keys-heading">Keys</h2>
      <button
        type="button"
        class="quiet"
        aria-label="Close"
        onClick={() => dialog.current?.close()}
      >
        <Icon name="close" />
      </button>
      <dl>
        {KEYS.map(([keys, what]) => (
          <div key={what}>
            <dt>
              {keys.map((key) => (
                <kbd key={key}>{key}</kbd>
              ))}
            </dt>
            <dd>{what}</dd>
          </div>
        ))}
      </dl>
    </dialog>
  );
}
