import { mkdir, readFile, readdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { generatedBanner } from '../../lib/emit/file.ts';
import { Failure } from '../../lib/finding/failure.ts';
import { compareFiles, writeFiles } from '../../lib/output/write-files.ts';
import { temporaryDirectory } from '../tools/fake-program.ts';

const BANNER = `// ${generatedBanner('a.json', 'f'.repeat(64))}\n`;

async function project(files: Readonly<Record<string, string>>): Promise<string> {
  const root = await temporaryDirectory();
  for (const [name, text] of Object.entries(files)) {
    await mkdir(path.dirname(path.join(root, name)), { recursive: true });
    await writeFile(path.join(root, name), text);
  }
  return root;
}

async function failureOf(promise: Promise<unknown>): Promise<Failure> {
  const error = await promise.then(
    () => new Error('nothing was thrown'),
    (thrown: unknown) => thrown,
  );
  if (error instanceof Failure) return error;
  throw error;
}

const read = (root: string, name: string) => readFile(path.join(root, name), 'utf8');

describe('writeFiles', () => {
  it('adds, changes and removes generated files, and says which', async () => {
    const root = await project({
      'gen/same.js': `${BANNER}same`,
      'gen/old.js': `${BANNER}old`,
      'gen/deep/gone.js': `${BANNER}gone`,
    });
    const files = [
      { path: 'gen/same.js', text: `${BANNER}same` },
      { path: 'gen/old.js', text: `${BANNER}new` },
      { path: 'gen/types/added.js', text: `${BANNER}added` },
    ];
    const changes = [
      { path: 'gen/deep/gone.js', change: 'removed' },
      { path: 'gen/old.js', change: 'changed' },
      { path: 'gen/types/added.js', change: 'added' },
    ];
    expect(await compareFiles(files, root, ['gen'])).toEqual(changes);
    expect(await read(root, 'gen/old.js')).toBe(`${BANNER}old`);
    expect(await writeFiles(files, root, ['gen'])).toEqual(changes);
    for (const file of files) expect(await read(root, file.path)).toBe(file.text);
    expect(await readdir(path.join(root, 'gen/deep'))).toEqual([]);
    expect(await writeFiles(files, root, ['gen'])).toEqual([]);
  });

  it('leaves alone what it did not write', async () => {
    const root = await project({ 'gen/notes.md': '# Notes', 'gen/no-newline.txt': 'mine' });
    expect(await writeFiles([], root, ['gen', 'absent'])).toEqual([]);
    expect(await read(root, 'gen/notes.md')).toBe('# Notes');
  });

  it('refuses to overwrite a file written by hand, before anything is written', async () => {
    const root = await project({ 'gen/b.js': 'export const mine = 1;\n' });
    const files = [
      { path: 'gen/a.js', text: `${BANNER}a` },
      { path: 'gen/b.js', text: `${BANNER}b` },
    ];
    const failure = await failureOf(writeFiles(files, root, ['gen']));
    expect(failure.kind).toBe('usage');
    expect(failure.message).toBe(
      'gen/b.js was not written by tankard generate, and would be overwritten',
    );
    expect(await read(root, 'gen/b.js')).toBe('export const mine = 1;\n');
    expect(await readdir(path.join(root, 'gen'))).toEqual(['b.js']);
    expect(await compareFiles(files, root, ['gen'])).toContainEqual({
      path: 'gen/b.js',
      change: 'changed',
    });
  });

  it('refuses two files of one path', async () => {
    const root = await project({});
    const file = { path: 'gen/a.js', text: `${BANNER}a` };
    const failure = await failureOf(writeFiles([file, file], root, ['gen']));
    expect(failure.message).toBe('two generated files have the path gen/a.js');
    expect(await readdir(root)).toEqual([]);
  });

  it('keeps the old file when the new one cannot be written', async () => {
    // Whole files are written beside the old one first; a longer name than this does not fit there.
    const name = `gen/${'n'.repeat(250)}.js`;
    const root = await project({ [name]: `${BANNER}old` });
    const failure = await failureOf(
      writeFiles([{ path: name, text: `${BANNER}new` }], root, ['gen']),
    );
    expect(failure.kind).toBe('usage');
    expect(failure.message).toContain(`cannot write ${path.join(root, name)}`);
    expect(failure.hint).toBeDefined();
    expect(await read(root, name)).toBe(`${BANNER}old`);
    expect(await readdir(path.join(root, 'gen'))).toHaveLength(1);
  });

  it('says so when a file stands where a folder is needed', async () => {
    const root = await project({ gen: 'a file' });
    const failure = await failureOf(
      writeFiles([{ path: 'gen/a.js', text: `${BANNER}a` }], root, ['gen']),
    );
    expect(failure.kind).toBe('usage');
    expect(failure.message).toContain(path.join(root, 'gen'));
    expect(await read(root, 'gen')).toBe('a file');
  });
});
