import { mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { loadFamilies } from '../../../lib/model/load-families.ts';
import { temporaryDirectory } from '../../tools/fake-program.ts';

/** A small declaration that is right. Each call gives a new one, to be changed at will. */
export function declaration() {
  return {
    title: 'cache',
    description: 'A cache.',
    'x-tankard-sources': ['example/cache v1.0.0'],
    definitions: {
      entry: {
        type: 'object',
        description: 'An entry.',
        additionalProperties: false,
        required: ['key'],
        properties: {
          key: {
            type: 'string',
            pattern: '^[a-z]+$',
            description: 'The key.',
            'x-tankard-expected': 'lower-case letters',
            'x-tankard-source': 'example/cache v1.0.0',
            'x-tankard-targets': [['metadata', 'annotations', 'cache.example.com/key']],
          } as Record<string, unknown>,
          seconds: {
            type: 'integer',
            minimum: 1,
            default: 60,
            description: 'How long.',
            'x-tankard-expected': 'a whole number of seconds',
            'x-tankard-source': 'example/cache v1.0.0',
            'x-tankard-targets': [['metadata', 'annotations', 'cache.example.com/seconds']],
            'x-tankard-encoding': 'string',
          } as Record<string, unknown>,
        } as Record<string, Record<string, unknown>>,
        'x-tankard-functions': {
          new: { description: 'An entry.', parameters: ['key', 'seconds'] },
        } as Record<string, Record<string, unknown>>,
        'x-tankard-examples': ["tankard.cache.entry.new('a')"],
      },
    },
  };
}

/** What `declaration` gives. */
export type Declared = ReturnType<typeof declaration>;

/**
 * Writes declarations into a project of their own.
 *
 * @param files texts or JSON values by file name.
 * @returns the root of the project; the folder is `declarations` in it.
 */
export async function declarationsProject(files: Readonly<Record<string, unknown>>) {
  const root = await temporaryDirectory();
  await mkdir(path.join(root, 'declarations/shared'), { recursive: true });
  for (const [name, content] of Object.entries(files)) {
    const text = typeof content === 'string' ? content : JSON.stringify(content, null, 2);
    await writeFile(path.join(root, 'declarations', name), text);
  }
  return root;
}

/** The families of a project with these declarations. */
export async function load(files: Readonly<Record<string, unknown>>) {
  const root = await declarationsProject(files);
  return loadFamilies(path.join(root, 'declarations'), root);
}

/** What each parameter needs. */
export const parameter = {
  type: 'string',
  description: 'A parameter.',
  'x-tankard-expected': 'a string',
  'x-tankard-source': 'example/cache v1.0.0',
};
