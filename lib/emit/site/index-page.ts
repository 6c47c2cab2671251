import { escapeHtml, pageHtml } from './html.ts';
import type { SiteLibrary, SiteObject } from './site-library.ts';

/** A library with the objects that have pages. */
interface ListedLibrary {
  readonly site: SiteLibrary;
  readonly objects: readonly SiteObject[];
}

/** The page from which all others are found. */
export function indexPage(libraries: readonly ListedLibrary[]): string {
  return pageHtml({
    title: 'Reference of imported libraries',
    toRoot: '',
    body: `<h1>Imported libraries</h1>\n${libraries.map(libraryHtml).join('\n')}`,
    libraries: libraries.map(({ site }) => site.library.name),
  });
}

function libraryHtml({ site, objects }: ListedLibrary): string {
  const { library, variable, importPath, source } = site;
  const line = `local ${variable} = import '${importPath}';`;
  const groups = new Map<string, SiteObject[]>();
  for (const one of objects.filter(({ isKind }) => isKind)) {
    const name = [one.group === '' ? 'core' : one.group, one.version].join('/');
    groups.set(name, [...(groups.get(name) ?? []), one]);
  }
  const rows = [...groups].map(([name, kinds]) => groupHtml(name, kinds, library.name));
  const parts = objects.filter(({ isKind }) => !isKind);
  const list =
    parts.length === 0
      ? ''
      : `<details><summary>${parts.length} parts of them, such as Container</summary>${linksHtml(parts, library.name)}</details>`;
  return `<section><h2>${escapeHtml(library.name)} <span class="badge">${escapeHtml(source)}</span></h2>
<div class="fns"><button class="fn">${escapeHtml(line)}</button></div>
<dl>${rows.join('')}</dl>
${list}</section>`;
}

function groupHtml(name: string, kinds: readonly SiteObject[], library: string): string {
  return `<dt>${escapeHtml(name)}</dt><dd>${linksHtml(kinds, library)}</dd>\n`;
}

function linksHtml(objects: readonly SiteObject[], library: string): string {
  return objects
    .map(
      ({ file, kind }) => `<a href="${escapeHtml(`${library}/${file}`)}">${escapeHtml(kind)}</a>`,
    )
    .join(' ');
}
