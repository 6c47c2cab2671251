/** Text for a place in HTML, between tags or in a quoted attribute. */
export function escapeHtml(text: string): string {
  return text.replace(/[&<>"']/g, (character) => ENTITIES[character] ?? character);
}

const ENTITIES: { readonly [character: string]: string } = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

/** Prose of a schema: backticks are code, addresses are links, lines stay lines. */
export function proseHtml(text: string): string {
  return escapeHtml(text.trim())
    .replace(/`([^`\n]+)`/g, '<code>$1</code>')
    .replace(
      /\bhttps?:\/\/(?:&amp;|[\w./#?=%~:+@-])*[\w/#=]/g,
      (address) => `<a href="${address}" rel="noreferrer">${address}</a>`,
    );
}

/** Texts that are no HTML for a script in the page: JSON in which nothing ends the script. */
export function scriptJson(value: unknown): string {
  return JSON.stringify(value)
    .replaceAll('<', '\\u003c')
    .replaceAll('\u2028', '\\u2028')
    .replaceAll('\u2029', '\\u2029');
}

/** What a whole page is made from. */
export interface PageContent {
  readonly title: string;
  /** The way back to the folder with index.html, empty or ending in `/`. */
  readonly toRoot: string;
  /** HTML. */
  readonly body: string;
  /** The libraries whose search indexes there are. */
  readonly libraries: readonly string[];
}

/** A whole page. Nothing in it needs a server or a network. */
export function pageHtml({ title, toRoot, body, libraries }: PageContent): string {
  const indexes = libraries.map((name) => `search/${name}.js`);
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${escapeHtml(title)}</title>
<link rel="stylesheet" href="${toRoot}assets/style.css">
<link rel="icon" href="data:,">
</head>
<body data-root="${toRoot}" data-indexes="${escapeHtml(indexes.join(' '))}">
<header>
<a class="home" href="${toRoot}index.html">Reference</a>
<div class="search" role="search">
<input id="q" type="search" placeholder="Search kinds, fields, functions" aria-label="Search kinds, fields and functions" role="combobox" aria-expanded="false" aria-controls="results" aria-autocomplete="list" autocomplete="off" spellcheck="false">
<kbd>/</kbd>
<ul id="results" role="listbox" aria-label="Results" hidden></ul>
</div>
</header>
<main>
${body}
</main>
<script src="${toRoot}assets/search.js"></script>
<script src="${toRoot}assets/page.js"></script>
</body>
</html>
`;
}
