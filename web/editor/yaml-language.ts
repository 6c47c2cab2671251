import { standardKeymap } from '@codemirror/commands';
import { yaml } from '@codemirror/lang-yaml';
import {
  codeFolding,
  foldGutter,
  foldKeymap,
  HighlightStyle,
  syntaxHighlighting,
} from '@codemirror/language';
import { highlightSelectionMatches, search, searchKeymap } from '@codemirror/search';
import { EditorState, type Extension } from '@codemirror/state';
import {
  Decoration,
  EditorView,
  keymap,
  lineNumbers,
  MatchDecorator,
  ViewPlugin,
  type DecorationSet,
  type ViewUpdate,
} from '@codemirror/view';
import { tags } from '@lezer/highlight';

const highlight = HighlightStyle.define([
  { tag: tags.propertyName, class: 'yaml-key' },
  { tag: tags.string, class: 'yaml-text' },
  { tag: tags.content, class: 'yaml-plain' },
  { tag: tags.comment, class: 'yaml-quiet' },
  { tag: tags.separator, class: 'yaml-quiet' },
  { tag: tags.squareBracket, class: 'yaml-quiet' },
  { tag: tags.brace, class: 'yaml-quiet' },
]);

/** What the grammar takes for plain text. tk writes each scalar on one line, at its end. */
const scalars = new MatchDecorator({
  regexp: /(?<=^\s*(?:- )*(?:[\w./-]+: )?)(?:true|false|null|-?\d+(?:\.\d+)?|"<redacted>")$/g,
  decoration: ([text]) =>
    Decoration.mark({ class: text === '"<redacted>"' ? 'yaml-redacted' : 'yaml-scalar' }),
});

const scalarHighlighting = ViewPlugin.fromClass(
  class {
    decorations: DecorationSet;
    constructor(view: EditorView) {
      this.decorations = scalars.createDeco(view);
    }
    update(update: ViewUpdate): void {
      this.decorations = scalars.updateDeco(update, this.decorations);
    }
  },
  { decorations: (plugin) => plugin.decorations },
);

/** Says that the styles of the editor are the page's own, as its content security policy asks. */
function nonce(): string {
  return document.querySelector<HTMLMetaElement>('meta[name="csp-nonce"]')?.content ?? '';
}

/**
 * YAML to be read: highlighted, folded and searched, not edited.
 *
 * @param label what it is, for those who hear the page.
 */
export function readOnlyYaml(label: string): Extension {
  return [
    EditorView.cspNonce.of(nonce()),
    EditorState.readOnly.of(true),
    EditorView.editable.of(false),
    // What cannot be edited is not reached by Tab, unless it says so.
    EditorView.contentAttributes.of({ 'aria-label': label, tabindex: '0' }),
    EditorView.lineWrapping,
    lineNumbers(),
    foldGutter({ openText: '▾', closedText: '▸' }),
    codeFolding(),
    yaml(),
    syntaxHighlighting(highlight),
    scalarHighlighting,
    highlightSelectionMatches(),
    search({ top: true }),
    keymap.of([...searchKeymap, ...foldKeymap, ...standardKeymap]),
  ];
}
