import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import { expect, it } from 'vitest';
import {
  libraryKey,
  printImportLock,
  readImportLock,
  type LockedLibrary,
} from '../../lib/sources/import-lock.ts';
import { temporaryDirectory } from '../tools/fake-program.ts';

const SHA = 'a'.repeat(64);
const CRDS: LockedLibrary = {
  source: 'crd:crds',
  files: [
    { file: 'crds/a.yaml', sha256: SHA },
    { file: 'crds/"b".yaml', sha256: SHA },
  ],
  generator: '1',
  sha256: SHA,
};
const ISTIO: LockedLibrary = {
  source: 'istio',
  modules: [
    {
      module: 'istio.io/api',
      version: 'v1.31.1',
      sum: `h1:${'A'.repeat(43)}=`,
      files: [{ file: 'kubernetes/crds.yaml', sha256: SHA }],
    },
  ],
  generator: '1',
  sha256: SHA,
};

async function lockOf(text: string): Promise<string> {
  const root = await temporaryDirectory();
  await writeFile(path.join(root, 'tankard.lock'), text);
  return root;
}

it('reads what it prints: sorted, and a line a file', async () => {
  const text = printImportLock(
    new Map([
      ['istio', ISTIO],
      ['crds', CRDS],
    ]),
  );
  expect(text).toBe(
    printImportLock(
      new Map([
        ['crds', CRDS],
        ['istio', ISTIO],
      ]),
    ),
  );
  expect(text).toContain(`        { "file": "crds/a.yaml", "sha256": "${SHA}" },\n`);
  const read = readImportLock(await lockOf(text));
  expect([...read]).toEqual([
    ['crds', CRDS],
    ['istio', ISTIO],
  ]);
  expect(printImportLock(read)).toBe(text);
});

it('a key stands for all that the lock says', () => {
  const keys = [
    CRDS,
    { ...CRDS, sha256: 'b'.repeat(64) },
    { ...CRDS, generator: '2' },
    { ...CRDS, kubernetes: '1.34' },
    { ...CRDS, source: 'crd:crds2' },
    { ...CRDS, files: [] },
  ].map(libraryKey);
  expect(new Set(keys).size).toBe(keys.length);
});

it.each([
  ['[]', 'it is not an object'],
  ['{"version":1}', '"libraries" is not an object'],
  ['{"version":1,"libraries":{"../a":{}}}', '"../a" is not the name of a library'],
  ['{"version":1,"libraries":{"a":1}}', 'the library a is not an object'],
  [
    JSON.stringify({ version: 1, libraries: { a: { ...CRDS, sha256: 'x' } } }),
    'the library a has no "sha256"',
  ],
  [
    JSON.stringify({
      version: 1,
      libraries: { a: { ...CRDS, files: [{ file: '/etc/passwd', sha256: SHA }] } },
    }),
    'the library a "files[0]"',
  ],
])('%s is no lock', async (text, fault) => {
  const root = await lockOf(text);
  expect(() => readImportLock(root)).toThrow(`${path.join(root, 'tankard.lock')}: ${fault}`);
});
