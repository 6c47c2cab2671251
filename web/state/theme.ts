import { effect, signal } from '@preact/signals';

/** `system` follows the browser. */
export type Theme = 'system' | 'light' | 'dark';

const KEY = 'tankard-theme';

/** The user's choice. */
export const theme = signal<Theme>(storedTheme());

/** Applies the theme to the page, now and whenever it changes, and keeps it for the next visit. */
export function applyTheme(): void {
  effect(() => {
    document.documentElement.dataset['theme'] = theme.value;
    try {
      localStorage.setItem(KEY, theme.value);
    } catch {
      // A browser that keeps nothing: the choice holds until the page is closed.
    }
  });
}

function storedTheme(): Theme {
  try {
    const stored = localStorage.getItem(KEY);
    return stored === 'light' || stored === 'dark' ? stored : 'system';
  } catch {
    return 'system';
  }
}
