import type { OutputFile } from '../file.ts';
import { indexPage } from './index-page.ts';
import { ObjectPages } from './object-page.ts';
import { searchIndex } from './search-index.ts';
import { siteObjects, type SiteLibrary } from './site-library.ts';

/**
 * A searchable reference of libraries as static pages: `index.html`, a page for each object, and a search index for each
 * library. It is read from disk, without a server or a network.
 *
 * @param assets scripts and styles by name, which are written by hand.
 * @returns the files, with paths from the folder of index.html.
 */
export function emitSite(
  libraries: readonly SiteLibrary[],
  assets: ReadonlyMap<string, string>,
): OutputFile[] {
  const names = libraries.map(({ library }) => library.name);
  const files: OutputFile[] = [...assets].map(([name, text]) => ({ path: `assets/${name}`, text }));
  const listed = libraries.map((site) => {
    const objects = siteObjects(site);
    const writer = new ObjectPages(site, objects, names);
    const pages = objects.map((one) => writer.write(one));
    for (const { path, text } of pages) files.push({ path, text });
    const { name } = site.library;
    files.push({ path: `search/${name}.js`, text: searchIndex(name, pages) });
    return { site, objects };
  });
  return [{ path: 'index.html', text: indexPage(listed) }, ...files];
}
