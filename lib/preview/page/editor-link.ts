import { Failure } from '../../finding/failure.ts';

/**
 * Editors that open a file by a URL of their own. Sources: the documentation of Visual Studio Code, "Command Line
 * Interface (CLI)", "Opening VS Code with URLs", whose form Cursor has kept; the custom URL scheme that JetBrains' IDEs
 * register (YouTrack, IDEA-65879); zed-industries/zed, pull request 9081.
 */
const EDITORS: Readonly<Record<string, string>> = {
  vscode: 'vscode://file/{file}:{line}:{column}',
  'vscode-insiders': 'vscode-insiders://file/{file}:{line}:{column}',
  cursor: 'cursor://file/{file}:{line}:{column}',
  idea: 'idea://open?file={file}&line={line}&column={column}',
  zed: 'zed://file/{file}:{line}:{column}',
};

/** Schemes that run or show what stands in the URL itself. */
const UNSAFE_SCHEMES: ReadonlySet<string> = new Set(['javascript', 'data', 'vbscript', 'blob']);

/** A place in a file, as an editor counts. */
export interface EditorPlace {
  /** Absolute path. */
  readonly file: string;
  /** From 1. */
  readonly line: number;
  /** UTF-16 code units, from 1. */
  readonly column: number;
}

/**
 * The template of the links that open an editor.
 *
 * @param setting `preview.editor` of tankard.yaml: the name of an editor, or a URL with `{file}`, and `{line}` and
 *   `{column}` where the editor reads them. Absent: Visual Studio Code.
 * @throws Failure `usage` when it is neither, or when the URL would run in the page.
 */
export function editorTemplate(setting = 'vscode'): string {
  if (Object.hasOwn(EDITORS, setting)) return EDITORS[setting] ?? '';
  const scheme = /^([a-z][a-z\d+.-]*):./i.exec(setting)?.[1]?.toLowerCase();
  const unknown = /\{(?!(?:file|line|column)\})[^}]*\}?/.exec(setting)?.[0];
  if (scheme === undefined)
    throw wrongEditor(setting, 'is neither the name of an editor nor a URL');
  if (UNSAFE_SCHEMES.has(scheme)) throw wrongEditor(setting, `may not have the scheme ${scheme}:`);
  if (unknown !== undefined) throw wrongEditor(setting, `has ${unknown}, which stands for nothing`);
  if (!setting.includes('{file}')) throw wrongEditor(setting, 'has no {file}');
  const filled = editorLink(setting, { file: '/x', line: 1, column: 1 });
  if (!URL.canParse(filled)) throw wrongEditor(setting, 'is no URL');
  return setting;
}

function wrongEditor(setting: string, problem: string): Failure {
  return new Failure('usage', `the editor ${JSON.stringify(setting)} ${problem}`, {
    hint: `preview.editor in tankard.yaml is one of ${Object.keys(EDITORS).join(', ')}, or a URL such as ${EDITORS['vscode'] ?? ''}.`,
  });
}

/**
 * The URL that opens an editor at a place.
 *
 * @param template as `editorTemplate` gives it.
 * @returns the URL, whatever the file is called; a slash before `{file}` that is not of `://` is the path's own.
 */
export function editorLink(template: string, { file, line, column }: EditorPlace): string {
  const encoded = file.split('/').map(encodeURIComponent).join('/');
  return template.replaceAll(/(?:(?<!:\/)\/)?\{file\}|\{line\}|\{column\}/g, (name) => {
    if (name === '{line}') return String(line);
    return name === '{column}' ? String(column) : encoded;
  });
}
