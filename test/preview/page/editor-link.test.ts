import { fileURLToPath } from 'node:url';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { Failure } from '../../../lib/finding/failure.ts';
import { editorLink, editorTemplate } from '../../../lib/preview/page/editor-link.ts';

const PLACE = { file: '/home/me/app/main.jsonnet', line: 12, column: 5 };

test.each([
  [undefined, 'vscode://file/home/me/app/main.jsonnet:12:5'],
  ['vscode', 'vscode://file/home/me/app/main.jsonnet:12:5'],
  ['vscode-insiders', 'vscode-insiders://file/home/me/app/main.jsonnet:12:5'],
  ['cursor', 'cursor://file/home/me/app/main.jsonnet:12:5'],
  ['idea', 'idea://open?file=/home/me/app/main.jsonnet&line=12&column=5'],
  ['zed', 'zed://file/home/me/app/main.jsonnet:12:5'],
  [
    'txmt://open?url=file://{file}&line={line}',
    'txmt://open?url=file:///home/me/app/main.jsonnet&line=12',
  ],
  ['x-editor:///{file}', 'x-editor:///home/me/app/main.jsonnet'],
  [
    'https://code.example.com/open?at={file}',
    'https://code.example.com/open?at=/home/me/app/main.jsonnet',
  ],
])('%s opens %s', (setting, link) => {
  expect(editorLink(editorTemplate(setting), PLACE)).toBe(link);
});

test('a path with spaces and characters of URLs stays one path', () => {
  const link = editorLink(editorTemplate('idea'), {
    ...PLACE,
    file: '/a b/#1?x=y&z%20/ü\'"<.jsonnet',
  });
  expect(link).toBe(
    "idea://open?file=/a%20b/%231%3Fx%3Dy%26z%2520/%C3%BC'%22%3C.jsonnet&line=12&column=5",
  );
  expect(new URL(link).searchParams.get('file')).toBe('/a b/#1?x=y&z%20/ü\'"<.jsonnet');
});

test('whatever a file is called, the editor reads that path', () => {
  const name = fc
    .string({ minLength: 1, unit: 'grapheme' })
    .filter((one) => !/^\.{1,2}$|[/\0]/.test(one));
  fc.assert(
    fc.property(fc.array(name, { minLength: 1, maxLength: 4 }), (names) => {
      const file = `/${names.join('/')}`;
      const { pathname } = new URL(editorLink(editorTemplate(), { file, line: 1, column: 2 }));
      expect(fileURLToPath(`file://${pathname}`)).toBe(`${file}:1:2`);
    }),
  );
});

test.each([
  ['javascript:alert(1)//{file}', 'may not have the scheme javascript:'],
  ['JavaScript:alert(1)//{file}', 'may not have the scheme javascript:'],
  ['data:text/html,{file}', 'may not have the scheme data:'],
  ['blob:{file}', 'may not have the scheme blob:'],
  ['vbscript:x{file}', 'may not have the scheme vbscript:'],
  [' javascript:{file}', 'is neither the name of an editor nor a URL'],
  ['java\nscript:{file}', 'is neither the name of an editor nor a URL'],
  ['vim', 'is neither the name of an editor nor a URL'],
  ['constructor', 'is neither the name of an editor nor a URL'],
  ['{file}', 'is neither the name of an editor nor a URL'],
  ['vscode://file/main.jsonnet', 'has no {file}'],
  ['vscode://file/{file}:{col}', 'has {col}, which stands for nothing'],
  ['http://[{file}', 'is no URL'],
])('%j is refused: it %s', (setting, problem) => {
  expect(() => editorTemplate(setting)).toThrow(
    expect.objectContaining({
      kind: 'usage',
      message: `the editor ${JSON.stringify(setting)} ${problem}`,
    }),
  );
  expect(() => editorTemplate(setting)).toThrow(Failure);
});
