import type { JSX } from 'preact';

const PATHS = {
  chevron: 'M6 4l4 4-4 4',
  error: 'M8 1.5a6.5 6.5 0 1 0 0 13a6.5 6.5 0 0 0 0-13zM5.8 5.8l4.4 4.4M10.2 5.8l-4.4 4.4',
  warning: 'M8 2L14.5 13.5h-13zM8 6.5v3.2M8 11.6v.1',
  search: 'M7 2.5a4.5 4.5 0 1 0 0 9a4.5 4.5 0 0 0 0-9zM10.3 10.3L14 14',
  changes: 'M8 2.5v6M5 5.5h6M5 12.5h6',
  graph:
    'M3.5 5.5a2 2 0 1 0 0-4a2 2 0 0 0 0 4zM12.5 10a2 2 0 1 0 0-4a2 2 0 0 0 0 4zM3.5 14.5a2 2 0 1 0 0-4a2 2 0 0 0 0 4zM5.4 4.3l5.2 2.8M5.4 11.7l5.2-2.8',
  menu: 'M2.5 4h11M2.5 8h11M2.5 12h11',
  system: 'M2 3h12v8H2zM6 14h4M8 11v3',
  light:
    'M8 5a3 3 0 1 0 0 6a3 3 0 0 0 0-6zM8 1v1.5M8 13.5V15M1 8h1.5M13.5 8H15M3 3l1.1 1.1M11.9 11.9L13 13M3 13l1.1-1.1M11.9 4.1L13 3',
  dark: 'M13.5 9.5A6 6 0 0 1 6.5 2.5a6 6 0 1 0 7 7z',
  open: 'M6 3H3v10h10v-3M9 2.5h4.5V7M13.5 2.5L7.5 8.5',
  close: 'M4 4l8 8M12 4l-8 8',
  keyboard: 'M1.5 4h13v8h-13zM4 6.5h.1M6.7 6.5h.1M9.3 6.5h.1M12 6.5h.1M5 9.5h6',
} as const;

/** The name of an icon. */
export type IconName = keyof typeof PATHS;

/** A small drawing in the colour of the text. It says nothing by itself: a word stands beside it, or a label. */
export function Icon({ name }: { readonly name: IconName }): JSX.Element {
  return (
    <svg class={`icon icon-${name}`} viewBox="0 0 16 16" aria-hidden="true">
      <path d={PATHS[name]} />
    </svg>
  );
}
