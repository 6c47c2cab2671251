import { expect, test } from 'vitest';
import { lockedImportFault } from '../../lib/sources/locked-import.ts';

const file = { file: 'crds/foo.yaml', sha256: '0'.repeat(64) };
const module = {
  module: 'example.com/m',
  version: 'v1.0.0',
  sum: `h1:${'A'.repeat(43)}=`,
  files: [file],
};

test('files, modules and clusters are right', () => {
  expect(lockedImportFault({ source: 'crd:crds/foo.yaml', files: [file] })).toBeUndefined();
  expect(lockedImportFault({ source: 'istio', modules: [module] })).toBeUndefined();
  const cluster = { source: 'cluster', server: 'v1.34.2', files: [file] };
  expect(lockedImportFault(cluster)).toBeUndefined();
});

test.each([
  [null, 'is not an object'],
  [{ files: [file] }, 'has no "source"'],
  [{ source: 'istio' }, 'must have either "modules" or "files"'],
  [{ source: 'istio', modules: [module], files: [file] }, 'must have either "modules" or "files"'],
  [{ source: 'istio', modules: [] }, 'has an empty list of modules or files'],
  [{ source: 'istio', modules: {} }, 'has an empty list of modules or files'],
  [{ source: 'cluster', files: [file], server: 1 }, '"server" is not a string'],
  [
    { source: 'crd:a', files: [file, { ...file, sha256: 'x' }] },
    '"files[1]" is not {file, sha256}',
  ],
  [
    { source: 'crd:a', modules: [{ ...module, module: '-modfile/x' }] },
    '"modules[0]" is not {module, version, sum: "h1:...", files: [{file, sha256}]}',
  ],
])('%j is not', (value, fault) => {
  expect(lockedImportFault(value)).toBe(fault);
});
