import { describe, expect, it } from 'vitest';
import { sourceExcerpt } from '../../lib/finding/report/source-excerpt.ts';
import { textReport } from '../../lib/finding/report/text.ts';
import { at, deployment, environment, finding, ROOT } from './results.ts';

/** The excerpt of a line, with the place where `|` stands in it. */
function excerpt(marked: string, width?: number): string[] {
  const column = marked.indexOf('|') + 1;
  const source = { text: marked.replace('|', ''), column };
  return sourceExcerpt(finding({ source }), width);
}

describe('the source line below a finding', () => {
  it.each([
    [
      'a line without its indentation',
      '    replicas: |three,',
      ['3 | replicas: three,', '  |           ^'],
    ],
    ['tabs', '\ta:\t|b', ['3 | a:    b', '  |       ^']],
    [
      'wide characters, which take two columns',
      "x: '日本' + |y",
      ["3 | x: '日本' + y", '  |             ^'],
    ],
    [
      'accents of their own, which take none',
      "x: 'e\u0301' + |y",
      ["3 | x: 'e\u0301' + y", '  |          ^'],
    ],
    ['an emoji of several parts', "x: '👩‍👩‍👧' + |y", ["3 | x: '👩‍👩‍👧' + y", '  |           ^']],
    ['a place behind the end', '{ a: 1 |', ['3 | { a: 1', '  |        ^']],
  ])('has the caret below the place: %s', (_, marked, lines) => {
    expect(excerpt(marked)).toEqual(lines);
  });

  it('is as far to the right as its number is long', () => {
    const source = { text: 'a', column: 1 };
    const location = { ...at(1234, 1), certainty: 'exact' } as const;
    expect(sourceExcerpt(finding({ source, location }))).toEqual(['1234 | a', '     | ^']);
  });

  it.each([
    [`${'a'.repeat(500)}|${'b'.repeat(500)}`, `…${'a'.repeat(24)}${'b'.repeat(16)}…`, 25],
    [`${'a'.repeat(10)}|${'b'.repeat(500)}`, `${'a'.repeat(10)}${'b'.repeat(30)}…`, 10],
    [`${'a'.repeat(500)}|${'b'.repeat(5)}`, `…${'a'.repeat(35)}${'b'.repeat(5)}`, 36],
    [`${'日'.repeat(500)}|${'本'.repeat(500)}`, `…${'日'.repeat(12)}${'本'.repeat(8)}…`, 25],
  ])('is cut on both sides of the place when it is long', (marked, line, before) => {
    const [first, caret] = excerpt(marked, 40);
    expect(first).toBe(`3 | ${line}`);
    expect(caret).toBe(`  | ${' '.repeat(before)}^`);
  });

  it('is absent when the line is', () => {
    expect(sourceExcerpt(finding())).toEqual([]);
  });
});

describe('findings with one cause', () => {
  const source = { text: '  replicas: three,', column: 13 };
  const names = ['a', 'b', 'c', 'd', 'e', 'f', 'g', 'h'];
  const all = names.map((name) => finding({ ...deployment(name), source }));

  it('are told once, with the objects that they reach and the number of all', () => {
    expect(textReport([environment(all.slice(0, 3))], ROOT)).toBe(`environments/x
  Deployment shop/a
    error  spec.replicas: a message  [schema/wrong-type]
      at environments/x/main.jsonnet:3:7
      3 | replicas: three,
        |           ^
      and in 2 more objects: Deployment shop/b, Deployment shop/c

1 environment, 1 manifest: 3 errors, 0 warnings`);
    expect(textReport([environment(all)], ROOT)).toContain(
      'and in 7 more objects: Deployment shop/b, Deployment shop/c, Deployment shop/d, Deployment shop/e, Deployment shop/f, ...\n',
    );
  });

  it('are told once in one object, too', () => {
    const [one] = all;
    const other = { ...finding({ source }), ...deployment('a'), path: ['spec', 'paused'] };
    expect(textReport([environment([one ?? finding(), other, other])], ROOT)).toContain(
      'and at 2 more places of this object\n',
    );
  });

  it.each([
    ['another message', { message: 'another' }],
    ['another code', { code: 'schema/wrong-value' as const }],
    ['another severity', { severity: 'warning' as const }],
    ['another place', { location: { ...at(3, 8), certainty: 'exact' as const } }],
  ])('are told each with %s', (_, more) => {
    const findings = [finding(deployment('a')), finding({ ...deployment('b'), ...more })];
    const text = textReport([environment(findings)], ROOT);
    expect(text).toContain('Deployment shop/b\n');
    expect(text).not.toContain('more');
  });

  it('are told each without a location', () => {
    const { location: _, ...rest } = finding();
    const text = textReport([environment([rest, { ...rest, ...deployment('b') }])], ROOT);
    expect(text.match(/a message/g)).toHaveLength(2);
  });
});

it('paints severities and titles, and nothing else changes', () => {
  const findings = [
    finding({ source: { text: 'x', column: 1 } }),
    finding({ severity: 'warning' }),
  ];
  const painted = textReport([environment(findings)], ROOT, {
    paint: (style, text) => `<${style}>${text}</${style}>`,
  });
  expect(painted).toContain('<error>error</error>  spec.replicas');
  expect(painted).toContain('<warning>warning</warning>');
  expect(painted).toContain('<heading>Deployment shop/web</heading>');
  expect(painted.replaceAll(/<\/?\w+>/g, '')).toBe(textReport([environment(findings)], ROOT));
});
