import { readFileSync } from 'node:fs';
import path from 'node:path';
import vm from 'node:vm';
import { describe, expect, it } from 'vitest';
import { packageRoot } from '../../../lib/disk/package-root.ts';
import { emitSite } from '../../../lib/emit/site/emit-site.ts';
import { crd, object, STRING } from '../../library/hostile/crds.ts';
import { libraryOf } from '../../library/hostile/emitted-library.ts';
import { CLASHING_CRDS, NEEDY_CRD, ODD_NAME_CRDS } from '../../library/hostile/odd-names.ts';
import { ODD_SCHEMA_CRDS } from '../../library/hostile/odd-schemas.ts';

/** A field below 44 others. */
const DEEP = '.a'.repeat(44).slice(1);
const DEEP_CRD = crd({
  group: 'deep.example.com',
  kind: 'Deep',
  spec: DEEP.split('.').reduce((inner, name) => object({ [name]: inner }), STRING),
});

const { library } = await libraryOf([
  DEEP_CRD,
  ...ODD_NAME_CRDS,
  NEEDY_CRD,
  ...CLASHING_CRDS,
  ...ODD_SCHEMA_CRDS,
]);
const use = { variable: 'lib', importPath: 'hostile/main.libsonnet', source: 'crd:crds' };
const files = emitSite([{ library, handWritten: new Map(), ...use }], new Map());
const pages = files.filter((file) => file.path.endsWith('.html'));

describe('the pages of hostile CRDs', () => {
  it('have names that every file system tells apart', () => {
    const names = files.map((file) => file.path.toLowerCase());
    expect(names.filter((name, index) => names.indexOf(name) !== index)).toEqual([]);
  });

  it('link to pages that are there', () => {
    const known = new Set(files.map((file) => file.path));
    const missing = pages.flatMap((page) =>
      [...page.text.matchAll(/<a [^>]*?href="(?!https?:)([^"#]+)/g)]
        .map(([, target = '']) => path.posix.join(path.posix.dirname(page.path), target))
        .filter((target) => !known.has(target)),
    );
    expect(missing).toEqual([]);
  });

  it('hold no tag that we did not write', () => {
    const tags = pages.flatMap(({ text }) => [...text.matchAll(/<\/?([^\s>/]+)/g)]);
    const own =
      `!doctype html head meta title link body header a div input kbd ul li main h1 h2 p span
      b code br wbr button details summary section dl dt dd script`.split(/\s+/);
    expect(
      [...new Set(tags.map(([, tag]) => tag))].filter((tag) => !own.includes(tag ?? '')),
    ).toEqual([]);
  });
});

interface Found {
  readonly path: string;
  readonly functions: readonly string[];
  readonly page: { readonly library: string; readonly file: string };
}

/** What the search of the pages has, as a browser reads it. */
function searchEntries(): readonly Found[] {
  const context = vm.createContext({});
  vm.runInContext(readFileSync(path.join(packageRoot(), 'site/search.js'), 'utf8'), context);
  for (const { text } of files.filter((file) => file.path.startsWith('search/')))
    vm.runInContext(text, context);
  return vm.runInContext('tankardSearch.entries', context) as readonly Found[];
}

function decode(html: string): string {
  const entities: Record<string, string> = { amp: '&', lt: '<', gt: '>', quot: '"', '#39': "'" };
  return html.replace(/&(#39|\w+);/g, (_, name: string) => entities[name] ?? '?');
}

describe('the search of hostile CRDs', () => {
  const entries = searchEntries();
  const textOf = new Map(pages.map((page) => [page.path, page.text]));

  it('names only functions that its page shows', () => {
    const shown = new Map(
      [...textOf].map(([file, text]) => [
        file,
        new Set(
          [...text.replaceAll('<wbr>', '').matchAll(/(\w+)(?:<[^>]*>)*\(/g)].map(
            ([, name]) => name,
          ),
        ),
      ]),
    );
    const wrong = entries.flatMap(({ path: at, functions, page }) =>
      functions
        .filter((name) => shown.get(`${page.library}/${page.file}`)?.has(name) !== true)
        .map((name) => `${page.file} ${at} ${name}`),
    );
    expect(entries.flatMap(({ functions }) => functions).length).toBeGreaterThan(1000);
    expect(wrong).toEqual([]);
  });

  it('has the path of every field, however deep', () => {
    const ids = new Map(
      [...textOf].map(([file, text]) => [
        file,
        new Set(
          [...text.matchAll(/ id="([^"]*)"/g)].map(([, id = '']) =>
            decode(id).replace(/[\t\n]/g, ' '),
          ),
        ),
      ]),
    );
    const wrong = entries
      .filter(
        ({ path: at, page }) =>
          at !== '' && ids.get(`${page.library}/${page.file}`)?.has(at) !== true,
      )
      .map(({ path: at }) => at);
    expect(wrong).toEqual([]);
    expect(entries.map((entry) => entry.path)).toContain(`spec.${DEEP}`);
  });
});
