import { expect, test } from 'vitest';
import type { Finding } from '../../../lib/finding/finding.ts';
import type { PreviewEnvironment } from '../../../lib/preview/preview-session.ts';
import type { PreviewLook } from '../../../lib/preview/text/preview-look.ts';
import { allFindingsText, statusText } from '../../../lib/preview/text/status-text.ts';

const LOOK: PreviewLook = { root: '/project', style: { columns: 100 } };

const FINDING: Finding = {
  code: 'schema/wrong-type',
  severity: 'error',
  message: 'expected integer, found "3"',
  resource: { apiVersion: 'apps/v1', kind: 'Deployment', namespace: 'shop', name: 'web' },
  path: ['spec', 'replicas'],
  location: {
    file: '/project/environments/shop/main.jsonnet',
    line: 3,
    column: 7,
    certainty: 'near',
  },
};

function environment(
  id: string,
  status: PreviewEnvironment['status'],
  findings?: readonly Finding[],
): PreviewEnvironment {
  const snapshot = { yaml: Buffer.of(), manifests: [], accepted: 0 };
  return {
    id,
    path: id,
    status,
    revision: 1,
    ...(findings && { snapshot: { ...snapshot, findings } }),
    ...(status === 'broken' && {
      problem: { failure: { message: 'tk was stopped', hint: 'Try again.' } },
    }),
  };
}

const SHOP = environment('environments/shop', 'current', [
  FINDING,
  { ...FINDING, severity: 'warning', code: 'schema/unknown-kind' },
]);
const BROKEN = environment('environments/blog', 'broken', [FINDING]);
const NEVER = environment('environments/new', 'broken');

test('one line says which environments there are, which are broken, and how many findings', () => {
  expect(statusText([SHOP], LOOK)).toBe('environments/shop; 1 error, 1 warning');
  expect(statusText([SHOP, BROKEN], LOOK)).toBe(
    'environments/shop, environments/blog (broken); 2 errors, 1 warning',
  );
  const waiting = environment('environments/later', 'waiting');
  expect(statusText([SHOP, BROKEN, NEVER, waiting], LOOK)).toBe(
    '4 environments; 2 errors, 1 warning; 1 not rendered yet; 2 broken: environments/blog, environments/…',
  );
});

test('all findings are told by environment, with why one does not render', () => {
  const clean = environment('environments/clean', 'current', []);
  expect(allFindingsText([SHOP, clean, NEVER], LOOK)).toMatchInlineSnapshot(`
    "environments/shop
      Deployment shop/web
        error  spec.replicas: expected integer, found "3"  [schema/wrong-type]
          near environments/shop/main.jsonnet:3:7
        warning  spec.replicas: expected integer, found "3"  [schema/unknown-kind]
          near environments/shop/main.jsonnet:3:7

    environments/new
        error  tk was stopped
          Try again.

    environments/shop, environments/clean, environments/new (broken); 1 error, 1 warning"
  `);
});
