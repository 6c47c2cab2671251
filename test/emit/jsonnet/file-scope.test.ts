import { expect, it } from 'vitest';
import { FileScope } from '../../../lib/emit/jsonnet/library/file-scope.ts';
import { identifier } from '../../../lib/emit/jsonnet/tree.ts';

it('has no runtime for a source that is called like it, which tk lint would find unused', () => {
  const text = new FileScope('main.libsonnet').print('Made from crd:check.yaml', identifier('x'));
  expect(text).toBe('// Made from crd:check.yaml\nx\n');
});
