import { Chunk } from '@codemirror/merge';
import {
  type Range,
  RangeSet,
  StateEffect,
  StateField,
  Text,
  type EditorState,
  type Extension,
} from '@codemirror/state';
import {
  Decoration,
  type DecorationSet,
  EditorView,
  gutter,
  GutterMarker,
  WidgetType,
} from '@codemirror/view';
import { render } from 'preact';
import type { Severity } from '../../lib/finding/finding.ts';
import type { PageResource, PageResourceFinding } from '../../lib/preview/page/page-data.ts';
import { shownText } from './replace-text.ts';
import { FindingNote } from '../components/finding-note.tsx';

/** What is shown beside and between the lines of a resource. */
interface Notes {
  readonly decorations: DecorationSet;
  readonly markers: RangeSet<GutterMarker>;
  readonly changed: RangeSet<GutterMarker>;
  /** Positions of the lines with a finding, from top to bottom. */
  readonly stops: readonly number[];
  /** How often there were new ones: each time another class starts the highlight of changed lines anew. */
  readonly turn: number;
}

/** Puts the findings and changes of a resource at the lines of its YAML. */
export const setNotes = StateEffect.define<{
  readonly resource: PageResource;
  /** The text was just updated: lines that are not as they were then are highlighted for a moment. */
  readonly shown: Text | undefined;
}>();

const NONE: Notes = {
  decorations: Decoration.none,
  markers: RangeSet.empty,
  changed: RangeSet.empty,
  stops: [],
  turn: 0,
};

const notesField = StateField.define<Notes>({
  create: () => NONE,
  update: (notes, transaction) => {
    for (const effect of transaction.effects)
      if (effect.is(setNotes)) return buildNotes(transaction.state, effect.value, notes.turn + 1);
    return notes;
  },
  provide: (field) => [
    EditorView.decorations.from(field, ({ decorations }) => decorations),
    gutter({ class: 'cm-findings', markers: (view) => view.state.field(field).markers }),
    gutter({ class: 'cm-changes', markers: (view) => view.state.field(field).changed }),
  ],
});

/** The findings of a resource under their lines, and marks beside the lines that changed. */
export const notes: Extension = notesField;

/** Scrolls to the next line with a finding, or to the one before. */
export function stepThroughNotes(view: EditorView, direction: 1 | -1): void {
  const { stops } = view.state.field(notesField);
  const at = view.state.selection.main.head;
  const next =
    direction === 1 ? stops.find((stop) => stop > at) : stops.findLast((stop) => stop < at);
  const target = next ?? stops.at(direction === 1 ? 0 : -1);
  if (target === undefined) return;
  view.dispatch({
    selection: { anchor: target },
    effects: EditorView.scrollIntoView(target, { y: 'center' }),
  });
  view.focus();
}

function buildNotes(
  state: EditorState,
  { resource, shown }: { readonly resource: PageResource; readonly shown: Text | undefined },
  turn: number,
): Notes {
  const { doc } = state;
  const decorations: Range<Decoration>[] = [];
  const markers: Range<GutterMarker>[] = [];
  const stops: number[] = [];
  for (const [number, findings] of byLine(resource.findings, doc.lines)) {
    const line = doc.line(number);
    const severity = findings.some((one) => one.severity === 'error') ? 'error' : 'warning';
    decorations.push(Decoration.line({ class: `cm-finding-line ${severity}` }).range(line.from));
    decorations.push(
      Decoration.widget({ widget: new FindingsWidget(findings), block: true, side: 1 }).range(
        line.to,
      ),
    );
    markers.push(new SeverityMarker(severity).range(line.from));
    stops.push(line.from);
  }
  if (shown !== undefined)
    for (const from of changedLines(shown, doc))
      decorations.push(Decoration.line({ class: `cm-fresh-line fresh-${turn % 2}` }).range(from));
  const changed =
    resource.before === undefined
      ? []
      : changedLines(Text.of(shownText(resource.before).split('\n')), doc);
  return {
    decorations: Decoration.set(decorations, true),
    markers: RangeSet.of(markers, true),
    changed: RangeSet.of(changed.map((from) => CHANGED.range(from))),
    stops,
    turn,
  };
}

/** Starts of the lines of a text that are not in the other one. */
function changedLines(before: Text, after: Text): number[] {
  const starts: number[] = [];
  for (const chunk of Chunk.build(before, after, { scanLimit: 500, timeout: 100 })) {
    if (chunk.fromB === chunk.toB) continue;
    for (let line = after.lineAt(chunk.fromB); ; line = after.line(line.number + 1)) {
      starts.push(line.from);
      if (line.to >= chunk.endB) break;
    }
  }
  return starts;
}

/** Findings without a line are about the whole resource: the first line. */
function byLine(
  findings: readonly PageResourceFinding[],
  lines: number,
): [number, PageResourceFinding[]][] {
  const groups = new Map<number, PageResourceFinding[]>();
  for (const finding of findings) {
    const line = Math.min(Math.max(finding.yamlLine ?? 1, 1), lines);
    groups.set(line, [...(groups.get(line) ?? []), finding]);
  }
  return [...groups].sort(([a], [b]) => a - b);
}

class FindingsWidget extends WidgetType {
  private readonly findings: readonly PageResourceFinding[];
  private readonly content: string;

  constructor(findings: readonly PageResourceFinding[]) {
    super();
    this.findings = findings;
    this.content = JSON.stringify(findings);
  }

  override eq(other: FindingsWidget): boolean {
    return other.content === this.content;
  }

  override toDOM(): HTMLElement {
    const dom = document.createElement('div');
    dom.className = 'cm-findings-widget';
    render(
      this.findings.map((finding) => FindingNote({ finding })),
      dom,
    );
    return dom;
  }

  override destroy(dom: HTMLElement): void {
    render(null, dom);
  }

  /** Its links and its text are the reader's, not the editor's. */
  override ignoreEvent(): boolean {
    return true;
  }
}

class SeverityMarker extends GutterMarker {
  private readonly severity: Severity;

  constructor(severity: Severity) {
    super();
    this.severity = severity;
  }

  override eq(other: SeverityMarker): boolean {
    return other.severity === this.severity;
  }

  override toDOM(): HTMLElement {
    const dom = document.createElement('span');
    dom.className = `cm-severity ${this.severity}`;
    dom.title = this.severity;
    return dom;
  }
}

class ChangedMarker extends GutterMarker {
  override elementClass = 'cm-changed-line';
}

const CHANGED = new ChangedMarker();
