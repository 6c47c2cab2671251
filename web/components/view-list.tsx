import type { JSX } from 'preact';
import { environment, view } from '../state/environment.ts';
import { navigate, type View } from '../state/route.ts';
import { numberText } from '../text.ts';
import { Icon, type IconName } from './icons.tsx';
import { isSidebarOpen } from '../state/panels.ts';

interface ViewLine {
  readonly view: View;
  readonly label: string;
  readonly icon: IconName;
  readonly key: string;
  readonly number: number | undefined;
}

/** What can be seen of the environment as a whole. */
export function ViewList(): JSX.Element {
  const now = environment.value;
  const lines: readonly ViewLine[] = [
    { view: 'changes', label: 'Changes', icon: 'changes', key: 'c', number: now?.changes.length },
    { view: 'findings', label: 'Findings', icon: 'error', key: 'f', number: now?.findings.length },
    { view: 'graph', label: 'Graph', icon: 'graph', key: 'g', number: undefined },
  ];
  const open = (to: View): void => {
    isSidebarOpen.value = false;
    navigate({ view: to, resource: undefined });
  };
  return (
    <nav class="views" aria-label="Environment">
      <ul>
        {lines.map((line) => (
          <li key={line.view}>
            <button
              type="button"
              class="line"
              aria-current={view.value === line.view ? 'page' : undefined}
              title={`${line.label} (${line.key})`}
              onClick={() => open(line.view)}
            >
              <Icon name={line.icon} />
              <span class="label">{line.label}</span>
              {line.number !== undefined && line.number > 0 && (
                <span class="number">{numberText(line.number)}</span>
              )}
            </button>
          </li>
        ))}
      </ul>
    </nav>
  );
}
