import { useEffect } from 'preact/hooks';
import { step } from '../state/panels.ts';

/** The attribute of what `j` and `k` stop at. */
export const STOP = { 'data-stop': '', tabIndex: -1 } as const;

/** Lets `j` and `k` move the focus through the elements of the view that have `STOP`. */
export function useStops(): void {
  useEffect(() => {
    step.value = moveFocus;
    return () => {
      step.value = undefined;
    };
  }, []);
}

function moveFocus(direction: 1 | -1): void {
  const stops = [...document.querySelectorAll<HTMLElement>('main [data-stop]')];
  const index = stops.findIndex((stop) => stop.contains(document.activeElement));
  const first = direction === 1 ? 0 : stops.length - 1;
  const next = stops[index < 0 ? first : index + direction];
  next?.focus();
  next?.scrollIntoView({ block: 'nearest' });
}
