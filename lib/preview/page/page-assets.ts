import { readFile } from 'node:fs/promises';
import path from 'node:path';
import pMap from 'p-map';
import { filesBelow, OPEN_FILES } from '../../disk/files-below.ts';
import { Failure } from '../../finding/failure.ts';

/** The file that is the page itself. */
export const INDEX = 'index.html';

/** A file of the page. */
export interface PageAsset {
  readonly bytes: Buffer;
  /** The value of Content-Type. */
  readonly type: string;
  /** Its name has a hash of what is in it, so that it never changes. */
  readonly isImmutable: boolean;
}

const TYPES: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.ico': 'image/x-icon',
  '.woff2': 'font/woff2',
  '.txt': 'text/plain; charset=utf-8',
  '.md': 'text/plain; charset=utf-8',
};

/** As Vite names what it bundles: `assets/index-BpSRWfK2.js`. Source: `build.rollupOptions.output` of Vite. */
const HASHED = /^assets\/.+-[\w-]{8}\.\w+$/;

/**
 * Reads all files of the page. What is served comes out of this table, so no path of a request meets the disk.
 *
 * @param folder absolute; what Vite built.
 * @returns by path below the folder, with `/`.
 * @throws Failure `tool` when the page is not there.
 */
export async function readAssets(folder: string): Promise<ReadonlyMap<string, PageAsset>> {
  const files = await filesIn(folder);
  const assets = new Map(
    await pMap(
      files,
      async (file) => [nameIn(folder, file), await readAsset(folder, file)] as const,
      {
        concurrency: OPEN_FILES,
      },
    ),
  );
  if (assets.has(INDEX)) return assets;
  throw new Failure('tool', `the page of the preview is not in ${folder}`, {
    hint: 'Install tankard again; in a checkout of it, run `npm run build`.',
  });
}

async function filesIn(folder: string): Promise<string[]> {
  try {
    return await filesBelow(folder, { named: /./, without: new Set() });
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return [];
    throw error;
  }
}

function nameIn(folder: string, file: string): string {
  return path.relative(folder, file).split(path.sep).join('/');
}

async function readAsset(folder: string, file: string): Promise<PageAsset> {
  return {
    bytes: await readFile(file),
    type: TYPES[path.extname(file)] ?? 'application/octet-stream',
    isImmutable: HASHED.test(nameIn(folder, file)),
  };
}
