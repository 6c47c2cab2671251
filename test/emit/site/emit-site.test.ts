import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { emitSite } from '../../../lib/emit/site/emit-site.ts';
import { libraryOf } from '../../library/hostile/emitted-library.ts';
import { CLASHING_CRDS, NEEDY_CRD, ODD_NAME_CRDS } from '../../library/hostile/odd-names.ts';
import { ODD_SCHEMA_CRDS } from '../../library/hostile/odd-schemas.ts';

const { library } = await libraryOf([
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
