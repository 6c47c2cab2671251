import { expect, test } from 'vitest';
import { shownPath } from '../../lib/finding/shown-path.ts';

test.each([
  ['/work/shop/lib/a.libsonnet', 'lib/a.libsonnet'],
  ['/work/shop/..data/a.libsonnet', '..data/a.libsonnet'],
  ['/work/shop 2/a.libsonnet', '/work/shop 2/a.libsonnet'],
  ['/work/a.libsonnet', '/work/a.libsonnet'],
])('%s is shown as %s', (file, shown) => {
  expect(shownPath(file, '/work/shop')).toBe(shown);
});
