import type { JSX } from 'preact';
import type { CompareBase } from '../../lib/preview/preview-session.ts';
import { connection, state } from '../state/connection.ts';
import { environment, isLoading, retryBase } from '../state/environment.ts';
import { navigate, route } from '../state/route.ts';
import { theme, type Theme } from '../state/theme.ts';
import { Icon } from './icons.tsx';
import { areKeysShown, isSidebarOpen } from '../state/panels.ts';

const BASES: readonly { readonly base: CompareBase; readonly label: string }[] = [
  { base: 'save', label: 'last save' },
  { base: 'head', label: 'git HEAD' },
  { base: 'cluster', label: 'cluster' },
];

const NEXT_THEME: Readonly<Record<Theme, Theme>> = {
  system: 'light',
  light: 'dark',
  dark: 'system',
};

/** The bar at the top: the project, what it is compared with, the theme, the connection. */
export function Bar(): JSX.Element {
  return (
    <header class="bar">
      <button
        type="button"
        class="quiet only-narrow"
        aria-label="Environments and resources"
        aria-expanded={isSidebarOpen.value}
        onClick={() => (isSidebarOpen.value = !isSidebarOpen.value)}
      >
        <Icon name={isSidebarOpen.value ? 'close' : 'menu'} />
      </button>
      <h1>{state.value?.project ?? 'Tankard'}</h1>
      {state.value !== undefined && (
        <span class="version" title="The Kubernetes version that manifests are validated against">
          <span class="not-narrow">Kubernetes </span>
          {state.value.kubernetes}
        </span>
      )}
      <span class="space" />
      <BaseChoice />
      <ConnectionState />
      <button
        type="button"
        class="quiet"
        title={`Theme: ${theme.value}`}
        aria-label={`Theme: ${theme.value}`}
        onClick={() => (theme.value = NEXT_THEME[theme.value])}
      >
        <Icon name={theme.value} />
      </button>
      <button
        type="button"
        class="quiet not-narrow"
        title="Keys (?)"
        aria-label="Keys"
        onClick={() => (areKeysShown.value = true)}
      >
        <Icon name="keyboard" />
      </button>
    </header>
  );
}

function BaseChoice(): JSX.Element {
  const choose = (base: CompareBase): void => {
    retryBase();
    navigate({ base });
  };
  return (
    <fieldset class="choice" aria-busy={isLoading.value}>
      <legend class="not-narrow">Compare with</legend>
      {BASES.map(({ base, label }) => (
        <label key={base} title={titleOf(base)}>
          <input
            type="radio"
            name="base"
            class="unseen"
            checked={route.value.base === base}
            onChange={() => choose(base)}
          />
          <span>{label}</span>
        </label>
      ))}
    </fieldset>
  );
}

function titleOf(base: CompareBase): string | undefined {
  return route.value.base === base ? environment.value?.baseLabel : undefined;
}

function ConnectionState(): JSX.Element {
  const now = connection.value;
  return (
    <span class={`connection ${now}`} role="status">
      <span class="dot" aria-hidden="true" />
      <span class={now === 'live' ? 'not-narrow' : ''}>{now}</span>
    </span>
  );
}
