import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { expect, test } from 'vitest';
import { isRe2Pattern } from '../../lib/model/is-re2-pattern.ts';
import { runProgram } from '../../lib/tools/run-program.ts';
import { ensureTool } from '../../lib/tools/ensure-tool.ts';

const COMPILED = [
  '',
  '^a$',
  'a|',
  '()',
  '{',
  '}',
  ']',
  '[]a]',
  '[^]]',
  '[a[]',
  '[[a]',
  '[(?=]',
  '[\\d-x]',
  '[\\]]',
  '\\(?=',
  '\\-',
  '\\_',
  '[\\.-_]',
  '[\\x{0}-\\x{10FFFF}]',
  '[é-ÿ]',
  '[😀-🙏]',
  '😀+',
  '^*',
  '$?',
  '(?i)a',
  '(?P<n>a)',
  '(?<n>a)',
  '(?s:a.b)[[:^alpha:]]\\pN',
  '\\Qa(b\\E',
  '(?-i:a)',
  '\\p{Greek}',
  'a{,5}',
  'a{1,1000}',
  '\\bword\\b',
  '\\Aa\\z',
  '\\x41',
  '\\0',
  '[\\w.-]+',
];

const REFUSED = [
  '[',
  '[]',
  '[a',
  '(',
  'a)',
  '*a',
  'a**',
  'a++',
  'a{2}{3}',
  'x{2,1}',
  'a{1,1001}',
  '[b-a]',
  '\\',
  '(?=a)',
  '(?!a)',
  '(?<=a)b',
  '(?<!a)b',
  '(?>a)',
  '(a)\\1',
  '\\8',
  '\\u0041',
  '\\cA',
  '\\Z',
  '\\x4',
];

test.each(COMPILED)('%j', (pattern) => expect(isRe2Pattern(pattern)).toBe(true));
test.each(REFUSED)('not %j', (pattern) => expect(isRe2Pattern(pattern)).toBe(false));

test('Go compiles these, and fails on each of those', async () => {
  const directory = await mkdtemp(path.join(os.tmpdir(), 'tankard-re2-'));
  await writeFile(path.join(directory, 'jsonnetfile.json'), '{}');
  const { path: tk } = await ensureTool('tk');
  const evaluate = async (patterns: readonly string[]): Promise<string> => {
    const file = path.join(directory, 'program.jsonnet');
    const calls = patterns.map((one) => `std.native('regexMatch')(${JSON.stringify(one)}, 'a')`);
    await writeFile(file, `[${calls.join(', ')}]`);
    const { stderr } = await runProgram({ file: tk, args: ['eval', file], cwd: directory });
    return stderr;
  };
  expect(await evaluate(COMPILED)).toBe('');
  for (const pattern of REFUSED)
    expect(await evaluate([pattern]), pattern).toContain('error parsing regexp');
  await rm(directory, { recursive: true });
});
