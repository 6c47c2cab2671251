import { expect, test } from 'vitest';
import { shownPath } from '../../lib/finding/shown-path.ts';

test.each([
  ['/srv/shop/lib/a.libsonnet', 'lib/a.libsonnet'],
  ['/srv/shop/..data/a.libsonnet', '..data/a.libsonnet'],
  ['/srv/shop 2/a.libsonnet', '/srv/shop 2/a.libsonnet'],
  ['/srv/a.libsonnet', '/srv/a.libsonnet'],
])('%s is shown as %s', (file, shown) => {
  expect(shownPath(file, '/srv/shop')).toBe(shown);
});
