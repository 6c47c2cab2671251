import { EditorState } from '@codemirror/state';
import { openSearchPanel } from '@codemirror/search';
import { EditorView } from '@codemirror/view';
import type { JSX } from 'preact';
import { useEffect, useLayoutEffect, useRef } from 'preact/hooks';
import type { PageResource } from '../../lib/preview/page/page-data.ts';
import { notes, setNotes, stepThroughNotes } from '../editor/notes.ts';
import { changesBetween, shownText } from '../editor/replace-text.ts';
import { readOnlyYaml } from '../editor/yaml-language.ts';
import { step, wantedFinding } from '../state/panels.ts';
import { count, resourceText } from '../text.ts';

/** The YAML of a resource, with what is wrong in it at its lines. */
export function YamlTab({ resource }: { readonly resource: PageResource }): JSX.Element {
  const parent = useRef<HTMLDivElement>(null);
  const editor = useRef<{ readonly view: EditorView; readonly key: string } | undefined>(undefined);
  const yaml = shownText(resource.yaml ?? resource.before);
  useLayoutEffect(() => {
    if (parent.current === null) return;
    const isSame = editor.current?.key === resource.key;
    if (!isSame) {
      editor.current?.view.destroy();
      const extensions = [readOnlyYaml(`YAML of ${resourceText(resource.resource)}`), notes];
      const state = EditorState.create({ doc: yaml, extensions });
      const view = new EditorView({ state, parent: parent.current });
      editor.current = { view, key: resource.key };
    }
    if (editor.current !== undefined) show(editor.current.view, resource, yaml, isSame);
  }, [resource]);
  useEffect(() => {
    const stopSearching = searchByKey(() => editor.current?.view);
    step.value = (direction) => {
      if (editor.current !== undefined) stepThroughNotes(editor.current.view, direction);
    };
    return () => {
      stopSearching();
      step.value = undefined;
      editor.current?.view.destroy();
    };
  }, []);
  return (
    <>
      {resource.yaml === undefined && (
        <p class="strip">It is no longer rendered: this is how it was.</p>
      )}
      {resource.cut !== undefined && (
        <p class="strip">
          Only the first {count(resource.cut.shown, 'character')} of{' '}
          {count(resource.cut.all, 'character')} are shown.
        </p>
      )}
      <div class="editor" ref={parent} />
    </>
  );
}

function show(view: EditorView, resource: PageResource, yaml: string, isUpdate: boolean): void {
  const shown = view.state.doc;
  view.dispatch({
    changes: changesBetween(shown, yaml),
    effects: setNotes.of({ resource, shown: isUpdate ? shown : undefined }),
  });
  const wanted = wantedFinding.value;
  if (wanted === undefined) return;
  wantedFinding.value = undefined;
  const found = resource.findings.find(
    ({ code, message }) => code === wanted.code && message === wanted.message,
  );
  if (found?.yamlLine !== undefined) scrollToLine(view, found.yamlLine);
}

function scrollToLine(view: EditorView, line: number): void {
  const { from } = view.state.doc.line(Math.min(line, view.state.doc.lines));
  view.dispatch({
    selection: { anchor: from },
    effects: EditorView.scrollIntoView(from, { y: 'center' }),
  });
}

/** The browser's own search finds only what is scrolled into sight: the editor's takes its place. */
function searchByKey(view: () => EditorView | undefined): () => void {
  const onKeyDown = (event: KeyboardEvent): void => {
    const editor = view();
    if (event.key !== 'f' || !(event.ctrlKey || event.metaKey) || editor === undefined) return;
    event.preventDefault();
    openSearchPanel(editor);
  };
  document.addEventListener('keydown', onKeyDown);
  return () => document.removeEventListener('keydown', onKeyDown);
}
