import { goToNextChunk, goToPreviousChunk, MergeView, unifiedMergeView } from '@codemirror/merge';
import { EditorView } from '@codemirror/view';
import { signal } from '@preact/signals';
import type { JSX } from 'preact';
import { useEffect, useLayoutEffect, useRef } from 'preact/hooks';
import type { PageResource } from '../../lib/preview/page/page-data.ts';
import { changesBetween, shownText } from '../editor/replace-text.ts';
import { readOnlyYaml } from '../editor/yaml-language.ts';
import { base, environment } from '../state/environment.ts';
import { step } from '../state/panels.ts';
import { ValueChanges } from './value-changes.tsx';

/** Beside each other; below it, lines are too short to be read. */
const WIDE = matchMedia('(min-width: 1000px)');

const isWide = signal(WIDE.matches);
WIDE.addEventListener('change', () => (isWide.value = WIDE.matches));

const SETTINGS = {
  highlightChanges: true,
  gutter: true,
  collapseUnchanged: { margin: 3, minSize: 6 },
  diffConfig: { scanLimit: 1000, timeout: 200 },
} as const;

/** What differs in a resource: first by path, then line by line. */
export function DiffTab({ resource }: { readonly resource: PageResource }): JSX.Element {
  const label = environment.value?.baseLabel ?? '';
  if (resource.change === undefined || resource.yaml === resource.before)
    return <p class="empty">Nothing differs from {label}.</p>;
  const { kind, values } = resource.change;
  return (
    <div class="diff">
      <div class="summary">
        {kind === 'changed' ? <ValueChanges values={values} /> : <p>{wholeChange(kind, label)}</p>}
      </div>
      {kind === 'changed' && isWide.value ? (
        <SplitDiff key={resource.key} resource={resource} />
      ) : (
        <UnifiedDiff key={resource.key} resource={resource} />
      )}
    </div>
  );
}

/** What happened to a resource that is on one side only. */
function wholeChange(kind: 'added' | 'removed', label: string): string {
  if (base.value === 'save') return `The last save ${kind} it.`;
  return kind === 'added' ? `It is not in ${label}.` : `It is only in ${label}.`;
}

function SplitDiff({ resource }: { readonly resource: PageResource }): JSX.Element {
  const parent = useRef<HTMLDivElement>(null);
  const merge = useRef<MergeView>(undefined);
  const [before, yaml] = [shownText(resource.before), shownText(resource.yaml)];
  useLayoutEffect(() => {
    const made = new MergeView({
      a: { doc: before, extensions: [readOnlyYaml('Before')] },
      b: { doc: yaml, extensions: [readOnlyYaml('Now')] },
      parent: parent.current ?? document.body,
      ...SETTINGS,
    });
    merge.current = made;
    step.value = (direction) => goToChunk(made.b, direction);
    return () => {
      step.value = undefined;
      made.destroy();
    };
  }, []);
  useEffect(() => {
    merge.current?.a.dispatch({ changes: changesBetween(merge.current.a.state.doc, before) });
    merge.current?.b.dispatch({ changes: changesBetween(merge.current.b.state.doc, yaml) });
  }, [before, yaml]);
  return <div class="editor is-split" ref={parent} />;
}

function UnifiedDiff({ resource }: { readonly resource: PageResource }): JSX.Element {
  const parent = useRef<HTMLDivElement>(null);
  const scrolled = useRef(0);
  const [before, yaml] = [shownText(resource.before), shownText(resource.yaml)];
  useLayoutEffect(() => {
    const view = new EditorView({
      doc: yaml,
      extensions: [
        readOnlyYaml('Before and now'),
        unifiedMergeView({
          original: before,
          mergeControls: false,
          ...SETTINGS,
          highlightChanges: resource.change?.kind === 'changed',
        }),
      ],
      parent: parent.current ?? document.body,
    });
    view.scrollDOM.scrollTop = scrolled.current;
    step.value = (direction) => goToChunk(view, direction);
    return () => {
      scrolled.current = view.scrollDOM.scrollTop;
      step.value = undefined;
      view.destroy();
    };
  }, [before, yaml]);
  return <div class="editor" ref={parent} />;
}

function goToChunk(view: EditorView, direction: 1 | -1): void {
  (direction === 1 ? goToNextChunk : goToPreviousChunk)(view);
  view.dispatch({
    effects: EditorView.scrollIntoView(view.state.selection.main.head, { y: 'center' }),
  });
  view.focus();
}
