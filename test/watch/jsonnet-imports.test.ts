import { describe, expect, it } from 'vitest';
import { jsonnetStrings } from '../../lib/watch/jsonnet-imports.ts';

function paths(text: string): string[] {
  return jsonnetStrings(text).imports.map(({ kind, path }) => `${kind} ${path}`);
}

describe('jsonnetStrings', () => {
  it.each([
    [`import 'a.libsonnet'`, 'import a.libsonnet'],
    [`import "a b.libsonnet"`, 'import a b.libsonnet'],
    [`import @'a''b\\n'`, `import a'b\\n`],
    [`import @"a""b"`, 'import a"b'],
    [`import 'it\\'s \\u0061\\/b\\\\c'`, `import it's a/b\\c`],
    [`importstr'a'`, 'importstr a'],
    [`importbin\n\n"a"`, 'importbin a'],
    [`import // why\n # and\n /* more */ 'a'`, 'import a'],
    [`(import 'a') + {}`, 'import a'],
    [`[import 'a']`, 'import a'],
    [`{a:import 'ä.json'}`, 'import ä.json'],
    [`local t = |||\n  a\n  ||| import 'b'\n\n  c ||| d\n|||; import 'a'`, 'import a'],
    [`local t = |||-\r\n\r\n\t a\r\n\t ||| b\r\n\r\n |||; import 'a'`, 'import a'],
    [`local t = |||\n  it's\n|||, u = |||\n  "\n|||; import 'a'`, 'import a'],
  ])('reads the import of %s', (text, path) => {
    expect(paths(text)).toEqual([path]);
  });

  it.each([
    `'import "a"'`,
    `// import 'a'\n{}`,
    `# import 'a'`,
    `/* import 'a' */ {}`,
    `|||\n  import 'a'\n|||`,
    `import |||\n  a\n|||`,
    `{ reimport: f 'a', x: my_import 'b', y: $import 'c' }`,
  ])('finds none in %s', (text) => {
    expect(paths(text)).toEqual([]);
  });

  it('reads what it can of a file that does not parse', () => {
    expect(paths(`local a = import 'a'; { { [ import 'b' ;;; import 'c`)).toEqual([
      'import a',
      'import b',
      'import c',
    ]);
  });

  it('gives the other literals apart', () => {
    const text = `local a = import 'a'; { 'b': "c\\td", e: @'f', g: ||| \n  h\n||| } // 'i'`;
    expect(jsonnetStrings(text).others).toEqual(['b', 'c\td', 'f']);
  });
});
